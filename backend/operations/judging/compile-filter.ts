import { compileCondition } from '@/backend/query/compile-condition'
import type { CompileContext, EntityRef } from '@/backend/query/compile-context'
import { unguarded } from '@/backend/query/compile-context'
import { compileStored } from '@/backend/query/compile-test'
import type { Condition, Test } from '@/backend/query/plan'
import type { RuleFilter, Scalar } from '@/backend/rules/rule-filter'
import { type DataAttr, indexColumn } from '@/backend/schema/attr'
import type { Schema } from '@/backend/schema/schema'
import { join, raw, type Sql, sql } from '@/backend/sql/sql'
import { isUuid } from '@/lib/base/uuid'
import { resolveRefPath } from './fetch-refs'

/**
 * SQL of a rule that has become a filter on the rows of a namespace. It reads past all rules and
 * agrees with `passesFilter` on every row.
 */
export function compileFilter(
  context: CompileContext & { readonly schema: Schema },
  filter: RuleFilter,
  entity: EntityRef,
): Sql {
  const each = (of: readonly RuleFilter[], separator: Sql) =>
    sql`(${join(
      of.map((part) => compileFilter(context, part, entity)),
      separator,
    )})`
  switch (filter.kind) {
    case 'always':
      return sql`true`
    case 'never':
      return sql`false`
    case 'all':
      return each(filter.of, sql` and `)
    case 'any':
      return each(filter.of, sql` or `)
    case 'not':
      return sql`not ${compileFilter(context, filter.of, entity)}`
    case 'equals':
      return compileLabel(context, entity, { label: filter.label, value: filter.value })
    case 'isNull':
      return sql`not ${compileLabel(context, entity, { label: filter.label, value: null })}`
    case 'compare': {
      const attr = context.schema.dataAttr(entity.namespace, filter.label)
      if (!attr) return sql`false`
      const operator = raw(filter.by)
      return compileStored(
        context,
        { attr, entity },
        (value) => sql`index_number(${value}, 'number') ${operator} ${filter.value}::float8`,
      )
    }
    case 'linked':
      return compileLinked(context, { path: filter.path, value: filter.value }, entity)
  }
}

/** Whether the filter asks for values of the row itself alone, and for none that is indexed. */
export function isRowLocal(schema: Schema, namespace: string, filter: RuleFilter): boolean {
  switch (filter.kind) {
    case 'always':
    case 'never':
    case 'linked':
      return false
    case 'all':
    case 'any':
      return filter.of.every((part) => isRowLocal(schema, namespace, part))
    case 'not':
      return isRowLocal(schema, namespace, filter.of)
    case 'equals':
    case 'isNull':
    case 'compare': {
      const attr = schema.dataAttr(namespace, filter.label)
      return attr !== undefined && filter.label !== 'id' && indexColumn(attr) === null
    }
  }
}

/** Whether a value stands at the end of a path of links. */
function compileLinked(
  context: CompileContext & { readonly schema: Schema },
  { path, value }: { path: string; value: Scalar },
  entity: EntityRef,
): Sql {
  const { hops, namespace, label } = resolveRefPath(context.schema, {
    namespace: entity.namespace,
    path,
  })
  const end = labelTest(context.schema, { namespace, label, value })
  if (!end) return sql`false`
  const compile = (condition: Condition) =>
    compileCondition({ ...context, guard: unguarded }, condition, entity)
  const last = hops[hops.length - 1]
  if (end.kind !== 'hasId' || !end.ids || !last) {
    return compile({ kind: 'joined', chains: [{ hops, test: end }] })
  }
  // Whether an entity has the id is asked once, not for every row that may be linked to it.
  const test: Test = { kind: 'linked', link: last, ids: end.ids }
  const linked = compile({ kind: 'joined', chains: [{ hops: hops.slice(0, -1), test }] })
  return sql`(${compileExists(context, namespace, end.ids)} and ${linked})`
}

function compileExists(context: CompileContext, namespace: string, ids: readonly string[]): Sql {
  return sql`exists (select 1 from entities t where t.app = ${context.app} and t.ns = ${context.namespaceKey(namespace)} and t.id = any(${ids}::uuid[]))`
}

/** Whether a row's value under a label is this one, or any but null. */
function compileLabel(
  context: CompileContext & { readonly schema: Schema },
  entity: EntityRef,
  { label, value }: { label: string; value: Scalar | null },
): Sql {
  const test = labelTest(context.schema, { namespace: entity.namespace, label, value })
  if (!test) return sql`false`
  const chain = { kind: 'joined' as const, chains: [{ hops: [], test }] }
  return compileCondition({ ...context, guard: unguarded }, chain, entity)
}

/**
 * The test of a label that rules read off a row: a data attribute, `id`, or a link that leads to
 * one entity, of which a row holds the id. Null for a label that no row has.
 */
function labelTest(
  schema: Schema,
  { namespace, label, value }: { namespace: string; label: string; value: Scalar | null },
): Test | null {
  const attr = schema.dataAttr(namespace, label)
  if (attr) {
    if (label === 'id') return idTest(value)
    return value === null
      ? { kind: 'present', attr }
      : { kind: 'oneOf', attr: asStored(attr, value), values: [value] }
  }
  const link = schema.link(namespace, label)
  if (link?.direction !== 'forward' || !link.isSingular) return null
  if (value === null) return { kind: 'linked', link, ids: null }
  return isUuid(value) ? { kind: 'linked', link, ids: [value] } : null
}

function idTest(value: Scalar | null): Test {
  if (value === null) return { kind: 'hasId', ids: null }
  // Rules compare ids as text, which is stored in lower case.
  const isId = isUuid(value) && value === value.toLowerCase()
  return { kind: 'hasId', ids: isId ? [value] : [] }
}

/**
 * The attribute as it has to be compared. Rules compare what is stored: the index would compare
 * dates as instants, and cannot hold a value of another type than the attribute's.
 */
function asStored(attr: DataAttr, value: Scalar): DataAttr {
  const isSame = attr.checkedType === typeof value || attr.checkedType === null
  return isSame ? attr : { ...attr, isIndexed: false, isUnique: false }
}
