import type { Json } from '@/lib/base/json'
import { isUuid } from '@/lib/base/uuid'
import {
  type AppSchema,
  type Attribute,
  findAttribute,
  findLink,
  findNamespace,
  type Link,
  type Namespace,
} from '@/lib/model/schema'
import { type FilterOperator, type FilterTerm, filterOperators } from './filter'

/** What the path of a term ends in. */
export type TermEnd =
  | { readonly kind: 'attribute'; readonly attribute: Attribute; readonly namespace: string }
  | { readonly kind: 'link'; readonly link: Link; readonly namespace: string }

/** Why a term is not asked for, and what would be, where one can tell. */
export interface TermIssue {
  readonly reason: string
  readonly fix: { readonly label: string; readonly term: FilterTerm } | null
}

interface Place {
  readonly namespace: Namespace
  readonly schema: AppSchema
}

/** Why a backend would refuse a term, or answer it with nothing, or null when it is fine (contract semantics 3.2). */
export function checkTerm(term: FilterTerm, place: Place): TermIssue | null {
  const found = walk(term.path, place)
  if ('reason' in found) return { reason: found.reason, fix: renamed(term, found) }
  const refusal = whyNotOperator(term.operator, found)
  if (refusal) return { reason: refusal, fix: loosened(term, found) }
  return checkValues(term, found)
}

/** What a path leads to, or null when the schema has no such path. */
export function findEnd(path: readonly string[], place: Place): TermEnd | null {
  const found = walk(path, place)
  return 'reason' in found ? null : found
}

interface LostPath {
  readonly reason: string
  /** Which name is not there, and the one that may be meant. */
  readonly index: number
  readonly meant: string | null
}

function walk(path: readonly string[], { namespace, schema }: Place): TermEnd | LostPath {
  let here = namespace
  for (const [index, name] of path.entries()) {
    const link = findLink(here, name)
    const attribute = findAttribute(here, name)
    const isLast = index === path.length - 1
    if (isLast && attribute) return { kind: 'attribute', attribute, namespace: here.name }
    if (isLast && link) return { kind: 'link', link, namespace: here.name }
    const target = link && findNamespace(schema, link.target)
    if (!target) return lost(here, { name, index, isAttribute: Boolean(attribute) })
    here = target
  }
  return { reason: 'Choose an attribute.', index: 0, meant: null }
}

function lost(
  { name: namespace, attributes, links }: Namespace,
  { name, index, isAttribute }: { name: string; index: number; isAttribute: boolean },
): LostPath {
  if (isAttribute) {
    return { reason: `${namespace}.${name} is no link, so nothing follows it.`, index, meant: null }
  }
  const names = [...attributes.map((each) => each.name), ...links.map((each) => each.label)]
  const start = name.toLowerCase()
  const meant =
    names.find((each) => each.toLowerCase() === start) ??
    names.find((each) => each.toLowerCase().startsWith(start)) ??
    null
  return { reason: `${namespace} has no attribute or link called “${name}”.`, index, meant }
}

function renamed(term: FilterTerm, { index, meant }: LostPath): TermIssue['fix'] {
  if (meant === null) return null
  return { label: `Use ${meant}`, term: { ...term, path: term.path.with(index, meant) } }
}

/** Each operator with the reason why the end of a path does not allow it, or null when it does. */
export function operatorsFor(
  end: TermEnd,
): readonly { readonly operator: FilterOperator; readonly whyNot: string | null }[] {
  return filterOperators.map((operator) => ({ operator, whyNot: whyNotOperator(operator, end) }))
}

/** Why the end of a path cannot be compared so, or null when it can. */
export function whyNotOperator(operator: FilterOperator, end: TermEnd): string | null {
  switch (operator) {
    case '=':
    case '!=':
    case 'in':
    case 'is null':
    case 'is not null':
      return null
    case '<':
    case '<=':
    case '>':
    case '>=':
      return whyNotCompared(end, ['string', 'number', 'boolean', 'date'])
    case 'like':
    case 'ilike':
      return whyNotCompared(end, ['string'])
  }
}

