import 'server-only'
import { requireConnection } from '@/lib/instant/connection'
import { fetchCounts } from '@/lib/instant/count'
import { fetchSchema } from '@/lib/instant/schema'
import type { Counts } from '@/lib/model/count'
import type { AppRef } from '@/lib/model/identity'
import { InstantError } from '@/lib/model/instant-error'
import type { RecordsRequest } from '@/lib/model/requests/record'
import { type AppSchema, findNamespace, type Namespace } from '@/lib/model/schema'
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
): Promise<{ readonly namespace: Namespace; readonly schema: AppSchema }> {
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
