import { raw, type Sql, sql } from '@/backend/sql/sql'
import type { Json } from '@/lib/base/json'
import { must, unreachable } from '@/lib/base/must'
import { type DataAttr, indexColumn } from '../schema/attr'
import type { CompileContext } from './compile-context'

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
