import type { Failure } from '@/lib/model/failure'
import { type AppRef, toIdentityText } from '@/lib/model/identity'
import type { QueryAnswer, RunQueryRequest } from '@/lib/model/query-run'
import { api } from '@/lib/model/routes'
import { askJson } from './read-json'
import { RequestError, toFailure } from './request-error'

/** One text that was run, and what came of it. */
export interface QueryRun extends QueryAnswer {
  /** The text as it stood in the editor. */
  readonly text: string
  readonly query: RunQueryRequest['query']
  /** From asking to having read the answer, in milliseconds. */
  readonly totalMs: number
  /** When the answer was there, in milliseconds since 1970. */
  readonly at: number
}

/** The failure of a run knows its text, since the editor's may have changed since. */
export class QueryRunError extends RequestError {
  readonly text: string

  constructor(text: string, failure: Failure) {
    super(failure)
    this.name = 'QueryRunError'
    this.text = text
  }
}

export const queryRunKeys = {
  /** One entry per app and identity: the last run that worked stays while a newer one is under way or fails. */
  last: ({ appId, as }: AppRef) => ['query-run', appId, toIdentityText(as)] as const,
}

/** Runs a query, once. Raises a QueryRunError; aborting the signal ends it at the backend, too. */
export async function runQueryText(
  text: string,
  request: RunQueryRequest,
  signal: AbortSignal,
): Promise<QueryRun> {
  const startedAt = performance.now()
  const { appId, as, query } = request
  const answer = await askJson<QueryAnswer>(api.query(appId), { as, query }, signal).catch(
    (error) => {
      throw signal.aborted ? error : new QueryRunError(text, toFailure(error))
    },
  )
  return { ...answer, text, query, totalMs: performance.now() - startedAt, at: Date.now() }
}
