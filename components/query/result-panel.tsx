'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import { Braces } from 'lucide-react'
import { LoadingState, NothingYetState } from '@/components/shell/states'
import { placeInQuery } from '@/lib/model/query-place'
import type { AppSchema } from '@/lib/model/schema'
import type { TextSpan } from '@/lib/model/text-span'
import type { QueryRun, QueryRunError } from '@/lib/queries/query-run'
import { ExampleQueries } from './example-queries'
import { LastResult, type Staleness } from './last-result'
import { RunFailure } from './run-failure'
import { RunningNote } from './running-note'

interface ResultPanelProps {
  /** The text as it is now, which need not be the one that was run. */
  readonly text: string
  readonly last: QueryRun | null
  readonly failed: QueryRunError | null
  readonly isRunning: boolean
  readonly schema: UseQueryResult<AppSchema>
  readonly onRun: () => void
  readonly onTryExample: (text: string) => void
  readonly onGoTo: (span: TextSpan) => void
}

/** What the query gave. A newer run that is under way or has failed leaves the last result in view. */
export function ResultPanel(props: ResultPanelProps) {
  const { text, last, failed, isRunning, onGoTo } = props
  return (
    <section aria-label="Result" aria-busy={isRunning} className="flex h-full flex-col bg-canvas">
      {isRunning && <RunningNote />}
      {failed && !isRunning && (
        <RunFailure
          failure={failed.failure}
          placeOf={(path) => (failed.text === text ? placeInQuery(text, path) : null)}
          onGoTo={onGoTo}
        />
      )}
      {last && (text !== '' || failed || isRunning) ? (
        <LastResult key={last.at} run={last} staleness={stalenessOf(props)} />
      ) : (
        <NoResult {...props} />
      )}
    </section>
  )
}

function NoResult({ text, failed, isRunning, schema, onTryExample }: ResultPanelProps) {
  if (isRunning) return <LoadingState lines={14} lineClass="h-[22px]" />
  if (failed) return null
  if (text.trim() !== '') {
    return (
      <NothingYetState title="Not run yet" icon={<Braces />}>
        <p>Run the query to see what it gives.</p>
      </NothingYetState>
    )
  }
  return <ExampleQueries schema={schema} onTry={onTryExample} />
}

/** Why the result in view may not be the answer to what is in the editor. */
function stalenessOf({ text, last, failed, isRunning }: ResultPanelProps): Staleness {
  if (isRunning) return 'running'
  if (failed) return 'failed'
  return last?.text === text ? null : 'edited'
}
