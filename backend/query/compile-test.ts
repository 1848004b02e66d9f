import { join, raw, type Sql, sql } from '@/backend/sql/sql'
import type { Json } from '@/lib/base/json'
import { type DataAttr, dataKey, indexColumn, type LinkEnd } from '../schema/attr'
import { type CompileContext, type EntityRef, unguarded } from './compile-context'
import { indexKey, partialPredicate } from './compile-index'
import { compileLink, ends } from './compile-link'
import type { Comparison, Test } from './plan'

const comparisons: Readonly<Record<Comparison, Sql>> = {
  gt: raw('>'),
  gte: raw('>='),
  lt: raw('<'),
  lte: raw('<='),
}

/**
 * SQL of a test, through what the caller may read. It is never null: an entity that is not there,
 * or lacks the value, fails every test but `nothing`.
 */
export function compileTest(context: CompileContext, test: Test, entity: EntityRef): Sql {
  if (test.kind === 'either') {
    return sql`(${join(
      test.of.map((one) => compileTest(context, one, entity)),
      sql` or `,
    )})`
  }
  const bare = compileBare(context, test, entity)
  const guard = testGuard(context, test, entity)
  return guard ? sql`(${bare} and ${guard})` : bare
}

/**
 * SQL of a test's failure. What is not there fails it freely; what is there only counts as failing
 * for those who may read it.
 */
export function compileFailure(context: CompileContext, test: Test, entity: EntityRef): Sql {
  if (test.kind === 'linked') {
    // That nothing is linked is no fact of anybody's, so it is seen past all rules.
    return sql`not ${compileBare({ ...context, guard: unguarded }, test, entity)}`
  }
  const failed = sql`not ${compileBare(context, test, entity)}`
  const guard = testGuard(context, test, entity)
  if (!guard) return failed
  switch (test.kind) {
    case 'oneOf':
    case 'nothing':
    case 'present':
    case 'compare':
    case 'like': {
      const there = compileBare(context, { kind: 'present', attr: test.attr }, entity)
      return sql`(${failed} and (${guard} or not ${there}))`
    }
    case 'hasId': {
      const there = compileBare(context, { kind: 'hasId', ids: null }, entity)
      return sql`(${failed} and (${guard} or not ${there}))`
    }
    case 'linkedToOther':
    case 'either':
      return failed
  }
}

/** The guard of what a test reads; links see to theirs themselves, one by one. */
function testGuard({ guard }: CompileContext, test: Test, entity: EntityRef): Sql | null {
  switch (test.kind) {
    case 'oneOf':
    case 'nothing':
    case 'present':
    case 'compare':
    case 'like':
      return guard(entity, test.attr)
    case 'hasId':
      return guard(entity, null)
    case 'linked':
    case 'linkedToOther':
    case 'either':
      return null
  }
}

/** SQL of a test by whoever may read everything. Its negation is just `not`. */
function compileBare(context: CompileContext, test: Test, entity: EntityRef): Sql {
  switch (test.kind) {
    case 'oneOf':
      return compileOneOf(context, test, entity)
    case 'nothing':
      return indexed(context, test.attr, entity, sql`v.vn is null and v.vt is null`)
    case 'present':
      return test.attr.isIndexed
        ? indexed(context, test.attr, entity, sql`(v.vn is not null or v.vt is not null)`)
        : compileStored(
            context,
            { attr: test.attr, entity },
            (value) => sql`${value} <> 'null'::jsonb`,
          )
    case 'compare':
      return indexed(context, test.attr, entity, compileComparison(context, test))
    case 'like':
      return indexed(context, test.attr, entity, compileLike(test))
    case 'hasId':
      return compileHasId(context, test.ids, entity)
    case 'linked': {
      const among = test.ids && isOneOf(test.ids)
      return compileLinked(context, { link: test.link, other: among }, entity)
    }
    case 'linkedToOther':
      return compileLinked(context, { link: test.link, other: sql` <> ${test.id}::uuid` }, entity)
    case 'either':
      return sql`(${join(
        test.of.map((one) => compileBare(context, one, entity)),
        sql` or `,
      )})`
  }
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
    return compileStored(context, { attr, entity }, (value) =>
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
  const isOne = ids && sql`${entity.id}${isOneOf(ids)}`
  const exists = entity.data
    ? sql`true`
    : sql`exists (select 1 from entities t where t.app = ${context.app} and t.ns = ${context.namespaceKey(entity.namespace)} and t.id = ${entity.id})`
  return isOne ? sql`(${isOne} and ${exists})` : exists
}

/** What follows an id that must be one of these. A single one is spelt so that it is planned as one. */
function isOneOf(ids: readonly string[]): Sql {
  return ids.length === 1 ? sql` = ${ids[0]}::uuid` : sql` = any(${ids}::uuid[])`
}

/** `other` is what must hold of the id at the other end; null when any will do. */
function compileLinked(
  context: CompileContext,
  { link, other }: { link: LinkEnd; other: Sql | null },
  entity: EntityRef,
): Sql {
  const alias = context.newAlias()
  const among = other ? sql` and ${alias}.${ends(link.direction).there}${other}` : sql``
  return sql`exists (select 1 from links ${alias} where ${compileLink(context, { link, alias }, entity)}${among})`
}

function indexed(context: CompileContext, attr: DataAttr, entity: EntityRef, test: Sql): Sql {
  return sql`exists (select 1 from index_values v where v.app = ${context.app} and v.attr = ${attr.indexKey} and v.id = ${entity.id} and ${partialPredicate(attr, raw('v'))} and ${test})`
}

/**
 * A test of the value that is stored for an attribute. A missing value fails it: `is true` keeps it
 * from being unknown.
 */
export function compileStored(
  context: CompileContext,
  { attr, entity }: { attr: DataAttr; entity: EntityRef },
  test: (value: Sql) => Sql,
): Sql {
  const key = dataKey(attr.key)
  if (entity.data) return sql`(${test(sql`(${entity.data} -> ${key}::text)`)}) is true`
  return sql`exists (select 1 from entities t where t.app = ${context.app} and t.ns = ${context.namespaceKey(entity.namespace)} and t.id = ${entity.id} and ${test(sql`(t.data -> ${key}::text)`)})`
}
