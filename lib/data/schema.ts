import 'server-only'
import { requireConnection } from '@/lib/instant/connection'
import { type Counts, fetchCounts } from '@/lib/instant/count'
import { fetchSchema } from '@/lib/instant/schema'
import { InstantError } from '@/lib/model/instant-error'
import { type AppSchema, findNamespace, type Namespace } from '@/lib/model/schema'
import { requireRole, type Viewer } from './viewer'

interface AppRef {
  readonly appId: string
}

export async function readSchema(
  viewer: Viewer,
  { appId }: AppRef,
  signal?: AbortSignal,
): Promise<AppSchema> {
  requireRole(viewer, 'read')
  return fetchSchema(await requireConnection(appId), signal)
}

/** How many records each namespace has. */
export async function readCounts(
  viewer: Viewer,
  { appId }: AppRef,
  signal?: AbortSignal,
): Promise<Counts> {
  const { namespaces } = await readSchema(viewer, { appId }, signal)
  const names = namespaces.map(({ name }) => name)
  // Instant counts for admins only. For anyone else the number is unknown, not the admin's.
  if (viewer.identity.kind !== 'admin') return Object.fromEntries(names.map((name) => [name, null]))
  return fetchCounts(await requireConnection(appId), names, signal)
}

/** A namespace and the schema it is part of. Raises `unknown-namespace`, naming those there are. */
export async function requireNamespace(
  viewer: Viewer,
  { appId, namespace: name }: AppRef & { readonly namespace: string },
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
