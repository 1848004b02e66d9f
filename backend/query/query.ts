import type { Json, JsonObject } from '@/lib/base/json'

/** An InstaQL query as written: names are not resolved yet (contract semantics.md 3.1). */
export interface Query {
  readonly namespaces: readonly Node[]
  /** The document the caller sent, for `hint.input` of errors that come later. */
  readonly source: JsonObject
}

/** One namespace or link label with its options and the links expanded below it. */
export interface Node {
  readonly label: string
  /** Where the node stands in the document, as `hint.errors[].in` names it. */
  readonly path: readonly string[]
  readonly where: Where
  readonly order: Order | null
  readonly page: Page
  /** Labels to keep, or null for all. */
  readonly fields: readonly string[] | null
  readonly isCount: boolean
  readonly children: readonly Node[]
}

/** A conjunction. Plain conditions that stand directly in it share the entities they pass. */
export type Where = readonly WherePart[]

export type WherePart =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Where[] }
  | WhereCondition

/** A path of labels and what its end must satisfy. */
export interface WhereCondition {
  readonly kind: 'condition'
  readonly labels: readonly string[]
  readonly operator: Operator
  /** How the document spelt the operator; null for a plain value. */
  readonly spelling: string | null
  readonly operand: Json
}

export type Operator =
  | 'equals'
  | 'in'
  | 'not'
  | 'isNull'
  | 'gt'
  | 'gte'
  | 'lt'
  | 'lte'
  | 'like'
  | 'ilike'

/** `label` is an attribute, or `serverCreatedAt`. */
export interface Order {
  readonly label: string
  readonly direction: 'asc' | 'desc'
}

/** What part of the ordered rows is asked for. Absent options are null. */
export interface Page {
  /** Rows from the start of the range (`limit` or `first`), or from its end (`last`). */
  readonly take: { readonly from: 'start' | 'end'; readonly count: number } | null
  readonly offset: number | null
  readonly after: Cursor | null
  readonly before: Cursor | null
  readonly isAfterInclusive: boolean
  readonly isBeforeInclusive: boolean
}

/** Position in an order: `[entity id, order attribute's id, its value, createdAt in ms]`. */
export interface Cursor {
  readonly entityId: string
  readonly attrId: string
  readonly value: Json
  readonly createdAt: number | null
}
