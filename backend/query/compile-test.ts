import { join, raw, type Sql, sql } from '@/backend/sql/sql'
import type { Json } from '@/lib/base/json'
import { must, unreachable } from '@/lib/base/must'
import { type AppKey, type DataAttr, indexColumn, type NamespaceKey } from '../schema/attr'
import { type Comparison, dataKey, type Test } from './plan'

/** What compiling needs to know besides the plan. */
export interface CompileContext {
  readonly app: AppKey
  /** Key of a namespace that the plan mentions. */
  readonly namespaceKey: (namespace: string) => NamespaceKey
  /** Microseconds since the epoch of every date in the query, by its JSON text. */
  readonly instants: ReadonlyMap<string, number>
}

/** An entity that a query speaks of. */
export interface EntityRef {
  /** SQL of its id. */
  readonly id: Sql
  readonly namespace: string
  /** SQL of its `data`, where the row is at hand; null where it has to be looked up. */
  readonly data: Sql | null
}

const comparisons: Readonly<Record<Comparison, Sql>> = {
  gt: raw('>'),
  gte: raw('>='),
  lt: raw('<'),
  lte: raw('<='),
}

/**
 * SQL of a test. It is never null: an entity that is not there, or lacks the value, fails every
 * test but `nothing`. So its negation is just `not`.
 */
export function compileTest(context: CompileContext, test: Test, entity: EntityRef): Sql {
  switch (test.kind) {
    case 'oneOf':
      return compileOneOf(context, test, entity)
    case 'nothing':
      return indexed(context, test.attr, entity, sql`v.vn is null and v.vt is null`)
    case 'present':
      return test.attr.isIndexed
        ? indexed(context, test.attr, entity, sql`(v.vn is not null or v.vt is not null)`)
        : stored(context, test.attr, entity, (value) => sql`${value} <> 'null'::jsonb`)
    case 'compare':
      return indexed(context, test.attr, entity, compileComparison(context, test))
    case 'like':
      return indexed(context, test.attr, entity, compileLike(test))
    case 'hasId':
      return compileHasId(context, test.ids, entity)
    case 'linked':
      return compileLinked(context, test, entity)
    case 'linkedToOther': {
      const { here, there } = ends(test.link.direction)
      return sql`exists (select 1 from links k where k.app = ${context.app} and k.attr = ${test.link.attr.key} and k.${here} = ${entity.id} and k.${there} <> ${test.id}::uuid)`
    }
    case 'either':
      return sql`(${join(
        test.of.map((one) => compileTest(context, one, entity)),
        sql` or `,
      )})`
  }
}

/** Columns of `links` at this end and at the other end of a link walked in a direction. */
export function ends(direction: 'forward' | 'reverse'): { here: Sql; there: Sql } {
  return direction === 'forward'
    ? { here: raw('from_id'), there: raw('to_id') }
    : { here: raw('to_id'), there: raw('from_id') }
}

/** The column of `index_values` that holds an attribute's values. */
export function valueColumn(attr: DataAttr): Sql {
  return indexColumn(attr) === 'text' ? raw('vt') : raw('vn')
}

/** The predicates of the partial index that covers an attribute; the planner needs them spelt out. */
export function partialPredicate(attr: DataAttr, alias: Sql): Sql {
  const text = indexColumn(attr) === 'text' ? sql`${alias}.is_text` : sql`not ${alias}.is_text`
  const unique = attr.isUnique ? sql`${alias}.is_unique` : sql`not ${alias}.is_unique`
  return sql`${text} and ${unique}`
}

function compileOneOf(
  context: CompileContext,
  { attr, values }: { attr: DataAttr; values: readonly Json[] },
  entity: EntityRef,
): Sql {
  if (values.length === 0) return sql`false`
  // A date that is unique but not indexed is compared as stored, which the index does not keep.
  const isAsStored = indexColumn(attr) === null || (attr.checkedType === 'date' && !attr.isIndexed)
  if (isAsStored) {
    const texts = values.map((value) => JSON.stringify(value))
    return stored(context, attr, entity, (value) =>
      texts.length === 1
        ? sql`${value} = ${texts[0]}::jsonb`
        : sql`${value} = any(${texts}::text[]::jsonb[])`,
    )
  }
  const keys = values.map((value) => indexKey(context, attr, value))
  return indexed(context, attr, entity, oneOfKeys(attr, keys))
}

