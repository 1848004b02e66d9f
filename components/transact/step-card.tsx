'use client'

import { ArrowDown, ArrowUp, ChevronDown, Copy, Trash2 } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useId } from 'react'
import { cn } from '@/components/ui/cn'
import { IconButton } from '@/components/ui/icon-button'
import { Select } from '@/components/ui/input'
import type { StepProblem } from '@/lib/model/check-step'
import { type AppSchema, findNamespace, type Namespace } from '@/lib/model/schema'
import { type StepDraft, setsFields, setsLinks } from '@/lib/model/step-draft'
import { actions } from '@/lib/model/transaction'
import { ProblemList, problemsAt } from './problem-list'
import { StepFields } from './step-fields'
import { StepLinks } from './step-links'
import { StepSubject } from './step-subject'
import { actionWords } from './step-words'

interface StepCardProps {
  readonly schema: AppSchema
  readonly draft: StepDraft
  /** From 1. */
  readonly number: number
  readonly isLast: boolean
  readonly isFolded: boolean
  readonly problems: readonly StepProblem[]
  readonly madeBy: (namespace: string, id: string) => number | null
  readonly isWritten: boolean
  /** What a run has said of this step. */
  readonly outcome: ReactNode
  readonly onChange: (draft: StepDraft) => void
  /** Another action or namespace: what it needs comes with it. */
  readonly onTurn: (draft: StepDraft) => void
  readonly onFold: () => void
  readonly onMove: (by: 1 | -1) => void
  readonly onDuplicate: () => void
  readonly onRemove: () => void
  readonly onGo: (by: 1 | -1) => void
}

/** The id of the button that heads a card: where the focus goes when the card is meant. */
export function headId(key: string): string {
  return `step-${key}`
}

/** One step of the transaction. */
export function StepCard(props: StepCardProps) {
  const { schema, draft, number, isLast, isFolded, problems, outcome } = props
  const { onTurn, onFold, onMove, onDuplicate, onRemove } = props
  const namespace = findNamespace(schema, draft.namespace)
  const bodyId = useId()
  const name = `Step ${number}: ${draft.action} ${draft.namespace}`.trim()

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a card with a head
    <div
      role="group"
      aria-label={name}
      onKeyDown={(event) => pressInCard(event, props)}
      className={cn(
        'rounded-lg border bg-surface',
        problems.length > 0 ? 'border-danger/50' : 'border-line-strong',
      )}
    >
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 rounded-t-lg border-line border-b bg-sunken/60 py-1.5 pr-1.5 pl-1">
        <button
          type="button"
          id={headId(draft.key)}
          aria-expanded={!isFolded}
          aria-controls={bodyId}
          aria-label={name}
          onClick={onFold}
          onKeyDown={(event) => pressOnHead(event, props)}
          className="flex h-8 items-center gap-1 rounded-md px-1.5 text-muted hover:bg-hover hover:text-ink"
        >
          <ChevronDown
            aria-hidden="true"
            className={cn('size-3.5 transition-transform', isFolded && '-rotate-90')}
          />
          <span className="min-w-4 text-center font-medium tabular-nums">{number}</span>
        </button>
        <Select
          aria-label="Action"
          title={actionWords[draft.action]}
          className="w-24! font-medium"
          value={draft.action}
          onChange={({ target }) => {
            const action = actions.find((each) => each === target.value)
            if (action) onTurn({ ...draft, action })
          }}
        >
          {actions.map((action) => (
            <option key={action}>{action}</option>
          ))}
        </Select>
        <NamespaceSelect
          schema={schema}
          value={draft.namespace}
          onChange={(chosen) => onTurn({ ...draft, namespace: chosen })}
        />
        <div className="ml-auto flex">
          <IconButton
            label={`Move step ${number} up  (Alt ↑)`}
            disabled={number === 1}
            onClick={() => onMove(-1)}
          >
            <ArrowUp aria-hidden="true" />
          </IconButton>
          <IconButton
            label={`Move step ${number} down  (Alt ↓)`}
            disabled={isLast}
            onClick={() => onMove(1)}
          >
            <ArrowDown aria-hidden="true" />
          </IconButton>
          <IconButton label={`Duplicate step ${number}`} onClick={onDuplicate}>
            <Copy aria-hidden="true" />
          </IconButton>
          <IconButton label={`Remove step ${number}`} onClick={onRemove}>
            <Trash2 aria-hidden="true" />
          </IconButton>
        </div>
      </div>
      <div id={bodyId} hidden={isFolded}>
        {!isFolded && (
          <div className="flex flex-col gap-3 p-3">
            <ProblemList
              id={`${bodyId}-namespace`}
              problems={problemsAt(problems, { kind: 'namespace' })}
            />
            {namespace && <StepBody {...props} namespace={namespace} />}
            <ProblemList id={`${bodyId}-step`} problems={problemsAt(problems, { kind: 'step' })} />
          </div>
        )}
      </div>
      {outcome && <div className="border-line border-t p-3">{outcome}</div>}
    </div>
  )
}

