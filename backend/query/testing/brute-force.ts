import { isJsonObject, type Json, type JsonObject } from '@/lib/base/json'
import { follow, type World } from './world'

/**
 * A second reading of contract semantics.md 3.4, written for plainness and sharing nothing with
 * the compiler: it tries every choice of entities. The compiled SQL must agree with it.
 */
export function matchingIds(world: World, namespace: string, where: JsonObject): string[] {
  return (world.entities[namespace] ?? [])
    .filter(({ id }) => holds(world, { namespace, id, where }))
    .map(({ id }) => id)
    .sort()
}

interface Plain {
  readonly labels: readonly string[]
  readonly condition: Json
}

function holds(
  world: World,
  { namespace, id, where }: { namespace: string; id: string; where: JsonObject },
): boolean {
  const root = { namespace, id }
  const joined: Plain[] = []
  const alone: boolean[] = []
  const place = (labels: readonly string[], condition: Json) => {
    if (isNegative(condition)) alone.push(lacks(world, root, { labels, condition }))
    else joined.push({ labels, condition })
  }
  for (const [key, value] of inlined(where)) {
    if ((key === 'and' || key === 'or') && Array.isArray(value)) {
      const each = (value as JsonObject[]).map((member) => holdsApart(world, root, member))
      alone.push(key === 'and' ? each.every(Boolean) : each.some(Boolean))
    } else place(key.split('.'), value)
  }
  return alone.every(Boolean) && holdsTogether(world, { root, plains: joined, chosen: new Map() })
}

/** A list with a single condition in it is that condition. */
function inlined(where: JsonObject): [string, Json][] {
  return Object.entries(where).flatMap(([key, value]): [string, Json][] => {
    if ((key !== 'and' && key !== 'or') || !Array.isArray(value) || value.length !== 1) {
      return [[key, value]]
    }
    const only = inlined(value[0] as JsonObject)
    return only.length === 1 ? only : [[key, value]]
  })
}

/** Conditions of a member of `and`/`or` each choose entities of their own. */
function holdsApart(
  world: World,
  root: { namespace: string; id: string },
  where: JsonObject,
): boolean {
  return inlined(where).every(([key, value]) => holds(world, { ...root, where: { [key]: value } }))
}

function holdsTogether(
  world: World,
  {
    root,
    plains,
    chosen,
  }: {
    root: { namespace: string; id: string }
    plains: readonly Plain[]
    chosen: ReadonlyMap<string, string>
  },
): boolean {
  const [plain, ...rest] = plains
  if (!plain) return true
  const walk = (
    at: { namespace: string; id: string },
    depth: number,
    so: ReadonlyMap<string, string>,
  ): boolean => {
    const label = plain.labels[depth] ?? ''
    if (depth === plain.labels.length - 1) {
      return (
        testEnd(world, at, { label, condition: plain.condition }) &&
        holdsTogether(world, { root, plains: rest, chosen: so })
      )
    }
    const next = follow(world, { namespace: at.namespace, label }, at.id)
    if (!next) return false
    const variable = `${next.target}@${depth + 1}`
    const bound = so.get(variable)
    return next.ids
      .filter((id) => bound === undefined || bound === id)
      .some((id) =>
        walk({ namespace: next.target, id }, depth + 1, new Map([...so, [variable, id]])),
      )
  }
  return walk(root, 0, chosen)
}

function isNegative(condition: Json): boolean {
  if (!isJsonObject(condition)) return false
  return '$not' in condition || '$ne' in condition || condition.$isNull === true
}

/** Some chain ends in something else, or cannot be walked to its end. */
function lacks(
  world: World,
  at: { namespace: string; id: string },
  { labels, condition }: Plain,
): boolean {
  const [label = '', ...rest] = labels
  if (rest.length === 0) return testEnd(world, at, { label, condition })
  const next = follow(world, { namespace: at.namespace, label }, at.id)
  if (!next) return false
  if (next.ids.length === 0) return true
  return next.ids.some((id) =>
    lacks(world, { namespace: next.target, id }, { labels: rest, condition }),
  )
}

function testEnd(
  world: World,
  at: { namespace: string; id: string },
  { label, condition }: { label: string; condition: Json },
): boolean {
  const linked = follow(world, { namespace: at.namespace, label }, at.id)
  if (linked) return testLink(linked.ids, condition)
  const entity = world.entities[at.namespace]?.find(({ id }) => id === at.id)
  return testValue((entity?.[label] ?? null) as Json, condition)
}

function testLink(ids: readonly string[], condition: Json): boolean {
  if (!isJsonObject(condition)) return ids.includes(String(condition))
  if ('$isNull' in condition) return (ids.length === 0) === condition.$isNull
  if ('$in' in condition) return (condition.$in as string[]).some((id) => ids.includes(id))
  const other = condition.$not ?? condition.$ne
  return ids.length === 0 || ids.some((id) => id !== other)
}

function testValue(value: Json, condition: Json): boolean {
  if (!isJsonObject(condition)) return value !== null && value === condition
  const [operator = '', operand = null] = Object.entries(condition)[0] ?? []
  switch (operator) {
    case '$in':
      return (operand as Json[]).some((member) => member === value)
    case '$not':
    case '$ne':
      return value !== operand
    case '$isNull':
      return (value === null) === operand
    case '$gt':
      return value !== null && compare(value, operand) > 0
    case '$gte':
      return value !== null && compare(value, operand) >= 0
    case '$lt':
      return value === null ? typeof operand === 'string' : compare(value, operand) < 0
    case '$lte':
      return value === null ? typeof operand === 'string' : compare(value, operand) <= 0
    case '$like':
      return typeof value === 'string' && likePattern(String(operand), 's').test(value)
    case '$ilike':
      return typeof value === 'string' && likePattern(String(operand), 'si').test(value)
    default:
      throw new Error(`No reading for ${operator}`)
  }
}

function compare(a: Json, b: Json): number {
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0
  return Number(a) - Number(b)
}

function likePattern(pattern: string, flags: string): RegExp {
  const source = [...pattern]
    .map((char) => (char === '%' ? '.*' : char === '_' ? '.' : char.replace(/\W/, '\\$&')))
    .join('')
  return new RegExp(`^${source}$`, flags)
}
