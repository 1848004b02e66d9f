'use client'

import { useQuery } from '@tanstack/react-query'
import { CircleCheck, FlaskConical, ShieldCheck, ShieldX } from 'lucide-react'
import Link from 'next/link'
import { useEffect, useRef } from 'react'
import { useApp } from '@/components/shell/acting'
import { FailureNote } from '@/components/shell/failure-note'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { recordSearch } from '@/lib/model/namespace-view'
import { toRefusals } from '@/lib/model/refusals'
import { pages } from '@/lib/model/routes'
import { parseRuleHint } from '@/lib/model/rule-hint'
import { type AppSchema, findNamespace, type Namespace } from '@/lib/model/schema'
import type { Lookup, RuleCheck, Step, WriteOutcome } from '@/lib/model/transaction'
import { findRecordsQuery } from '@/lib/queries/find-records'
import { toFailure } from '@/lib/queries/request-error'
import { CheckRow } from './check-row'
import { FailedRuleNote } from './failed-rule-note'
import type { Attempt } from './use-transaction'

interface OutcomePanelProps {
  readonly schema: AppSchema
  readonly attempt: Attempt
  readonly outcome: WriteOutcome | undefined
  readonly error: Error | null
  /** Whether the cards have changed since. */
  readonly isStale: boolean
  readonly actor: string
  /** Checks that belong to no card. */
  readonly otherChecks: readonly RuleCheck[]
  readonly onStartAnother: () => void
  /** Makes a dry run of the same; null when there is none for the admin. */
  readonly onTry: (() => void) | null
}

/** What came of the last run. */
export function OutcomePanel(props: OutcomePanelProps) {
  const { attempt, outcome, error, isStale } = props
  const ref = useRef<HTMLElement>(null)

  // One is made for each run: where the page is one column, it appears out of sight.
  useEffect(() => {
    ref.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <section ref={ref} aria-label="Outcome" className="border-line border-b bg-surface p-3">
      {isStale && (
        <p className="mb-2 rounded-md bg-notice-soft px-2 py-1 text-notice-text text-xs">
          The steps have changed since this run.
        </p>
      )}
      {error && <RunFailure error={error} mode={attempt.mode} onTry={props.onTry} />}
      {outcome?.kind === 'written' && <WrittenNote {...props} txId={outcome.txId} />}
      {outcome?.kind === 'tried' && (
        <TriedNote {...props} isAllowed={outcome.isAllowed} checks={outcome.checks} />
      )}
    </section>
  )
}

interface RunFailureProps extends Pick<OutcomePanelProps, 'onTry'> {
  readonly error: Error
  readonly mode: Attempt['mode']
}

function RunFailure({ error, mode, onTry }: RunFailureProps) {
  const { code, status, hint } = toFailure(error)
  const rule = parseRuleHint(hint)
  return (
    <>
      <FailureNote
        title={mode === 'dry' ? 'The dry run failed' : 'Nothing was written'}
        error={error}
      />
      <p className="mt-1.5 flex flex-wrap items-center gap-1.5">
        <Badge>{code}</Badge>
        {status !== undefined && <Badge>HTTP {status}</Badge>}
        {mode === 'real' && code === 'permission-denied' && onTry && (
          <Button size="small" className="ml-auto" icon={<FlaskConical />} onClick={onTry}>
            Dry run: which rule?
          </Button>
        )}
      </p>
      {rule && <FailedRuleNote rule={rule} />}
    </>
  )
}

function WrittenNote({
  schema,
  attempt,
  txId,
  onStartAnother,
}: OutcomePanelProps & { readonly txId: number }) {
  return (
    <div role="status">
      <h2 className="flex items-center gap-1.5 font-medium">
        <CircleCheck aria-hidden="true" className="size-4 text-accent-text" />
        Written
        <Badge className="font-mono">tx {txId}</Badge>
        <Button size="small" className="ml-auto" onClick={onStartAnother}>
          Start another
        </Button>
      </h2>
      <ul className="mt-1 text-xs leading-6">
        {attempt.steps.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is of one run and never changes
          <li key={index} className="flex min-w-0 gap-2">
            <span className="w-12 shrink-0 text-muted">{step.action}</span>
            <TouchedRecord schema={schema} step={step} />
          </li>
        ))}
      </ul>
    </div>
  )
}

