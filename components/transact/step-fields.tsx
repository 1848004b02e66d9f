'use client'

import { ListPlus, X } from 'lucide-react'
import { useId } from 'react'
import { FieldInput } from '@/components/field/field-input'
import { NullChoice } from '@/components/field/null-choice'
import { describeAttribute, TypeIcon } from '@/components/field/type-icon'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { Menu, MenuItem } from '@/components/ui/menu'
import type { StepProblem } from '@/lib/model/check-step'
import { unknownAttribute } from '@/lib/model/compile-step'
import { toDraft } from '@/lib/model/parse-field'
import { findAttribute, type Namespace, whyNotEditable } from '@/lib/model/schema'
import type { FieldDraft, StepDraft } from '@/lib/model/step-draft'
import { ProblemList, problemsAt } from './problem-list'

interface StepFieldsProps {
  readonly namespace: Namespace
  readonly draft: StepDraft
  readonly problems: readonly StepProblem[]
  readonly onChange: (fields: readonly FieldDraft[]) => void
}

/** The fields a step sets, each with the input of its type. */
export function StepFields({ namespace, draft, problems, onChange }: StepFieldsProps) {
  const { fields } = draft
  const set = (changed: FieldDraft) =>
    onChange(fields.map((field) => (field.name === changed.name ? changed : field)))
  return (
    <div className="space-y-2">
      {fields.length > 0 && (
        <ul className="space-y-2">
          {fields.map((field) => (
            <FieldOfStep
              key={field.name}
              namespace={namespace}
              field={field}
              problems={problemsAt(problems, { kind: 'field', name: field.name })}
              onChange={set}
              onRemove={() => onChange(fields.filter(({ name }) => name !== field.name))}
            />
          ))}
        </ul>
      )}
      <AddField
        namespace={namespace}
        used={fields.map(({ name }) => name)}
        onAdd={(field) => onChange([...fields, field])}
      />
    </div>
  )
}

interface FieldOfStepProps {
  readonly namespace: Namespace
  readonly field: FieldDraft
  readonly problems: readonly StepProblem[]
  readonly onChange: (field: FieldDraft) => void
  readonly onRemove: () => void
}

function FieldOfStep({ namespace, field, problems, onChange, onRemove }: FieldOfStepProps) {
  const { name, draft } = field
  const attribute = findAttribute(namespace, name) ?? unknownAttribute(name)
  const problemsId = useId()
  return (
    <li className="grid gap-x-3 gap-y-1 sm:grid-cols-[9rem_minmax(0,1fr)]">
      <div className="flex h-8 min-w-0 items-center gap-1.5 text-xs">
        <TypeIcon attribute={attribute} />
        <span className="truncate font-medium" title={describeAttribute(attribute)}>
          {name}
        </span>
        {attribute.isRequired && <Badge>required</Badge>}
      </div>
      <div className="flex min-w-0 flex-col gap-1">
        <div className="flex items-start gap-2">
          <div className="min-w-0 flex-1">
            <FieldInput
              attribute={attribute}
              draft={draft}
              onChange={(changed) => onChange({ name, draft: changed })}
              isInvalid={problems.some(({ kind }) => kind === 'wrong')}
              errorId={problemsId}
            />
          </div>
          <NullChoice
            attribute={attribute}
            isNull={draft.kind === 'null'}
            onChange={(isNull) =>
              onChange({ name, draft: isNull ? { kind: 'null' } : toDraft(undefined, attribute) })
            }
            className="h-8"
          />
          <IconButton label={`Leave out ${name}`} onClick={onRemove}>
            <X aria-hidden="true" />
          </IconButton>
        </div>
        <ProblemList id={problemsId} problems={problems} />
      </div>
    </li>
  )
}

interface AddFieldProps {
  readonly namespace: Namespace
  readonly used: readonly string[]
  readonly onAdd: (field: FieldDraft) => void
}

function AddField({ namespace, used, onAdd }: AddFieldProps) {
  const unused = namespace.attributes
    .filter((attribute) => !used.includes(attribute.name) && !whyNotEditable(namespace, attribute))
    .sort((a, b) => Number(b.isRequired) - Number(a.isRequired))
  if (unused.length === 0) return null
  return (
    <Menu
      className="max-h-80!"
      trigger={
        <Button size="small" variant="quiet" icon={<ListPlus />}>
          Add field
        </Button>
      }
    >
      {unused.map((attribute) => (
        <MenuItem
          key={attribute.name}
          icon={<TypeIcon attribute={attribute} />}
          note={attribute.isRequired ? 'required' : attribute.isUnique ? 'unique' : attribute.type}
          onClick={() => onAdd({ name: attribute.name, draft: toDraft(undefined, attribute) })}
        >
          {attribute.name}
        </MenuItem>
      ))}
    </Menu>
  )
}
