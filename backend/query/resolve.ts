import type { ValidationIssue } from '@/backend/engine-error'
import type { Json } from '@/lib/base/json'
import { must } from '@/lib/base/must'
import type { DataAttr } from '../schema/attr'
import type { Schema } from '../schema/schema'
import { dateIssue } from './check-value'
import { invalidQuery } from './invalid-query'
import type { Child, Level, LevelOrder, Plan } from './plan'
import type { Cursor, Node, Page, Query } from './query'
import { resolveWhere } from './resolve-where'

/** A date that a query compares with: only Postgres can say which instant it is, if any. */
export interface DateLiteral {
  readonly value: Json
  /** The refusal to raise when it turns out to be no date. */
  readonly issue: ValidationIssue
}

/**
 * The query over attributes, checked against the schema, and the dates in it. Unknown names are
 * no error (semantics.md 3.3); ordering and comparing what cannot be is (3.2).
 */
export function resolveQuery(
  schema: Schema,
  query: Query,
): { plan: Plan; dates: readonly DateLiteral[] } {
  const dates: DateLiteral[] = []
  const onDate = (attr: DataAttr, value: Json, path: readonly string[]) =>
    dates.push({ value, issue: dateIssue(attr, value, path) })

  const level = (namespace: string, node: Node): Level | null => {
    const ns = schema.namespaceKey(namespace)
    if (ns === undefined || !schema.hasNamespace(namespace)) return null
    const where = resolveWhere(
      { schema, source: query.source, namespace, path: node.path, onDate },
      node.where,
    )
    const order = resolveOrder(schema, { namespace, node, query })
    checkCursors(schema, { node, order, query })
    for (const cursor of [node.page.after, node.page.before]) {
      if (cursor && order.attr?.checkedType === 'date' && cursor.value !== null) {
        onDate(order.attr, cursor.value, [...node.path, '$'])
      }
    }
    return {
      namespace,
      ns,
      where,
      order,
      page: node.page,
      isPaged: node.order !== null || hasPageOption(node.page),
      isCount: node.isCount,
      ...shownAttrs(schema, namespace, node),
      children: node.children.map((child) => resolveChild(namespace, child)),
    }
  }
  const resolveChild = (namespace: string, node: Node): Child => {
    const link = schema.link(namespace, node.label) ?? null
    return { label: node.label, link, level: link && level(link.target, node) }
  }

  const roots = query.namespaces.map((node) => ({
    label: node.label,
    level: level(node.label, node),
  }))
  return { plan: { roots }, dates }
}

function hasPageOption(page: Page): boolean {
  return page.take !== null || page.offset !== null || page.after !== null || page.before !== null
}

/** `fields` keeps data attributes and has-one forward links; other names in it have no effect. */
function shownAttrs(
  schema: Schema,
  namespace: string,
  node: Node,
): Pick<Level, 'labels' | 'rawLinks'> {
  const wanted = node.fields && new Set(node.fields)
  const expanded = new Set(node.children.map(({ label }) => label))
  const isShown = (label: string) => wanted === null || wanted.has(label)
  return {
    labels:
      wanted === null
        ? schema.labels(namespace)
        : new Map([...schema.labels(namespace)].filter(([, label]) => wanted.has(label))),
    rawLinks: schema
      .linksFrom(namespace)
      .filter(
        ({ cardinality, forward }) =>
          cardinality === 'one' && isShown(forward.label) && !expanded.has(forward.label),
      ),
  }
}

function resolveOrder(
  schema: Schema,
  { namespace, node, query }: { namespace: string; node: Node; query: Query },
): LevelOrder {
  const direction = node.order?.direction ?? 'asc'
  const label = node.order?.label ?? 'serverCreatedAt'
  const idAttr = must(schema.dataAttr(namespace, 'id'), 'a namespace has an id attribute')
  const byCreation: LevelOrder = { attr: null, direction, attrId: idAttr.id }
  // Also where an attribute is called so: what asks for no order means nothing else.
  if (label === 'serverCreatedAt') return byCreation
  const attr = schema.dataAttr(namespace, label)
  const isTopLevel = node.path.length === 1
  // Below the top level `order` is never validated; what cannot be ordered by leaves the default.
  if (!isTopLevel) {
    return attr && attr.forward.label !== 'id' ? { attr, direction, attrId: attr.id } : byCreation
  }
  const issues = orderIssues(schema, namespace, label)
  if (issues.length > 0) {
    throw invalidQuery(
      query.source,
      ...issues.map((message) => ({
        expected: 'supported-order?',
        in: [namespace, '$', 'order'],
        message,
      })),
    )
  }
  return attr && attr.forward.label !== 'id' ? { attr, direction, attrId: attr.id } : byCreation
}

function orderIssues(schema: Schema, namespace: string, label: string): string[] {
  const link = schema.link(namespace, label)?.attr
  const attr = schema.dataAttr(namespace, label) ?? link
  if (!attr) return [`There is no \`${label}\` attribute for ${namespace}.`]
  const name = `\`${attr.forward.namespace}.${attr.forward.label}\``
  const isTyped = attr.kind === 'data' && attr.checkedType !== null
  const isTyping = attr.pending?.includes('check-data-type') ?? false
  const isIndexing = attr.pending?.includes('index') ?? false
  return [
    ...(isTyping ? [stillPending(name, 'validating its type')] : []),
    ...(isIndexing ? [stillPending(name, 'indexing')] : []),
    ...(attr.isIndexed || isIndexing
      ? []
      : [
          `The ${name} attribute is not indexed. Only indexed and typed attributes can be used to order by.`,
        ]),
    ...(isTyped || isTyping
      ? []
      : [
          `The ${name} attribute is not typed. Only typed and indexed attributes can be used to order by.`,
        ]),
    ...(link?.cardinality === 'many'
      ? [
          `The ${name} attribute has cardinality \`many\`. Only attributes with cardinality \`one\` can be used to order by.`,
        ]
      : []),
  ]
}

function stillPending(name: string, what: string): string {
  return `The ${name} attribute is still in the process of ${what}. It must finish before ordering by the attribute.`
}

function checkCursors(
  schema: Schema,
  { node, order, query }: { node: Node; order: LevelOrder; query: Query },
): void {
  const check = (name: 'after' | 'before', cursor: Cursor | null) => {
    if (cursor === null || cursor.attrId === order.attrId) return
    const theirs = schema.attrById(cursor.attrId)
    const orderName = order.attr?.forward.label ?? 'serverCreatedAt'
    throw invalidQuery(query.source, {
      expected: 'valid-cursor?',
      in: [...node.path, '$', name],
      message: `Invalid ${name} cursor. The query orders by \`${orderName}\`, but the query that returned the cursor orders by ${theirs ? `\`${cursorName(theirs.forward.label)}\`` : 'a missing attribute'}.`,
    })
  }
  check('after', node.page.after)
  check('before', node.page.before)
}

function cursorName(label: string): string {
  return label === 'id' ? 'serverCreatedAt' : label
}
