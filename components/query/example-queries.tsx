'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import { Braces, Play } from 'lucide-react'
import { FailedState, LoadingState, NothingYetState } from '@/components/shell/states'
import type { AppSchema } from '@/lib/model/schema'
import { toFailure } from '@/lib/queries/request-error'
import { queryExamples } from './query-examples'

interface ExampleQueriesProps {
  readonly schema: UseQueryResult<AppSchema>
  readonly onTry: (text: string) => void
}

/** What to begin with: queries this app can answer, each one click away. */
export function ExampleQueries({ schema, onTry }: ExampleQueriesProps) {
  if (schema.isPending) return <LoadingState lines={5} lineClass="h-20" />
  if (!schema.data) {
    return (
      <FailedState
        title="The schema could not be read"
        failure={toFailure(schema.error)}
        onRetry={() => void schema.refetch()}
        isRetrying={schema.isFetching}
      />
    )
  }
  const examples = queryExamples(schema.data)
  if (examples.length === 0) {
    return (
      <NothingYetState title="This app has no namespaces yet" icon={<Braces />}>
        <p>Once it has, examples of queries stand here.</p>
      </NothingYetState>
    )
  }
  return (
    <div className="mx-auto w-full max-w-xl overflow-y-auto px-4 py-8">
      <h2 className="font-semibold text-base">Ask this app something</h2>
      <p className="mt-1 text-muted">
        A query names what you want, and the answer has the same shape. Write one, or begin with:
      </p>
      <ul className="mt-4 space-y-2">
        {examples.map(({ title, text }) => (
          <li key={title}>
            <button
              type="button"
              onClick={() => onTry(text)}
              className="group w-full rounded-lg border border-line bg-surface px-3 py-2 text-left transition-colors hover:border-line-strong hover:bg-hover"
            >
              <span className="flex items-center justify-between gap-2 font-medium">
                {title}
                <Play
                  aria-hidden="true"
                  className="size-3.5 shrink-0 text-muted group-hover:text-accent-text"
                />
              </span>
              <code className="mt-1 block whitespace-pre-wrap font-mono text-muted text-xs">
                {text.trim()}
              </code>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
