import { raw, type Sql, sql, wholeNumber } from '@/backend/sql/sql'
import type { DataAttr } from '../schema/attr'
import { compileLevel } from './compile-condition'
import type { CompileContext, EntityRef } from './compile-context'
import { indexKey, partialPredicate, valueColumn } from './compile-index'
import { isUnfiltered, type Level } from './plan'
import type { Cursor } from './query'
import { type SqlType, unseen } from './unseen'

/** Where a row stands in the order of its level. `key` is what the level orders by. */
export interface Position {
  readonly key: number | string | null
  readonly id: string
}

/** A row that a range yields. */
export interface RangeRow {
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly created_at: number
  /** Values by attribute key. */
  readonly data: Readonly<Record<string, unknown>>
  readonly key: number | string | null
}

/** A bound of a range, exclusive unless it says so. */
interface Bound {
  readonly side: 'after' | 'before'
  readonly position: Position
  readonly isInclusive: boolean
}

interface OrderedSource {
  readonly from: Sql
  readonly key: Sql
  readonly entity: EntityRef
}

/**
 * The rows of a top-level page, in the requested order except that a `last` page comes reversed.
 * Ids and keys are paged first and the rows looked up afterwards, so that an offset does not
 * read what it skips.
 */
export function compileRange(context: CompileContext, level: Level): Sql {
  const { page, order } = level
  const isFromEnd = page.take?.from === 'end'
  if (order.attr === null && !page.offset) return compilePlainRange(context, level)
  const direction = isFromEnd ? flipped(order.direction) : order.direction
  const bounds = cursorBounds(context, level)
  const source = orderedSource(context, level)
  const sourceOrder = { key: source.key, id: source.entity.id }
  const ranged = sql`
    select ${source.entity.id} as id, ${source.key} as key from ${source.from}
    where ${rangeCondition(context, level, { source, bounds })}`
  const limit = page.take ? sql` limit ${wholeNumber(page.take.count)}` : sql``
  const inOrder = (way: 'asc' | 'desc') => sql` order by ${ordering(level, sourceOrder, way)}`
  const offset = page.offset ? sql` offset ${page.offset}` : sql``
  const paged =
    isFromEnd && page.offset
      ? sql`select s.id, s.key from (${ranged}${inOrder(order.direction)}${offset}) s order by ${ordering(level, { key: raw('s.key'), id: raw('s.id') }, direction)}${limit}`
      : sql`${ranged}${inOrder(direction)}${offset}${limit}`
  return sql`
    select e.id, e.created_at, e.data, p.key from (${paged}) p
    join entities e on e.app = ${context.app} and e.ns = ${level.ns} and e.id = p.id
    order by ${ordering(level, { key: raw('p.key'), id: raw('p.id') }, direction)}`
}

/** Rows in the order of creation, of which none is skipped: nothing is gained by paging ids first. */
function compilePlainRange(context: CompileContext, level: Level): Sql {
  const { page, order } = level
  const direction = page.take?.from === 'end' ? flipped(order.direction) : order.direction
  const source = orderedSource(context, level)
  const limit = page.take ? sql` limit ${wholeNumber(page.take.count)}` : sql``
  const isWhole = page.take && isUnfiltered(level) && !context.rowFilter(source.entity)
  const from = isWhole ? sql`entities e` : source.from
  const condition = isWhole
    ? compileWhole(context, level, source)
    : rangeCondition(context, level, { source, bounds: cursorBounds(context, level) })
  return sql`
    select e.id, e.created_at, e.data, e.created_at as key from ${from}
    where ${condition}
    order by ${ordering(level, { key: source.key, id: source.entity.id }, direction)}${limit}`
}

/**
 * All entities of a level, within its cursors. Whatever the values are, a page of them is best read off the
 * index of their creation.
 */
function compileWhole(context: CompileContext, level: Level, source: OrderedSource): Sql {
  const whole = sql`e.app = ${unseen(context.app, 'int')} and e.ns = ${unseen(level.ns, 'int')}`
  return cursorBounds(context, level).reduce(
    (all, bound) => sql`${all} and ${compileBound(level, { ...source, bind: unseen }, bound)}`,
    whole,
  )
}

/** Part of a level's rows, from somewhere towards one side of the order. */
export interface Scan {
  readonly side: 'after' | 'before'
  /** Where the part before it ended; null to start where the page's cursors say, or at the end. */
  readonly from: Position | null
  /** Whether the page's cursors bound the scan. */
  readonly isWithinCursors: boolean
  readonly count: number | null
}

/** The rows of a scan, in its direction. The page's own limits play no part. */
export function compileScan(context: CompileContext, level: Level, scan: Scan): Sql {
  const { side, from, isWithinCursors, count } = scan
  const direction = side === 'after' ? level.order.direction : flipped(level.order.direction)
  const source = orderedSource(context, level)
  const sourceOrder = { key: source.key, id: source.entity.id }
  const bounds = [
    ...(isWithinCursors ? cursorBounds(context, level) : []),
    ...(from ? [{ side, position: from, isInclusive: false }] : []),
  ]
  const limit = count === null ? sql`` : sql` limit ${wholeNumber(count)}`
  return sql`
    select e.id, e.created_at, e.data, p.key from (
      select ${source.entity.id} as id, ${source.key} as key from ${source.from}
      where ${rangeCondition(context, level, { source, bounds })}
      order by ${ordering(level, sourceOrder, direction)}${limit}) p
    join entities e on e.app = ${context.app} and e.ns = ${level.ns} and e.id = p.id
    order by ${ordering(level, { key: raw('p.key'), id: raw('p.id') }, direction)}`
}

