import { type ValidationIssue, validationError } from '@/backend/engine-error'
import type { Json, JsonObject } from '@/lib/base/json'
import { isUuid } from '@/lib/base/uuid'
import type { ConstraintType, DataAttr, LinkEnd } from '../schema/attr'
import type { Schema } from '../schema/schema'
import { operatorIssue, valueIssue } from './check-value'
import { invalidQuery } from './invalid-query'
import type { Chain, Condition, Test } from './plan'
import type { Operator, Where, WhereCondition } from './query'

/** Where a `where` stands and whom its errors are reported to. */
export interface WhereContext {
  readonly schema: Schema
  readonly source: JsonObject
  readonly namespace: string
  /** Path of the node in the document. */
  readonly path: readonly string[]
  /** Receives every date that a condition compares with, so that it can be read. */
  readonly onDate: (attr: DataAttr, value: Json, path: readonly string[]) => void
}

/**
 * A node's `where` over attributes. A name that the schema does not know makes the whole of it
 * `never` (semantics.md 3.3). Plain conditions that stand directly in it are joined, so that they
 * share the entities they pass; those inside `and`/`or` lists are each on their own (3.4).
 */
export function resolveWhere(context: WhereContext, where: Where): Condition {
  const parts = where.flatMap((part): readonly (Condition | null)[] => {
    if (part.kind === 'condition') return [resolveCondition(context, part)]
    return [resolveList(context, part.kind, part.of)]
  })
  return conjunction(parts, 'shared')
}

function resolveList(
  context: WhereContext,
  kind: 'all' | 'any',
  lists: readonly Where[],
): Condition | null {
  const of = lists.map((list) =>
    conjunction(
      list.map((part) =>
        part.kind === 'condition'
          ? resolveCondition(context, part)
          : resolveList(context, part.kind, part.of),
      ),
      'apart',
    ),
  )
  return of.some(({ kind }) => kind === 'never') ? null : { kind, of }
}

/** `null` among the parts is an unknown name, which poisons the whole. */
function conjunction(
  parts: readonly (Condition | null)[],
  bindings: 'shared' | 'apart',
): Condition {
  const known = parts.filter((part) => part !== null)
  if (known.length < parts.length || known.some(({ kind }) => kind === 'never')) {
    return { kind: 'never' }
  }
  if (bindings === 'apart') return { kind: 'all', of: known }
  const chains = known.flatMap((part) => (part.kind === 'joined' ? part.chains : []))
  const others = known.filter(({ kind }) => kind !== 'joined')
  return chains.length === 0
    ? { kind: 'all', of: others }
    : { kind: 'all', of: [{ kind: 'joined', chains }, ...others] }
}

/** Null when a label of the path is unknown. */
function resolveCondition(context: WhereContext, condition: WhereCondition): Condition | null {
  const walked = walk(context, condition.labels)
  if (walked === null) return null
  const { hops, namespace, label } = walked
  const path = [...context.path, '$', 'where', label]
  const place = {
    operator: condition.operator,
    path: condition.spelling === null ? path : [...path, condition.spelling],
  }
  const attr = context.schema.dataAttr(namespace, label)
  if (attr) {
    refuse(context, operatorIssue(describe(attr), place))
    return attr.forward.label === 'id'
      ? resolveIdTest(context, { condition, hops, attr })
      : resolveDataTest(context, { condition, hops, attr, place })
  }
  const link = context.schema.link(namespace, label)
  if (!link) return null
  refuse(context, operatorIssue({ ...describe(link.attr), isTyped: false }, place))
  return resolveLinkTest(context, { condition, hops, link, path })
}

function walk(
  { schema, namespace }: WhereContext,
  labels: readonly string[],
): { hops: readonly LinkEnd[]; namespace: string; label: string } | null {
  const hops: LinkEnd[] = []
  let here = namespace
  for (const label of labels.slice(0, -1)) {
    const link = schema.link(here, label)
    if (!link) {
      if (!schema.dataAttr(here, label)) return null
      const name = `${here}.${label}`
      throw validationError('attr', name, [{ message: `${name} needs to be a link` }])
    }
    hops.push(link)
    here = link.target
  }
  return { hops, namespace: here, label: labels[labels.length - 1] ?? '' }
}

function resolveDataTest(
  context: WhereContext,
  {
    condition,
    hops,
    attr,
    place,
  }: {
    condition: WhereCondition
    hops: readonly LinkEnd[]
    attr: DataAttr
    place: { operator: Operator; path: readonly string[] }
  },
): Condition {
  const { operator, operand } = condition
  const checked = (value: Json): Json => {
    refuse(context, valueIssue(attr, value, place))
    const isPattern = operator === 'like' || operator === 'ilike'
    if (attr.checkedType === 'date' && !isPattern) context.onDate(attr, value, place.path)
    return value
  }
  switch (operator) {
    case 'equals':
      return plain({ hops, test: { kind: 'oneOf', attr, values: [checked(operand)] } })
    case 'in':
      return plain({ hops, test: inTest(context, { attr, operand, checked }) })
    case 'not':
      return lacking({ hops, test: { kind: 'oneOf', attr, values: [checked(operand)] } })
    case 'isNull': {
      const chain: Chain = { hops, test: { kind: 'present', attr } }
      return operand === true ? lacking(chain) : plain(chain)
    }
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return plain({ hops, test: { kind: 'compare', attr, by: operator, to: checked(operand) } })
    case 'like':
    case 'ilike': {
      const pattern = String(checked(operand))
      return plain({
        hops,
        test: { kind: 'like', attr, pattern, isCaseSensitive: operator === 'like' },
      })
    }
  }
}

