import type { Json, JsonObject } from '@/lib/base/json'
import { isUuid } from '@/lib/base/uuid'
import { invalidQuery } from './invalid-query'
import type { Cursor, Page } from './query'

interface Place {
  /** Path of the node's `$`. */
  readonly at: readonly string[]
  readonly isTopLevel: boolean
}

/** More than a namespace has, and few enough to be counted in SQL. */
const mostRows = 2 ** 31

const counts = ['limit', 'first', 'last'] as const

/**
 * The paging options of a node. Below the top level only limits are allowed, and they are
 * dropped: Instant accepts and ignores them there (semantics.md 3.5).
 */
export function parsePage(source: JsonObject, place: Place, options: JsonObject): Page {
  const { at, isTopLevel } = place
  const take = parseTake(source, at, options)
  const offset = parseOffset(source, at, options.offset ?? null)
  const page = {
    take: isTopLevel ? take : null,
    offset,
    after: parseCursor(source, [...at, 'after'], options.after ?? null),
    before: parseCursor(source, [...at, 'before'], options.before ?? null),
    isAfterInclusive: parseFlag(source, [...at, 'afterInclusive'], options.afterInclusive ?? null),
    isBeforeInclusive: parseFlag(
      source,
      [...at, 'beforeInclusive'],
      options.beforeInclusive ?? null,
    ),
  }
  if (!isTopLevel && (page.offset !== null || page.after || page.before)) {
    throw invalidQuery(source, {
      expected: 'supported-options?',
      in: at,
      message:
        'We currently only support `offset`, `before`, and `after` clauses on the top-level field. Limit fields will be ignored',
    })
  }
  return page
}

function parseTake(source: JsonObject, at: readonly string[], options: JsonObject): Page['take'] {
  const given = counts.filter((name) => (options[name] ?? null) !== null)
  for (const name of given) {
    const value = options[name]
    if (!Number.isInteger(value) || Number(value) <= 0) {
      throw invalidQuery(source, {
        expected: 'supported-options?',
        in: [...at, name],
        message: `The ${name} field must be a positive integer. Got ${JSON.stringify(value)}.`,
      })
    }
  }
  if (given.length > 1) {
    const names = given.map((name) => `\`${name}\``).join(' or ')
    throw invalidQuery(source, {
      expected: 'supported-options?',
      in: at,
      message: `Only provide one of ${names}.`,
    })
  }
  const name = given[0]
  if (name === undefined) return null
  return {
    from: name === 'last' ? 'end' : 'start',
    count: Math.min(Number(options[name]), mostRows),
  }
}

function parseOffset(source: JsonObject, at: readonly string[], offset: Json): number | null {
  if (offset === null) return null
  if (!Number.isInteger(offset) || Number(offset) < 0) {
    throw invalidQuery(source, {
      expected: 'supported-options?',
      in: [...at, 'offset'],
      message: `The offset field must be a non-negative integer. Got ${JSON.stringify(offset)}.`,
    })
  }
  return Math.min(Number(offset), mostRows)
}

function parseFlag(source: JsonObject, at: readonly string[], flag: Json): boolean {
  if (flag === null) return false
  if (typeof flag !== 'boolean') throw invalidQuery(source, { expected: 'boolean?', in: at })
  return flag
}

function parseCursor(source: JsonObject, at: readonly string[], cursor: Json): Cursor | null {
  if (cursor === null) return null
  const refuse = (message: string) =>
    invalidQuery(source, { expected: 'join-row?', in: at, message })
  const shown = JSON.stringify(cursor)
  if (!Array.isArray(cursor)) throw refuse(`Expected a join row for the cursor, got ${shown}.`)
  if (cursor.length !== 3 && cursor.length !== 4) {
    throw refuse(`Expected a join row with 4 items for the cursor, got ${shown}.`)
  }
  const [entityId, attrId, value, createdAt] = cursor as Json[]
  if (!isUuid(attrId)) {
    throw refuse(
      `Expected a join row with a uuid attribute id in the second position, got ${JSON.stringify(attrId)}.`,
    )
  }
  if (cursor.length === 4 && !Number.isSafeInteger(createdAt)) {
    throw refuse(
      `Expected a join row with an integer created_at in the last position, got ${JSON.stringify(createdAt)}.`,
    )
  }
  if (!isUuid(entityId)) {
    throw refuse(
      `Expected a join row with a uuid entity id in the first position, got ${JSON.stringify(entityId)}.`,
    )
  }
  return {
    entityId: entityId.toLowerCase(),
    attrId: attrId.toLowerCase(),
    value: value ?? null,
    createdAt: typeof createdAt === 'number' ? createdAt : null,
  }
}
