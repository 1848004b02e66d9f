import {
  compileNamespace,
  compileRawLinks,
  type RawLinkRow,
} from '@/backend/query/compile-children'
import type { CompileContext } from '@/backend/query/compile-context'
import { dataKey } from '@/backend/query/plan'
import type { EntityRow } from '@/backend/query/shape'
import type { Schema } from '@/backend/schema/schema'
import type { Queryable } from '@/backend/store/database'
import type { Json, JsonObject } from '@/lib/base/json'

/** An entity as rules see it: its id, its values, and the ids that its has-one links hold. */
export interface RuleRow {
  readonly id: string
  readonly row: JsonObject
}

/** The rows that rules see of some entities of a namespace; one more statement if it has links. */
export async function readRuleRows(
  tx: Queryable,
  context: CompileContext & { readonly schema: Schema },
  { namespace, entities }: { namespace: string; entities: readonly EntityRow[] },
): Promise<readonly RuleRow[]> {
  const { schema } = context
  const labels = new Map(
    schema.dataAttrs(namespace).map(({ key, forward }) => [dataKey(key), forward.label]),
  )
  const held = schema.linksFrom(namespace).filter(({ cardinality }) => cardinality === 'one')
  const links = new Map<number, string>(held.map(({ key, forward }) => [key, forward.label]))
  const rows = new Map(
    entities.map(({ id, data }) => [
      id,
      new Map<string, Json>([['id', id], ...named(data, labels)]),
    ]),
  )
  if (held.length > 0 && entities.length > 0) {
    const ids = [...rows.keys()]
    const stored = await tx.query<RawLinkRow>(compileRawLinks(context, held, ids))
    for (const { attr, from_id, to_id } of stored) {
      rows.get(from_id)?.set(links.get(attr) ?? '', to_id)
    }
  }
  return [...rows].map(([id, values]) => ({ id, row: Object.fromEntries(values) }))
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
  data: EntityRow['data'],
  labels: ReadonlyMap<string, string>,
): readonly (readonly [string, Json])[] {
  return Object.entries(data).flatMap(([key, value]) => {
    const label = labels.get(key)
    return label === undefined ? [] : [[label, value as Json] as const]
  })
}
