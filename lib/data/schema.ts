import 'server-only'
import { requireConnection } from '@/lib/instant/connection'
import { fetchCounts } from '@/lib/instant/count'
import { fetchSchema, lastSchema } from '@/lib/instant/schema'
import type { Counts } from '@/lib/model/count'
import type { AppRef } from '@/lib/model/identity'
import { InstantError } from '@/lib/model/instant-error'
import type { RecordsRequest } from '@/lib/model/requests/record'
import { type AppSchema, findNamespace } from '@/lib/model/schema'
import type { Place } from './record-shape'
import { requireRole, type Viewer } from './viewer'

/** The schema, which the dashboard reads for itself: it is the same whoever it acts as. */
export async function readSchema(
  viewer: Viewer,
  { appId }: Pick<AppRef, 'appId'>,
  signal?: AbortSignal,
): Promise<AppSchema> {
  requireRole(viewer, 'read')
  return fetchSchema(await requireConnection(appId), signal)
}

/** How many records of each namespace the request's identity sees. */
export async function readCounts(
  viewer: Viewer,
  { appId, as }: AppRef,
  signal?: AbortSignal,
): Promise<Counts> {
  const { namespaces: all } = await readSchema(viewer, { appId }, signal)
  const namespaces = all.map(({ name }) => name)
  return fetchCounts(await requireConnection(appId), { as, namespaces, signal })
}

/** A namespace and the schema it is part of. Raises `unknown-namespace`, naming those there are. */
export async function requireNamespace(
  viewer: Viewer,
  { appId, namespace: name }: Pick<RecordsRequest, 'appId' | 'namespace'>,
  signal?: AbortSignal,
): Promise<Place> {
  const schema = await readSchema(viewer, { appId }, signal)
  const namespace = findNamespace(schema, name)
  if (namespace) return { namespace, schema }
  const names = schema.namespaces.map((each) => each.name)
  throw new InstantError({
    code: 'unknown-namespace',
    message: `There is no namespace ${JSON.stringify(name)} in this app. There are: ${names.join(', ')}.`,
    hint: { namespaces: names },
  })
}

/** What was read from a backend. */
export interface Reading<T> {
  readonly value: T
  /** Of the schema that the backend answered by; null where it does not tell, or was not asked. */
  readonly schemaTag: string | null
}

interface ReadAt<T> {
  /** Reads, and nothing else: it may be done twice. */
  readonly read: (place: Place) => Promise<Reading<T>>
  /** Whether the read asks for the tag of the schema. */
  readonly asksForTag: boolean
  readonly signal: AbortSignal | undefined
}

/**
 * Reads something that depends on the schema of a namespace: first by the schema that was read last, and
 * again if it turns out to be another by now. Where the answer tells that it is not, that is all; otherwise
 * the schema itself is read, at the same time if no such answer is to be expected. Raises
 * `unknown-namespace`, and what the read raises.
 */
export async function readAtNamespace<T>(
  viewer: Viewer,
  request: Pick<RecordsRequest, 'appId' | 'namespace'>,
  { read, asksForTag, signal }: ReadAt<T>,
): Promise<T> {
  requireRole(viewer, 'read')
  const last = lastSchema(await requireConnection(request.appId))
  const namespace = last && findNamespace(last.schema, request.namespace)
  const early = namespace ? read({ namespace, schema: last.schema }) : null
  // That it fails matters only if it was by the right schema.
  const settled = Promise.allSettled([early])
  if (asksForTag && last !== null && last.tag !== null) {
    const [told] = await settled
    if (told.status === 'fulfilled' && told.value?.schemaTag === last.tag) return told.value.value
  }
  const now = await requireNamespace(viewer, request, signal)
  const { value } = await (early && now.schema === last?.schema ? early : read(now))
  return value
}