/** One row, or none: whether anything lies beyond a position on a side of the order. */
export function compileBeyond(
  context: CompileContext,
  level: Level,
  { side, position }: { side: 'after' | 'before'; position: Position },
): Sql {
  const bounds = [{ side, position, isInclusive: false }]
  const source = orderedSource(context, level)
  return sql`select 1 as found from ${source.from} where ${rangeCondition(context, level, { source, bounds })} limit 1`
}

/** One row with the number of entities that the level's `where` holds for. */
export function compileCount(context: CompileContext, level: Level): Sql {
  const condition = compileLevel(context, level, {
    id: sql`e.id`,
    namespace: level.namespace,
    data: sql`e.data`,
  })
  return sql`select count(*)::int as count from entities e where e.app = ${context.app} and e.ns = ${level.ns} and ${condition}`
}

function orderedSource(context: CompileContext, level: Level): OrderedSource {
  const { namespace, ns, order } = level
  if (order.attr !== null) {
    return {
      from: sql`(select * from index_values i where i.app = ${context.app} and i.attr = ${order.attr.indexKey} and ${partialPredicate(order.attr, raw('i'))}) o`,
      key: sql`o.${valueColumn(order.attr)}`,
      entity: { id: sql`o.id`, namespace, data: null },
    }
  }
  return {
    from: sql`(select * from entities e where e.app = ${context.app} and e.ns = ${ns}) e`,
    key: sql`e.created_at`,
    entity: { id: sql`e.id`, namespace, data: sql`e.data` },
  }
}

function rangeCondition(
  context: CompileContext,
  level: Level,
  { source, bounds }: { source: OrderedSource; bounds: readonly Bound[] },
): Sql {
  const where = compileLevel(context, level, source.entity)
  return bounds.reduce((all, bound) => sql`${all} and ${compileBound(level, source, bound)}`, where)
}

function cursorBounds(context: CompileContext, level: Level): Bound[] {
  const { page } = level
  const bound = (side: Bound['side'], cursor: Cursor | null, isInclusive: boolean): Bound[] =>
    cursor
      ? [{ side, position: cursorPosition(context, level.order.attr, cursor), isInclusive }]
      : []
  return [
    ...bound('after', page.after, page.isAfterInclusive),
    ...bound('before', page.before, page.isBeforeInclusive),
  ]
}

function cursorPosition(context: CompileContext, attr: DataAttr | null, cursor: Cursor): Position {
  if (attr === null) return { key: cursor.createdAt ?? 0, id: cursor.entityId }
  const key = cursor.value === null ? null : indexKey(context, attr, cursor.value)
  return { key, id: cursor.entityId }
}

/** Null sorts below every value, so what lies below a value includes the rows without one. */
function compileBound(
  level: Level,
  source: Pick<OrderedSource, 'key' | 'entity'> & { readonly bind?: typeof unseen },
  bound: Bound,
): Sql {
  const isAbove = (bound.side === 'after') === (level.order.direction === 'asc')
  const operator = raw(`${isAbove ? '>' : '<'}${bound.isInclusive ? '=' : ''}`)
  const { key, entity, bind = cast } = source
  const { position } = bound
  if (position.key === null) {
    const sameKey = sql`(${key} is null and ${entity.id} ${operator} ${bind(position.id, 'uuid')})`
    return isAbove ? sql`(${key} is not null or ${sameKey})` : sameKey
  }
  const compared = sql`(${key}, ${entity.id}) ${operator} (${bind(position.key, keyType(level))}, ${bind(position.id, 'uuid')})`
  return isAbove || level.order.attr === null ? compared : sql`(${compared} or ${key} is null)`
}

function cast(value: unknown, type: SqlType): Sql {
  return sql`${value}::${raw(type)}`
}

function keyType({ order }: Level): SqlType {
  if (order.attr === null) return 'bigint'
  return order.attr.checkedType === 'string' ? 'text' : 'float8'
}

/**
 * Rows without a value come first in ascending order. Every row has a time of creation, and its
 * index is in the plain order: to say where nulls go would sort the whole namespace.
 */
function ordering(
  { order }: Level,
  { key, id }: { key: Sql; id: Sql },
  direction: 'asc' | 'desc',
): Sql {
  if (order.attr === null) return sql`${key} ${raw(direction)}, ${id} ${raw(direction)}`
  return direction === 'asc'
    ? sql`${key} asc nulls first, ${id} asc`
    : sql`${key} desc nulls last, ${id} desc`
}

function flipped(direction: 'asc' | 'desc'): 'asc' | 'desc' {
  return direction === 'asc' ? 'desc' : 'asc'
}
