'use client'

import { Eraser, History, Layers, Link as LinkGlyph } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { NothingYetState } from '@/components/shell/states'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { toast } from '@/components/ui/toaster'
import type { StepProblem } from '@/lib/model/check-step'
import type { AppSchema } from '@/lib/model/schema'
import { newStepDraft, type StepDraft } from '@/lib/model/step-draft'
import { toStepsLink } from '@/lib/model/steps-link'
import type { Action } from '@/lib/model/transaction'
import { AddStepMenu } from './add-step-menu'
import { headId, StepCard } from './step-card'
import { duplicateStep, type StepListChange, type Steps } from './step-list'
import { withRequired } from './with-required'

interface StepsPanelProps {
  readonly schema: AppSchema
  readonly steps: Steps
  readonly offered: Steps
  readonly isBroken: boolean
  readonly problemsOf: (key: string) => readonly StepProblem[]
  readonly outcomeOf: (key: string) => ReactNode
  /** Whether these very steps were written, so that what they say is so by now. */
  readonly isWritten: boolean
  readonly change: (change: StepListChange) => void
  readonly onTakeOffered: (isWanted: boolean) => void
}

/** The cards, and what is done with them as a list. */
export function StepsPanel(props: StepsPanelProps) {
  const { schema, steps, offered, isBroken, change, onTakeOffered } = props
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const [told, setTold] = useState('')
  const added = useRef<HTMLElement>(null)

  const focusHead = (key: string | undefined) => {
    if (key !== undefined) document.getElementById(headId(key))?.focus()
  }

  const insert = (step: StepDraft, at: number) => {
    flushSync(() => change({ kind: 'add', step, at }))
    added.current = document.getElementById(headId(step.key))
    added.current?.scrollIntoView({ block: 'nearest' })
    setTold(`Step ${at + 1} added`)
  }

  const add = (action: Action) => {
    // Most steps of a transaction are about the namespace of the one before.
    const namespace = steps.at(-1)?.namespace ?? schema.namespaces[0]?.name ?? ''
    const id = action === 'create' ? crypto.randomUUID() : ''
    const step = newStepDraft({ key: crypto.randomUUID(), action, namespace, id })
    insert(withRequired(step, schema), steps.length)
  }

  const duplicate = (step: StepDraft, index: number) => {
    const copy = duplicateStep(step, { key: crypto.randomUUID(), id: crypto.randomUUID() })
    insert(copy, index + 1)
    focusHead(copy.key)
  }

  const remove = (step: StepDraft, index: number) => {
    const next = steps[index + 1] ?? steps[index - 1]
    flushSync(() => change({ kind: 'remove', key: step.key }))
    focusHead(next?.key)
    toast(`Step ${index + 1} removed`, {
      action: { label: 'Undo', onClick: () => change({ kind: 'add', step, at: index }) },
    })
  }

  const clear = () => {
    change({ kind: 'replace', steps: [] })
    toast('All steps removed', {
      action: { label: 'Undo', onClick: () => change({ kind: 'prepend', steps }) },
    })
  }

  const move = (step: StepDraft, index: number, by: 1 | -1) => {
    const to = index + by
    if (to < 0 || to >= steps.length) return
    // A card that is moved in the page loses the focus.
    const focused = document.activeElement
    flushSync(() => change({ kind: 'move', key: step.key, by }))
    const isLost = focused instanceof HTMLButtonElement && focused.disabled
    if (isLost) focusHead(step.key)
    else if (focused instanceof HTMLElement) focused.focus()
    setTold(`Step ${index + 1} is now step ${to + 1} of ${steps.length}`)
  }

  const fold = (key: string) =>
    setFolded((before) => (before.has(key) ? without(before, key) : new Set([...before, key])))

  const madeBy = (before: number) => (namespace: string, id: string) => {
    const index = steps.findIndex((step, at) => at !== before && isMade(step, namespace, id))
    return index < 0 ? null : index + 1
  }

  return (
    <>
      <div className="flex min-h-11 shrink-0 items-center gap-2 border-line border-b bg-surface px-3">
        <AddStepMenu onAdd={add} isFirst={steps.length === 0} finalFocus={added} />
        <p className="truncate text-muted text-xs">
          {steps.length === 0 ? 'No steps' : countOf(steps.length)}
        </p>
        <div className="ml-auto flex items-center gap-1">
          {steps.length > 0 && <ShareButton steps={steps} />}
          {steps.length > 0 && (
            <Button size="small" variant="quiet" icon={<Eraser />} onClick={clear}>
              Clear
            </Button>
          )}
        </div>
        <p role="status" className="sr-only">
          {told}
        </p>
      </div>
      <div className="min-h-0 flex-1 space-y-3 p-3 lg:overflow-y-auto">
        {isBroken && (
          <Alert tone="notice">
            The address holds no readable steps: it was perhaps cut short.
          </Alert>
        )}
        {offered.length > 0 && <Offer offered={offered} onTake={onTakeOffered} />}
        {steps.length === 0 && offered.length === 0 && (
          <NothingYetState title="No steps yet" icon={<Layers />}>
            <p>
              A transaction is a list of steps, and either all of them are written or none. Add the
              first: create, update, merge, link, unlink or delete.
            </p>
          </NothingYetState>
        )}
        <ol className="space-y-3">
          {steps.map((step, index) => (
            <li key={step.key}>
              <StepCard
                schema={schema}
                draft={step}
                number={index + 1}
                isLast={index === steps.length - 1}
                isFolded={folded.has(step.key)}
                problems={props.problemsOf(step.key)}
                madeBy={madeBy(index)}
                outcome={props.outcomeOf(step.key)}
                isWritten={props.isWritten}
                onChange={(changed) => change({ kind: 'change', step: changed })}
                onTurn={(turned) => {
                  const step =
                    turned.subject.id === '' && turned.action === 'create' ? withId(turned) : turned
                  change({ kind: 'change', step: withRequired(step, schema) })
                }}
                onFold={() => fold(step.key)}
                onMove={(by) => move(step, index, by)}
                onDuplicate={() => duplicate(step, index)}
                onRemove={() => remove(step, index)}
                onGo={(by) => focusHead(steps[index + by]?.key)}
              />
            </li>
          ))}
        </ol>
      </div>
    </>
  )
}

