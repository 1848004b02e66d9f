import type { RefLookup, RefRequest } from '@/backend/rules/frame'
import type { AppKey } from '@/backend/schema/attr'
import type { Schema } from '@/backend/schema/schema'
import type { Queryable } from '@/backend/store/database'
import type { Json } from '@/lib/base/json'
import { fetchRefs } from './fetch-refs'

/** An entity that a rule starts refs from. */
export interface RefOwner {
  readonly namespace: string
  readonly id: string
}

/** Where the refs of one question start; null for a row that is not there. */
export interface RefOwners {
  readonly data: RefOwner | null
  readonly linkedData?: RefOwner | null
}

/** A ref that one question asks for. */
export interface WantedRef {
  readonly request: RefRequest
  readonly owners: RefOwners
}

/** Refs fetched so far, for as long as nothing is written. */
export interface RefCache {
  /** Fetches those that are not there yet: one statement for each path, whatever the number. */
  fetch(wanted: readonly WantedRef[]): Promise<void>
  lookup(owners: RefOwners): RefLookup
}

/** `userId` is the caller's, null for a guest: the caller's own refs are then all empty. */
export function createRefCache(
  tx: Queryable,
  {
    app,
    schema,
    userId,
  }: { readonly app: AppKey; readonly schema: Schema; readonly userId: string | null },
): RefCache {
  const fetched = new Map<string, Map<string, Map<string, readonly Json[]>>>()
  const auth = userId === null ? null : { namespace: '$users', id: userId }
  const ownerOf = ({ source }: RefRequest, owners: RefOwners): RefOwner | null =>
    source === 'auth' ? auth : (owners[source] ?? null)
  const find = (request: RefRequest, owners: RefOwners): readonly Json[] | undefined => {
    const owner = ownerOf(request, owners)
    return owner ? fetched.get(owner.namespace)?.get(request.path)?.get(owner.id) : []
  }

  return {
    lookup: (owners) => (request) => find(request, owners),
    async fetch(wanted) {
      const missing = wanted.flatMap(({ request, owners }) => {
        const owner = ownerOf(request, owners)
        return owner && find(request, owners) === undefined ? [{ request, owner }] : []
      })
      for (const { namespace, path, ids } of toBatches(missing)) {
        const values = await fetchRefs(tx, { app, schema }, { namespace, path, ids: [...ids] })
        const paths = fetched.get(namespace) ?? new Map<string, Map<string, readonly Json[]>>()
        const known = paths.get(path) ?? new Map<string, readonly Json[]>()
        for (const id of ids) known.set(id, values.get(id) ?? [])
        fetched.set(namespace, paths.set(path, known))
      }
    },
  }
}

interface Batch {
  readonly namespace: string
  readonly path: string
  readonly ids: Set<string>
}

/** One batch for each namespace and path. */
function toBatches(
  missing: readonly { readonly request: RefRequest; readonly owner: RefOwner }[],
): readonly Batch[] {
  const batches = new Map<string, Batch>()
  for (const { request, owner } of missing) {
    const { namespace, id } = owner
    const key = batchKey(owner, request)
    const batch = batches.get(key)
    if (batch) batch.ids.add(id)
    else batches.set(key, { namespace, path: request.path, ids: new Set([id]) })
  }
  return [...batches.values()]
}

function batchKey({ namespace }: RefOwner, { path }: RefRequest): string {
  return `${namespace} ${path}`
}