function oneOfKeys(attr: DataAttr, keys: readonly (string | number)[]): Sql {
  const [first] = keys
  if (indexColumn(attr) === 'number') {
    return keys.length === 1 ? sql`v.vn = ${first}::float8` : sql`v.vn = any(${keys}::float8[])`
  }
  if (attr.checkedType === 'string') {
    return keys.length === 1 ? sql`v.vt = ${first}::text` : sql`v.vt = any(${keys}::text[])`
  }
  // An untyped value is indexed by its jsonb text, in which 1 and "1" differ.
  return sql`v.vt in (select j::jsonb::text from unnest(${keys}::text[]) j)`
}

/** What the index keeps for a value of an attribute; for untyped ones, its JSON text. */
export function indexKey(context: CompileContext, attr: DataAttr, value: Json): string | number {
  switch (attr.checkedType) {
    case null:
      return JSON.stringify(value)
    case 'string':
      return String(value)
    case 'number':
      return Number(value)
    case 'boolean':
      return value === true ? 1 : 0
    case 'date':
      return must(
        context.instants.get(JSON.stringify(value)),
        'every date of a query is read before it is compiled',
      )
    default:
      return unreachable(attr.checkedType)
  }
}

function compileComparison(
  context: CompileContext,
  { attr, by, to }: { attr: DataAttr; by: Comparison; to: Json },
): Sql {
  const key = indexKey(context, attr, to)
  if (indexColumn(attr) === 'number') return sql`v.vn ${comparisons[by]} ${key}::float8`
  const compared = sql`v.vt ${comparisons[by]} ${key}::text`
  // jsonb null sorts below every string, and Instant compares the jsonb (semantics.md 3.4, quirk).
  return by === 'lt' || by === 'lte' ? sql`(${compared} or v.vt is null)` : compared
}

function compileLike({
  pattern,
  isCaseSensitive,
}: {
  pattern: string
  isCaseSensitive: boolean
}): Sql {
  const safe = closeEscape(pattern)
  // Under "C" only ASCII letters have a case, so case is folded by the database's own collation.
  return isCaseSensitive
    ? sql`v.vt like ${safe}::text`
    : sql`v.vt collate "default" ilike ${safe}::text`
}

/** A pattern may not end within an escape; a last lone backslash stands for itself. */
function closeEscape(pattern: string): string {
  const trailing = /\\*$/.exec(pattern)?.[0].length ?? 0
  return trailing % 2 === 1 ? `${pattern}\\` : pattern
}

function compileHasId(
  context: CompileContext,
  ids: readonly string[] | null,
  entity: EntityRef,
): Sql {
  const isOne = ids && sql`${entity.id} = any(${ids}::uuid[])`
  const exists = entity.data
    ? sql`true`
    : sql`exists (select 1 from entities t where t.app = ${context.app} and t.ns = ${context.namespaceKey(entity.namespace)} and t.id = ${entity.id})`
  return isOne ? sql`(${isOne} and ${exists})` : exists
}

function compileLinked(
  context: CompileContext,
  {
    link,
    ids,
  }: {
    link: { attr: { key: number }; direction: 'forward' | 'reverse' }
    ids: readonly string[] | null
  },
  entity: EntityRef,
): Sql {
  const { here, there } = ends(link.direction)
  const among = ids ? sql` and k.${there} = any(${ids}::uuid[])` : sql``
  return sql`exists (select 1 from links k where k.app = ${context.app} and k.attr = ${link.attr.key} and k.${here} = ${entity.id}${among})`
}

function indexed(context: CompileContext, attr: DataAttr, entity: EntityRef, test: Sql): Sql {
  return sql`exists (select 1 from index_values v where v.app = ${context.app} and v.attr = ${attr.key} and v.id = ${entity.id} and ${partialPredicate(attr, raw('v'))} and ${test})`
}

/** `is true` makes a missing value fail instead of being unknown. */
function stored(
  context: CompileContext,
  attr: DataAttr,
  entity: EntityRef,
  test: (value: Sql) => Sql,
): Sql {
  const key = dataKey(attr.key)
  if (entity.data) return sql`(${test(sql`(${entity.data} -> ${key}::text)`)}) is true`
  return sql`exists (select 1 from entities t where t.app = ${context.app} and t.ns = ${context.namespaceKey(entity.namespace)} and t.id = ${entity.id} and ${test(sql`(t.data -> ${key}::text)`)})`
}