interface TouchedRecordProps {
  readonly schema: AppSchema
  readonly step: Step
}

/** The way to a record that a step has touched. */
function TouchedRecord({ schema, step }: TouchedRecordProps) {
  const namespace = findNamespace(schema, step.namespace)
  const { subject, action } = step
  if (action === 'delete' || !namespace) {
    return (
      <span className="min-w-0 text-muted [overflow-wrap:anywhere]">
        {step.namespace} {typeof subject === 'string' ? subject : wordsOf(subject)}
      </span>
    )
  }
  return typeof subject === 'string' ? (
    <RecordLink namespace={namespace.name} id={subject} />
  ) : (
    <LookedUp namespace={namespace} lookup={subject} />
  )
}

interface LookedUpProps {
  readonly namespace: Namespace
  readonly lookup: Lookup
}

function LookedUp({ namespace, lookup }: LookedUpProps) {
  const where = { [lookup.attribute]: lookup.value }
  const { data } = useQuery(findRecordsQuery({ app: useApp(), namespace, where }))
  const [found] = data ?? []
  return found ? (
    <RecordLink namespace={namespace.name} id={found.id} />
  ) : (
    <span className="text-muted">
      {namespace.name} {wordsOf(lookup)}
    </span>
  )
}

interface RecordLinkProps {
  readonly namespace: string
  readonly id: string
}

function RecordLink({ namespace, id }: RecordLinkProps) {
  const search = recordSearch({ namespace, id })
  return (
    <Link
      href={pages.data(useApp(), namespace, search)}
      className="min-w-0 rounded-sm leading-6 underline decoration-line-strong underline-offset-2 [overflow-wrap:anywhere] hover:decoration-current"
    >
      {namespace} <span className="font-mono text-2xs">{id}</span>
    </Link>
  )
}

function wordsOf({ attribute, value }: Lookup): string {
  return `with ${attribute} ${JSON.stringify(value)}`
}

interface TriedNoteProps extends OutcomePanelProps {
  readonly isAllowed: boolean
  readonly checks: readonly RuleCheck[]
}

function TriedNote({ actor, isAllowed, checks, otherChecks }: TriedNoteProps) {
  const refused = checks.filter((check) => !check.isAllowed)
  const Icon = isAllowed ? ShieldCheck : ShieldX
  return (
    <div role={isAllowed ? 'status' : 'alert'}>
      <h2
        className={cn('flex items-center gap-1.5 font-medium', isAllowed ? '' : 'text-danger-text')}
      >
        <Icon aria-hidden="true" className={cn('size-4', isAllowed && 'text-accent-text')} />
        {isAllowed ? `${actor} may do this` : `${actor} may not do this`}
      </h2>
      <p className="mt-0.5 text-muted text-xs">
        {countOf(checks.length, 'check')}
        {refused.length > 0 && `, ${refused.length} refused`}. It was a dry run: nothing was
        written.
      </p>
      {refused.length > 0 && (
        <ul className="mt-1.5 list-disc space-y-0.5 pl-5 text-xs">
          {toRefusals(checks).map(({ what, rule, count }) => (
            <li key={`${what} ${rule}`}>
              {what}
              {count > 1 && ` (${count} records)`}: refused by{' '}
              <code className="font-mono text-2xs">{rule}</code>
            </li>
          ))}
        </ul>
      )}
      {otherChecks.length > 0 && (
        <>
          <h3 className="mt-3 mb-1 font-medium text-xs">What else was judged</h3>
          <ul className="space-y-1.5">
            {otherChecks.map((check, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the list is of one run and never changes
              <CheckRow key={index} check={check} />
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