function inTest(
  context: WhereContext,
  { attr, operand, checked }: { attr: DataAttr; operand: Json; checked: (value: Json) => Json },
): Test {
  const members = Array.isArray(operand) ? (operand as readonly Json[]) : []
  const values = members.filter((member) => member !== null).map(checked)
  const oneOf: Test = { kind: 'oneOf', attr, values }
  if (values.length === members.length) return oneOf
  if (!attr.isIndexed) refuse(context, nullMemberIssue(context, attr, members))
  return { kind: 'either', of: [oneOf, { kind: 'nothing', attr }] }
}

function nullMemberIssue(
  { path }: WhereContext,
  attr: { readonly forward: DataAttr['forward'] },
  members: readonly Json[],
): ValidationIssue {
  const name = `${attr.forward.namespace}.${attr.forward.label}`
  return {
    in: [...path, '$', 'where', '$in', members],
    message: `Only indexed attrs can check for \`nil\` in \`$in\`. ${name} is not indexed.`,
  }
}

/** `id` behaves like a data attribute: what is no uuid is no error and equals no id. */
function resolveIdTest(
  context: WhereContext,
  {
    condition,
    hops,
    attr,
  }: { condition: WhereCondition; hops: readonly LinkEnd[]; attr: DataAttr },
): Condition {
  const { operator, operand } = condition
  const members = Array.isArray(operand) ? (operand as readonly Json[]) : [operand]
  const ids = members.filter(isUuid).map((id) => id.toLowerCase())
  if (operator === 'isNull') {
    const chain: Chain = { hops, test: { kind: 'hasId', ids: null } }
    return operand === true ? lacking(chain) : plain(chain)
  }
  if (operator === 'in' && members.includes(null) && !attr.isIndexed) {
    refuse(context, nullMemberIssue(context, attr, members))
  }
  const chain: Chain = { hops, test: { kind: 'hasId', ids } }
  return operator === 'not' ? lacking(chain) : plain(chain)
}

function resolveLinkTest(
  context: WhereContext,
  {
    condition,
    hops,
    link,
    path,
  }: {
    condition: WhereCondition
    hops: readonly LinkEnd[]
    link: LinkEnd
    path: readonly string[]
  },
): Condition {
  const { operator, operand } = condition
  const linkedAtAll: Chain = { hops, test: { kind: 'linked', link, ids: null } }
  if (operator === 'isNull') return operand === true ? lacking(linkedAtAll) : plain(linkedAtAll)

  const members = Array.isArray(operand) ? (operand as readonly Json[]) : [operand]
  if (members.includes(null)) refuse(context, nullMemberIssue(context, link.attr, members))
  const ids = members.map((member) => {
    if (!isUuid(member)) throw notAnId(context, { member, operand, path })
    return member.toLowerCase()
  })
  if (operator !== 'not') return plain({ hops, test: { kind: 'linked', link, ids } })
  const other: Test = { kind: 'linkedToOther', link, id: ids[0] ?? '' }
  return { kind: 'any', of: [plain({ hops, test: other }), lacking(linkedAtAll)] }
}

function notAnId(
  context: WhereContext,
  { member, operand, path }: { member: Json; operand: Json; path: readonly string[] },
) {
  const label = path[path.length - 1] ?? ''
  const shown = JSON.stringify(member)
  const message = Array.isArray(operand)
    ? `Expected ${label} to match on a uuid, found ${shown} in ${JSON.stringify(operand)}`
    : `Expected ${label} to be a uuid, got ${shown}`
  return invalidQuery(context.source, { expected: 'uuid?', in: path, message })
}

function describe(attr: {
  readonly forward: DataAttr['forward']
  readonly isIndexed: boolean
  readonly checkedType?: DataAttr['checkedType']
  readonly pending?: readonly ConstraintType[]
}) {
  return {
    ...(attr.pending && { pending: attr.pending }),
    name: `${attr.forward.namespace}.${attr.forward.label}`,
    isIndexed: attr.isIndexed,
    isTyped: (attr.checkedType ?? null) !== null,
  }
}

function plain(chain: Chain): Condition {
  return { kind: 'joined', chains: [chain] }
}

function lacking(chain: Chain): Condition {
  return { kind: 'lacking', chain }
}

function refuse({ source }: WhereContext, issue: ValidationIssue | null): void {
  if (issue) throw invalidQuery(source, issue)
}