function ShareButton({ steps }: { steps: Steps }) {
  const link = toStepsLink(steps)
  if (link === null) {
    return <p className="text-muted text-xs">Too long for a link: kept in this tab only</p>
  }
  const text = () => {
    const url = new URL(window.location.href)
    url.searchParams.set('steps', link)
    return url.href
  }
  return (
    <CopyButton
      label="Copy a link to these steps"
      text={text}
      icon={<LinkGlyph aria-hidden="true" />}
    />
  )
}

function Offer({ offered, onTake }: { offered: Steps; onTake: StepsPanelProps['onTakeOffered'] }) {
  const words = offered.map(({ action, namespace }) => `${action} ${namespace}`.trim())
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-2 rounded-lg border border-line-strong border-dashed px-3 py-2"
    >
      <History aria-hidden="true" className="size-4 shrink-0 text-muted" />
      <div className="min-w-48 flex-1">
        <p className="font-medium">
          {countOf(offered.length)} from before {offered.length === 1 ? 'is' : 'are'} kept in this
          tab
        </p>
        <p className="truncate text-muted text-xs">{words.slice(0, 6).join(', ')}</p>
      </div>
      <Button size="small" variant="primary" onClick={() => onTake(true)}>
        Restore
      </Button>
      <Button size="small" variant="quiet" onClick={() => onTake(false)}>
        Discard
      </Button>
    </div>
  )
}

function withId(step: StepDraft): StepDraft {
  return { ...step, subject: { ...step.subject, id: crypto.randomUUID() } }
}

function isMade({ action, subject, mustExist, ...step }: StepDraft, namespace: string, id: string) {
  const isUpsert = (action === 'update' || action === 'merge') && !mustExist
  const makes = action === 'create' || isUpsert
  return (
    makes &&
    step.namespace === namespace &&
    subject.by === 'id' &&
    subject.id.trim().toLowerCase() === id
  )
}

function without(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  return new Set([...keys].filter((each) => each !== key))
}

function countOf(steps: number): string {
  return `${steps} ${steps === 1 ? 'step' : 'steps'}`
}
