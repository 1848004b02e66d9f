import 'server-only'
import type { AppSchema } from '@/lib/model/schema'
import type { Connection } from './connection'
import { fetchTextAsAdmin, readAnswer } from './fetch-as-admin'
import { toSchema, wireSchema } from './wire-schema'

interface Known {
  /** The answer that it was read from. */
  readonly text: string
  readonly schema: AppSchema
}

/** What was read last of each app. */
const last = new Map<string, Known>()

/** The schema that was read last, or null before any was. It may be another by now. */
export function lastSchema(connection: Connection): AppSchema | null {
  return last.get(keyOf(connection))?.schema ?? null
}

/**
 * The schema as it is now (contract: GET /dash/apps/:id/schema/pull). As long as it stays the same, it is
 * the same object.
 */
export async function fetchSchema(
  connection: Connection,
  signal?: AbortSignal,
): Promise<AppSchema> {
  const path = `/dash/apps/${connection.appId}/schema/pull`
  const text = await fetchTextAsAdmin(connection, { path, signal })
  const known = last.get(keyOf(connection))
  if (known?.text === text) return known.schema
  const read = toSchema(readAnswer(connection, { path, answer: wireSchema, text }))
  // The answer may differ in what the dashboard does not read.
  const schema = known && isSame(known.schema, read) ? known.schema : read
  last.set(keyOf(connection), { text, schema })
  return schema
}

function isSame(one: AppSchema, other: AppSchema): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function keyOf({ apiURI, appId }: Connection): string {
  return `${apiURI} ${appId}`
}
