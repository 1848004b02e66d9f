'use client'

import { TriangleAlert } from 'lucide-react'
import { useId, useState } from 'react'
import { FieldInput } from '@/components/field/field-input'
import { Button } from '@/components/ui/button'
import { Input, Select, TextArea } from '@/components/ui/input'
import { checkTerm, findEnd, operatorsFor, type TermEnd } from '@/lib/model/filter/check-term'
import {
  type FilterOperator,
  type FilterTerm,
  filterOperators,
  takesValue,
} from '@/lib/model/filter/filter'
import type { AppSchema, Namespace } from '@/lib/model/schema'
import { operatorWords } from './operator-words'
import { PathField } from './path-field'
import { fromValueText, toValueText } from './value-draft'

interface TermEditorProps {
  readonly term: FilterTerm
  readonly namespace: Namespace
  readonly schema: AppSchema
  /** What the button that ends it says. */
  readonly action: string
  readonly onApply: (term: FilterTerm) => void
  /** Asks for an alternative to this term, or is absent where there can be none yet. */
  readonly onAlternative?: (term: FilterTerm) => void
}

/** One condition: what, how, and with which value. It says at once what cannot be asked, and why. */
export function TermEditor(props: TermEditorProps) {
  const { namespace, schema, action, onApply, onAlternative } = props
  const [draft, setDraft] = useState({ ...props.term, text: toValueText(props.term) })
  const issueId = useId()
  const place = { namespace, schema }
  const end = findEnd(draft.path, place)
  const term = toTerm(draft, end)
  const issue = checkTerm(term, place)
  const fix = issue?.fix ?? null

  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        onApply(term)
      }}
      onKeyDown={(event) => {
        // A text of one line is entered with Enter, although its field could hold more.
        const isText = event.target instanceof HTMLTextAreaElement
        if (!isText || event.key !== 'Enter' || event.shiftKey || draft.operator === 'in') return
        event.preventDefault()
        onApply(term)
      }}
    >
      <PathField
        path={draft.path}
        namespace={namespace}
        schema={schema}
        onChange={(path) => setDraft({ ...draft, path })}
      />
      <OperatorField
        operator={draft.operator}
        end={end}
        onChange={(operator) => setDraft({ ...draft, operator })}
      />
      {takesValue(draft.operator) && (
        <ValueField
          text={draft.text}
          operator={draft.operator}
          end={end}
          isInvalid={issue !== null && draft.text !== ''}
          errorId={issueId}
          onChange={(text) => setDraft({ ...draft, text })}
        />
      )}
      <div id={issueId} aria-live="polite" className="text-notice-text text-xs">
        {issue && draft.text !== '' && (
          <p className="flex items-start gap-1.5 [overflow-wrap:anywhere]">
            <TriangleAlert aria-hidden="true" className="mt-0.5 size-3.5 shrink-0" />
            {issue.reason}
          </p>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary">
          {action}
        </Button>
        {fix && (
          <Button onClick={() => setDraft({ ...fix.term, text: toValueText(fix.term) })}>
            {fix.label}
          </Button>
        )}
        {onAlternative && (
          <Button variant="quiet" onClick={() => onAlternative(term)}>
            Or…
          </Button>
        )}
      </div>
    </form>
  )
}

type TermDraft = FilterTerm & { readonly text: string }

function toTerm({ text, ...draft }: TermDraft, end: TermEnd | null): FilterTerm {
  const { operator } = draft
  return { ...draft, value: takesValue(operator) ? fromValueText(text, operator, end) : null }
}

interface OperatorFieldProps {
  readonly operator: FilterOperator
  readonly end: TermEnd | null
  readonly onChange: (operator: FilterOperator) => void
}

function OperatorField({ operator, end, onChange }: OperatorFieldProps) {
  const options = end
    ? operatorsFor(end)
    : filterOperators.map((each) => ({ operator: each, whyNot: null }))
  return (
    <Select
      aria-label="Operator"
      value={operator}
      onChange={({ target }) => onChange(target.value as FilterOperator)}
    >
      {options.map(({ operator: each, whyNot }) => (
        <option key={each} value={each} disabled={whyNot !== null && each !== operator}>
          {`${each}   ${operatorWords[each]}${whyNot === null ? '' : ` — ${whyNot}`}`}
        </option>
      ))}
    </Select>
  )
}

interface ValueFieldProps {
  readonly text: string
  readonly operator: FilterOperator
  readonly end: TermEnd | null
  readonly isInvalid: boolean
  readonly errorId: string
  readonly onChange: (text: string) => void
}

function ValueField({ text, operator, end, isInvalid, errorId, onChange }: ValueFieldProps) {
  const shared = {
    'aria-invalid': isInvalid,
    'aria-describedby': errorId,
    value: text,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  }
  if (operator === 'in') {
    return (
      <TextArea {...shared} aria-label="Values" rows={4} placeholder="One value on each line" />
    )
  }
  const isPattern = operator === 'like' || operator === 'ilike'
  if (isPattern || end?.kind !== 'attribute' || end.attribute.name === 'id') {
    const placeholder = isPattern ? '%any text% — _ is one character' : 'id'
    return <Input {...shared} aria-label="Value" placeholder={placeholder} />
  }
  const attribute = { ...end.attribute, name: 'Value' }
  const isPlain = attribute.type === 'json' || attribute.type === 'any'
  if (isPlain)
    return <Input {...shared} aria-label="Value" placeholder="Text, number, true or false" />
  return (
    <FieldInput
      attribute={attribute}
      draft={{ kind: 'text', text: attribute.type === 'boolean' && text === '' ? 'true' : text }}
      onChange={(draft) => onChange(draft.kind === 'text' ? draft.text : '')}
      isInvalid={isInvalid}
      errorId={errorId}
    />
  )
}