function whyNotCompared(end: TermEnd, types: readonly Attribute['type'][]): string | null {
  if (end.kind === 'link')
    return `${end.link.label} is a link: compare an attribute of ${end.link.target}.`
  const { attribute } = end
  const name = `${end.namespace}.${attribute.name}`
  if (attribute.name === 'id') return 'Ids have no order and no pattern.'
  if (attribute.isTyped && !types.includes(attribute.type)) {
    return `${name} holds ${nouns[attribute.type]}, and only ${types.map((type) => nouns[type]).join(', ')} can be compared so.`
  }
  const lacks = [!attribute.isIndexed && 'an index', !attribute.isTyped && 'a checked type']
  const missing = lacks.filter(Boolean).join(' and ')
  return missing === '' ? null : `${name} needs ${missing} for this: add it in the schema.`
}

const nouns: Record<Attribute['type'], string> = {
  string: 'text',
  number: 'numbers',
  boolean: 'booleans',
  date: 'dates',
  json: 'JSON',
  any: 'values of any type',
}

// What works without an index, for one text.
function loosened(term: FilterTerm, end: TermEnd): TermIssue['fix'] {
  if (typeof term.value !== 'string') return null
  const exact = { ...term, operator: '=', value: term.value.replace(/^%|%$/g, '') } as const
  return checkValues(exact, end) ? null : { label: 'Use =', term: exact }
}

function checkValues(term: FilterTerm, end: TermEnd): TermIssue | null {
  if (term.operator !== 'in') return term.value === null ? null : checkOne(term, end)
  const values = Array.isArray(term.value) ? term.value : []
  const isIndexed = end.kind === 'link' || end.attribute.isIndexed
  if (values.includes(null) && !isIndexed) {
    return { reason: 'null in a list needs an index: write “or … is null” instead.', fix: null }
  }
  const issues = values.map((value) => (value === null ? null : checkOne({ ...term, value }, end)))
  const [first] = issues.filter((issue) => issue !== null)
  if (!first) return null
  const fixed = values.map((value, at) => issues[at]?.fix?.term.value ?? value)
  return { ...first, fix: first.fix && { ...first.fix, term: { ...term, value: fixed } } }
}

function checkOne(term: FilterTerm, end: TermEnd): TermIssue | null {
  const { value } = term
  if (end.kind === 'link' || end.attribute.name === 'id') {
    if (isUuid(value)) return null
    const name = end.kind === 'link' ? end.link.label : 'id'
    return { reason: `${name} is compared with ids, which ${printed(value)} is not.`, fix: null }
  }
  const { type, isTyped } = end.attribute
  if (!isTyped) return null
  const meant = meanings[type](value)
  if (meant === value) return null
  const reason = `${end.namespace}.${end.attribute.name} holds ${nouns[type]}, which ${printed(value)} is not.`
  return {
    reason,
    fix:
      meant === null ? null : { label: `Use ${printed(meant)}`, term: { ...term, value: meant } },
  }
}

type Meaning = (value: Json) => Json

/** By type: the value itself when it is of it, what it stands for when that is plain, or null. */
const meanings: Record<Attribute['type'], Meaning> = {
  string: (value) => (typeof value === 'string' ? value : JSON.stringify(value)),
  number: (value) => (typeof value === 'string' ? toNumber(value) : ofType(value, 'number')),
  boolean: (value) =>
    value === 'true' || value === 'false' ? value === 'true' : ofType(value, 'boolean'),
  // Postgres reads more than this, but each of its dates has a digit. It refuses the rest by itself.
  date: (value) =>
    typeof value === 'string' && /\d/.test(value) ? value : ofType(value, 'number'),
  json: (value) => value,
  any: (value) => value,
}

function ofType(value: Json, type: 'number' | 'boolean'): Json {
  return typeof value === type ? value : null
}

function toNumber(text: string): number | null {
  const number = text.trim() === '' ? Number.NaN : Number(text)
  return Number.isFinite(number) ? number : null
}

function printed(value: Json): string {
  const text = JSON.stringify(value)
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
