import {
  compileNamespace,
  compileRawLinks,
  type RawLinkRow,
} from '@/backend/query/compile-children'
import type { CompileContext } from '@/backend/query/compile-context'
import type { EntityRow } from '@/backend/query/shape'
import type { LinkAttr } from '@/backend/schema/attr'
import type { Schema } from '@/backend/schema/schema'
import type { Queryable } from '@/backend/store/database'
import type { Json, JsonObject } from '@/lib/base/json'
import { setOwn } from '@/lib/base/set-own'

/** An entity as rules see it: its id, its values, and the ids that its has-one links hold. */
export interface RuleRow {
  readonly id: string
  readonly row: JsonObject
}

/**
 * The rows that a rule sees of some entities of a namespace, each named once. The links that they hold cost one more
 * statement, which is saved when the rule reads none of them: `labels` are those that it reads, or
 * null when it may read any.
 */
export async function readRuleRows(
  tx: Queryable,
  context: CompileContext & { readonly schema: Schema },
  {
    namespace,
    entities,
    labels,
  }: {
    namespace: string
    entities: readonly EntityRow[]
    labels: ReadonlySet<string> | null
  },
): Promise<readonly RuleRow[]> {
  const { schema } = context
  const isRead = (label: string) => labels === null || labels.has(label)
  const attrs = [...schema.labels(namespace)].filter(([, label]) => isRead(label))
  const held = schema
    .linksFrom(namespace)
    .filter(({ cardinality, forward }) => cardinality === 'one' && isRead(forward.label))
  const rows = entities.map(({ id, data }) => ({ id, row: named(id, data, attrs) }))
  if (held.length > 0 && entities.length > 0) await addLinks(tx, context, { held, rows })
  return rows
}

async function addLinks(
  tx: Queryable,
  context: CompileContext,
  {
    held,
    rows,
  }: { held: readonly LinkAttr[]; rows: readonly { id: string; row: Record<string, Json> }[] },
): Promise<void> {
  const labels = new Map<number, string>(held.map(({ key, forward }) => [key, forward.label]))
  const byId = new Map(rows.map(({ id, row }) => [id, row]))
  const stored = await tx.query<RawLinkRow>(compileRawLinks(context, held, [...byId.keys()]))
  for (const { attr, from_id, to_id } of stored) {
    const row = byId.get(from_id)
    if (row) setOwn(row, labels.get(attr) ?? '', to_id)
  }
}

/** All entities of a namespace. */
export async function readNamespace(
  tx: Queryable,
  context: CompileContext,
  namespace: string,
): Promise<readonly EntityRow[]> {
  return tx.query<EntityRow>(compileNamespace(context, namespace))
}

function named(
  id: string,
  data: EntityRow['data'],
  attrs: readonly (readonly [key: string, label: string])[],
): Record<string, Json> {
  const row: Record<string, Json> = { id }
  for (const [key, label] of attrs) {
    const value = data[key]
    if (value !== undefined) setOwn(row, label, value as Json)
  }
  return row
}
