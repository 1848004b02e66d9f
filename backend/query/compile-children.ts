import { raw, type Sql, sql } from '@/backend/sql/sql'
import type { LinkAttr, LinkEnd } from '../schema/attr'
import { compileLevel } from './compile-condition'
import type { CompileContext } from './compile-context'
import { ends } from './compile-link'
import { dataKey, type Level } from './plan'

/** An entity reached over a link, once for every parent that reaches it. */
export interface ChildRow {
  readonly parent: string
  readonly id: string
  readonly data: Readonly<Record<string, unknown>>
}

/** The target of a has-one link that is shown as an id. */
export interface RawLinkRow {
  readonly attr: number
  readonly from_id: string
  readonly to_id: string
}

/**
 * The entities that any of the parents is linked to, each parent's in the order of the level.
 * A link to an id without an entity yields nothing (semantics.md 4).
 */
export function compileChildren(
  context: CompileContext,
  { link, level }: { link: LinkEnd; level: Level },
  parentIds: readonly string[],
): Sql {
  const { here, there } = ends(link.direction)
  const condition = compileLevel(context, level, {
    id: sql`e.id`,
    namespace: level.namespace,
    data: sql`e.data`,
  })
  return sql`
    select l.${here} as parent, e.id, e.data
    from unnest(${parentIds}::uuid[]) p(id)
    join links l on l.app = ${context.app} and l.attr = ${link.attr.key} and l.${here} = p.id
    join entities e on e.app = ${context.app} and e.ns = ${level.ns} and e.id = l.${there}
    where ${condition}
    order by ${childOrdering(level)}`
}

/** The has-one links of some entities that are shown as ids. */
export function compileRawLinks(
  context: CompileContext,
  attrs: readonly LinkAttr[],
  ids: readonly string[],
): Sql {
  return sql`
    select l.attr, l.from_id, l.to_id from unnest(${ids}::uuid[]) p(id)
    join links l on l.app = ${context.app} and l.from_id = p.id
      and l.attr = any(${attrs.map(({ key }) => key)}::int[])`
}

/** Nested lists may be ordered by any attribute, indexed or not, so the stored value is sorted. */
function childOrdering({ order }: Level): Sql {
  const direction = raw(order.direction)
  const nulls = raw(order.direction === 'asc' ? 'nulls first' : 'nulls last')
  if (order.attr === null) return sql`e.created_at ${direction}, e.id ${direction}`
  const value = sql`(e.data -> ${dataKey(order.attr.key)}::text)`
  return sql`${sortKey(value, order.attr.checkedType)} ${direction} ${nulls}, e.id ${direction}`
}

function sortKey(value: Sql, checkedType: string | null): Sql {
  if (checkedType === null) return sql`nullif(${value}, 'null'::jsonb)`
  if (checkedType === 'string') return sql`index_text(${value}, 'string') collate "C"`
  return sql`index_number(${value}, ${raw(`'${checkedType}'`)})`
}

/** Every entity of a namespace, in no order. */
export function compileNamespace(context: CompileContext, namespace: string): Sql {
  return sql`select e.id, e.data from entities e where e.app = ${context.app} and e.ns = ${context.namespaceKey(namespace)}`
}
