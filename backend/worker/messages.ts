import type { Transferable } from 'node:worker_threads'

/** What the process that listens tells the worker that has the engine. */
export type ToWorker =
  | ({ readonly kind: 'request' } & WireRequest)
  /** The client of a request has gone, or has all of its answer. */
  | { readonly kind: 'gone'; readonly id: number }
  | { readonly kind: 'ping' }
  | { readonly kind: 'begin'; readonly url: string }
  | { readonly kind: 'close' }

/** What the worker tells back. */
export type FromWorker =
  | { readonly kind: 'opened' }
  | { readonly kind: 'begun' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'pong' }
  /** It could not be opened; `isExplained` says that the message alone tells what to do. */
  | { readonly kind: 'failed'; readonly message: string; readonly isExplained: boolean }
  | ({ readonly kind: 'response' } & WireResponse)

/** Bytes that are at hand, or that are still to come. */
type Body = ArrayBuffer | ReadableStream<Uint8Array> | null

export interface WireRequest {
  readonly id: number
  readonly url: string
  readonly method: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Body
  /** The client's address, or null when it is not known. */
  readonly ip: string | null
}

export interface WireResponse {
  readonly id: number
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Body
}

/** What has to change hands, since it cannot be copied or would cost to. */
export function transfersOf(body: Body): readonly Transferable[] {
  // Two declarations of one class: the global stream is the one that Node can transfer.
  return body === null ? [] : [body as Transferable]
}
