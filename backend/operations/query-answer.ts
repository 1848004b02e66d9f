import type { Cursor } from '@/backend/query/query'
import type { AppKey } from '@/backend/schema/attr'
import type { Json, JsonObject } from '@/lib/base/json'
import type { Actor } from './actor'
import type { RequestOrigin } from './judging/judge-context'

/** What is asked, of which app, by whom. */
export interface QueryRequest {
  readonly app: AppKey
  readonly actor: Actor
  /** What rules may know of the request. */
  readonly requestOrigin: RequestOrigin
  readonly query: JsonObject
  /** Has-one links become one object or null instead of an array. */
  readonly isInferred: boolean
  /** Where the caller reaches this server, for links to files; they start with a slash without it. */
  readonly serverOrigin?: string
  /** Ask for page info and the last transaction, which cost look-ups that `/admin/query` has no use for. */
  readonly wantsPageInfo: boolean
}

/** The answer, as of one snapshot. */
export interface QueryAnswer {
  readonly tree: { readonly [namespace: string]: readonly Json[] }
  readonly pageInfo: Readonly<Record<string, PageInfo>>
  /** Counts by namespace, where the query asked for them. */
  readonly counts: Readonly<Record<string, number>>
  /** The last transaction that the answer reflects; 0 when there was none, or nobody wants to know. */
  readonly txId: number
}

/** Flags and ends of a page (semantics.md 3.5). Cursors are null on an empty page. */
export interface PageInfo {
  readonly startCursor: Cursor | null
  readonly endCursor: Cursor | null
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
}

/** An answer that is shown to all who follow the same query as the same caller. */
export interface FollowedAnswer {
  readonly request: QueryRequest
  readonly answer: QueryAnswer
}
