import { raw, type Sql, sql } from '@/backend/sql/sql'
import { dataKey, type LinkAttr, type LinkEnd } from '../schema/attr'
import { compileLevel } from './compile-condition'
import type { CompileContext } from './compile-context'
import { ends } from './compile-link'
import { isUnfiltered, type Level } from './plan'
import { unseen } from './unseen'

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

/** So many look-ups one by one are faster than any other plan, planning included. */
const mostLookups = 100

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
  const entity = { id: sql`e.id`, namespace: level.namespace, data: sql`e.data` }
  if (parentIds.length <= mostLookups && isUnfiltered(level) && !context.rowFilter(entity)) {
    return sql`
      select l.${here} as parent, e.id, e.data
      from unnest(${unseen(parentIds, 'uuid[]')}) p(id)
      cross join lateral (${linksAt(context, { here, there }, unseen(link.attr.key, 'int'))}) l
      join entities e on e.app = ${unseen(context.app, 'int')} and e.ns = ${unseen(level.ns, 'int')}
        and e.id = l.${there}
      order by ${childOrdering(level)}`
  }
  const condition = compileLevel(context, level, entity)
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
  const keys = attrs.map(({ key }) => key)
  if (ids.length * keys.length <= mostLookups) {
    return sql`
      select a.key as attr, l.from_id, l.to_id
      from unnest(${unseen(ids, 'uuid[]')}) p(id) cross join unnest(${unseen(keys, 'int[]')}) a(key)
      cross join lateral (${linksAt(context, ends('forward'), raw('a.key'))}) l`
  }
  return sql`
    select l.attr, l.from_id, l.to_id from unnest(${ids}::uuid[]) p(id)
    join links l on l.app = ${context.app} and l.from_id = p.id
      and l.attr = any(${keys}::int[])`
}

/** The links of one entity `p`. Without the offset they would be joined, and not looked up. */
function linksAt(
  { app }: CompileContext,
  { here, there }: { readonly here: Sql; readonly there: Sql },
  attr: Sql,
): Sql {
  return sql`
    select k.${here}, k.${there} from links k
    where k.app = ${unseen(app, 'int')} and k.attr = ${attr} and k.${here} = p.id offset 0`
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
