import 'server-only'
import { extraKey } from '@/lib/model/extra-key'
import type { AppSchema } from '@/lib/model/schema'
import type { Connection } from './connection'
import { fetchTextAsAdmin, readAnswer } from './fetch-as-admin'
import { preferTag, toSchema, toTag, wireSchema } from './wire-schema'

/** A schema that was read. It may be another by now. */
export interface KnownSchema {
  readonly schema: AppSchema
  /** What answers to queries tell as long as it is the schema; null where the backend tells nothing. */
  readonly tag: string | null
}

interface Known extends KnownSchema {
  /** The answer that it was read from. */
  readonly text: string
}

/** What was read last of each app. */
const last = new Map<string, Known>()

/** The schema that was read last, or null before any was. */
export function lastSchema(connection: Connection): KnownSchema | null {
  return last.get(keyOf(connection)) ?? null
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
  const text = await fetchTextAsAdmin(connection, { path, headers: preferTag, signal })
  const known = last.get(keyOf(connection))
  if (known?.text === text) return known.schema
  const wire = readAnswer(connection, { path, answer: wireSchema, text })
  const read = toSchema(wire)
  // The answer may differ in what the dashboard does not read.
  const schema = known && isSame(known.schema, read) ? known.schema : read
  last.set(keyOf(connection), { text, schema, tag: toTag(wire[extraKey]) })
  return schema
}

function isSame(one: AppSchema, other: AppSchema): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function keyOf({ apiURI, appId }: Connection): string {
  return `${apiURI} ${appId}`
}
