'use client'

import { type AppRef, toIdentityText } from '@/lib/model/identity'
import type { AppSchema } from '@/lib/model/schema'
import type { RuleCheck, Step } from '@/lib/model/transaction'
import type { WriteMode } from '@/lib/model/write-mode'
import { toFailure } from '@/lib/queries/request-error'
import { blameSteps, placeChecks } from './place-checks'
import type { Steps } from './step-list'
import { useTransaction } from './use-transaction'

interface RunsOptions {
  readonly app: AppRef
  readonly schema: AppSchema
  readonly steps: Steps
  readonly complete: readonly Step[] | null
  /** The cards were written: they are no draft any more. */
  readonly onWritten: () => void
}

/** Runs the cards, and tells what the last run as this identity said of each. */
export function useRuns({ app, schema, steps, complete, onWritten }: RunsOptions) {
  const transaction = useTransaction()
  const { data, error, variables, isPending } = transaction
  const as = toIdentityText(app.as)
  // What somebody else's run came to says nothing of this identity.
  const attempt = variables?.as === as ? variables : undefined
  const isStale =
    attempt !== undefined && JSON.stringify(complete) !== JSON.stringify(attempt.steps)
  const placed =
    attempt && data?.kind === 'tried' ? placeChecks(data.checks, attempt.steps, schema) : null
  const blamed = attempt && error ? blameSteps(toFailure(error), attempt.steps) : []

  function run(mode: WriteMode, ready: readonly Step[]) {
    if (isPending) return
    transaction.mutate(
      { mode, as, steps: ready, keys: steps.map(({ key }) => key) },
      {
        onSuccess: ({ kind }) => {
          if (kind === 'written') onWritten()
        },
      },
    )
  }

  function saidOf(key: string): { checks: readonly RuleCheck[]; refusal: string | null } | null {
    const index = attempt?.keys.indexOf(key) ?? -1
    if (index < 0 || isPending) return null
    const checks = placed?.ofSteps[index] ?? []
    const refusal = error && blamed.includes(index) && !isStale ? error.message : null
    return checks.length > 0 || refusal !== null ? { checks, refusal } : null
  }

  return {
    run,
    saidOf,
    reset: transaction.reset,
    attempt,
    outcome: data,
    error,
    isPending,
    isStale,
    isWritten: attempt !== undefined && data?.kind === 'written' && !isStale,
    /** Differs from run to run. */
    at: transaction.submittedAt,
    otherChecks: placed?.others ?? [],
  }
}