function StepBody(props: StepCardProps & { readonly namespace: Namespace }) {
  const { schema, namespace, draft, problems, madeBy, isWritten, onChange } = props
  const { action } = draft
  const isUpsert = action === 'update' || action === 'merge'
  return (
    <>
      <StepSubject
        namespace={namespace}
        draft={draft}
        problems={problemsAt(problems, { kind: 'subject' })}
        isWritten={isWritten}
        madeBy={madeBy(namespace.name, draft.subject.id.trim().toLowerCase())}
        onChange={(subject) => onChange({ ...draft, subject })}
      />
      {isUpsert && (
        <label className="flex w-fit items-center gap-1.5 text-muted text-xs">
          <input
            type="checkbox"
            className="size-3.5 accent-accent"
            checked={draft.mustExist}
            onChange={(event) => onChange({ ...draft, mustExist: event.target.checked })}
          />
          The record must exist; else it is made
        </label>
      )}
      {setsFields(action) && (
        <StepFields
          namespace={namespace}
          draft={draft}
          problems={problems}
          onChange={(fields) => onChange({ ...draft, fields })}
        />
      )}
      {setsLinks(action) && (
        <StepLinks
          schema={schema}
          namespace={namespace}
          draft={draft}
          problems={problems}
          madeBy={madeBy}
          onChange={(links) => onChange({ ...draft, links })}
        />
      )}
      {action === 'delete' && <Deleted namespace={namespace} />}
    </>
  )
}

function Deleted({ namespace }: { namespace: Namespace }) {
  const taken = namespace.links.filter(({ deletesTargets }) => deletesTargets)
  return (
    <p className="text-danger-text text-xs">
      {taken.length === 0
        ? 'The record and its links are deleted; what it links to stays.'
        : `Deleted with it: ${taken.map(({ target, label }) => `${target} (${label})`).join(', ')}, and what they in turn take with them.`}
    </p>
  )
}

interface NamespaceSelectProps {
  readonly schema: AppSchema
  readonly value: string
  readonly onChange: (namespace: string) => void
}

function NamespaceSelect({ schema, value, onChange }: NamespaceSelectProps) {
  const names = schema.namespaces.map(({ name }) => name)
  return (
    <Select
      aria-label="Namespace"
      className="w-auto! min-w-32 max-w-56"
      value={value}
      onChange={({ target }) => onChange(target.value)}
    >
      {value === '' && <option value="">Choose…</option>}
      {value !== '' && !names.includes(value) && <option>{value}</option>}
      {names.map((name) => (
        <option key={name}>{name}</option>
      ))}
    </Select>
  )
}

function pressInCard(event: KeyboardEvent, { onMove }: StepCardProps): void {
  if (!event.altKey || event.metaKey || event.ctrlKey) return
  if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
  // On a list, Alt with an arrow opens it.
  if (event.target instanceof HTMLSelectElement) return
  event.preventDefault()
  onMove(event.key === 'ArrowUp' ? -1 : 1)
}

function pressOnHead(event: KeyboardEvent, props: StepCardProps): void {
  const { onGo, onRemove, onDuplicate } = props
  if (event.altKey) return
  const does = {
    ArrowUp: () => onGo(-1),
    ArrowDown: () => onGo(1),
    Delete: onRemove,
    Backspace: onRemove,
    d: event.metaKey || event.ctrlKey ? onDuplicate : null,
  }[event.key]
  if (!does) return
  event.preventDefault()
  does()
}
