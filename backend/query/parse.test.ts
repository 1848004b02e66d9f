import { expect, test } from 'vitest'
import { EngineError } from '@/backend/engine-error'
import type { JsonObject } from '@/lib/base/json'
import { parseQuery } from './parse'

const pagesOnlyOnTop =
  'We currently only support `offset`, `before`, and `after` clauses on the top-level field. Limit fields will be ignored'
const supported =
  'We only support `where`, `order`, `limit`, `offset`, `before`, and `after` clauses.'
const uuid = '8aa64e4c-64f9-472e-8a61-3fa28870e6cb'

test.each<[query: JsonObject, issue: object]>([
  [{ users: { bookshelves: [] } }, { expected: 'map?', in: ['users', 'bookshelves'] }],
  [{ users: { posts: 2 } }, { expected: 'map?', in: ['users', 'posts'] }],
  [{ users: null }, { expected: 'map?', in: ['users'] }],
  [{ users: { $: { where: [] } } }, { expected: 'map?', in: ['users', '$', 'where'] }],
  [{ users: { $: { order: 'asc' } } }, { expected: 'map?', in: ['users', '$', 'order'] }],
  [
    { users: { $: { wher: {} } } },
    { expected: 'supported-options?', in: ['users', '$'], message: supported },
  ],
  [
    { users: { $: { where: { or: [] } } } },
    {
      expected: 'non-empty-list?',
      in: ['users', '$', 'or'],
      message: "The list of `or` conditions can't be empty.",
    },
  ],
  [
    { users: { b: { $: { where: { and: [] } } } } },
    {
      expected: 'non-empty-list?',
      in: ['users', 'b', '$', 'and'],
      message: "The list of `and` conditions can't be empty.",
    },
  ],
  [
    { users: { $: { order: { a: 'asc', b: 'asc' } } } },
    {
      expected: 'single-key?',
      in: ['users', '$', 'order'],
      message: 'We only support a single key in the `order` clause. Got a,b.',
    },
  ],
  [
    { users: { $: { order: { a: 'DESC' } } } },
    {
      expected: 'valid-direction?',
      in: ['users', '$', 'order', 'a'],
      message: 'We only support "asc" or "desc" in the `order` clause. Got "DESC".',
    },
  ],
  [
    { users: { $: { limit: -1 } } },
    {
      expected: 'supported-options?',
      in: ['users', '$', 'limit'],
      message: 'The limit field must be a positive integer. Got -1.',
    },
  ],
  [
    { users: { $: { first: 0 } } },
    {
      expected: 'supported-options?',
      in: ['users', '$', 'first'],
      message: 'The first field must be a positive integer. Got 0.',
    },
  ],
  [
    { users: { $: { offset: -1 } } },
    {
      expected: 'supported-options?',
      in: ['users', '$', 'offset'],
      message: 'The offset field must be a non-negative integer. Got -1.',
    },
  ],
  [
    { users: { $: { limit: 1, first: 2, last: 3 } } },
    {
      expected: 'supported-options?',
      in: ['users', '$'],
      message: 'Only provide one of `limit` or `first` or `last`.',
    },
  ],
  [
    { users: { $: { after: 10 } } },
    {
      expected: 'join-row?',
      in: ['users', '$', 'after'],
      message: 'Expected a join row for the cursor, got 10.',
    },
  ],
  [
    { users: { $: { before: [1, 2] } } },
    {
      expected: 'join-row?',
      in: ['users', '$', 'before'],
      message: 'Expected a join row with 4 items for the cursor, got [1,2].',
    },
  ],
  [
    { users: { $: { after: [uuid, 'x', 1, 2] } } },
    {
      expected: 'join-row?',
      in: ['users', '$', 'after'],
      message: 'Expected a join row with a uuid attribute id in the second position, got "x".',
    },
  ],
  [
    { users: { $: { after: [uuid, uuid, 1, 'x'] } } },
    {
      expected: 'join-row?',
      in: ['users', '$', 'after'],
      message: 'Expected a join row with an integer created_at in the last position, got "x".',
    },
  ],
  [
    { users: { $: { afterInclusive: 1 } } },
    { expected: 'boolean?', in: ['users', '$', 'afterInclusive'] },
  ],
  [
    { users: { b: { $: { offset: 1 } } } },
    { expected: 'supported-options?', in: ['users', 'b', '$'], message: pagesOnlyOnTop },
  ],
  [
    { users: { $: { aggregate: 'sum' } } },
    {
      expected: 'supported-options?',
      in: ['users', '$', 'aggregate'],
      message: 'The aggregate field only accepts "count", got "sum".',
    },
  ],
  [
    { users: { $: { aggregate: 'count' }, b: {} } },
    {
      expected: 'valid-query?',
      in: ['users', '$', 'aggregate'],
      message: 'You can not combine aggregates with child queries at this time.',
    },
  ],
  [
    { users: { $: { fields: 'a' } } },
    {
      expected: 'array?',
      in: ['users', '$', 'fields'],
      message: 'The `fields` property should be an array of field names.',
    },
  ],
])('%j is refused with its own text', (query, issue) => {
  const error = refusal(query)
  const message = 'message' in issue ? `: ${issue.message}` : ''

  expect(error.type).toBe('validation-failed')
  expect(error.message).toBe(`Validation failed for query${message}`)
  expect(error.hint).toEqual({ 'data-type': 'query', input: query, errors: [issue] })
})

test.each<[condition: JsonObject, expected: string]>([
  [{ a: null }, 'instant.db.instaql/where-value-valid-keys?'],
  [{ a: [1] }, 'instant.db.instaql/where-value-valid-keys?'],
  [{ a: {} }, 'instant.db.instaql/where-value-valid-keys?'],
  [{ a: { $nope: 1 } }, 'instant.db.instaql/where-value-valid-keys?'],
  [{ a: { $in: 1 } }, 'vector?'],
  [{ a: { in: [{}] } }, 'instant.db.instaql/where-value-valid-keys?'],
  [{ a: { $isNull: 'yes' } }, 'boolean?'],
  [{ a: { $not: null } }, 'instant.db.instaql/where-value-valid-keys?'],
  [{ a: { $ne: [1] } }, 'instant.db.instaql/where-value-valid-keys?'],
  [{ a: { $gt: null } }, 'instant.db.instaql/where-value-valid-keys?'],
])('the condition %j fails the structural check', (where, expected) => {
  const error = refusal({ users: { $: { where } } })

  expect(error.message).toBe('Validation failed for coerced-query')
  expect(error.hint).toMatchObject({ 'data-type': 'coerced-query', errors: [{ expected }] })
})

test('an aggregate is the admin’s alone', () => {
  const query = { users: { $: { aggregate: 'count' } } }

  expect(parseQuery(query, { isAdmin: true }).namespaces[0]?.isCount).toBe(true)
  expect(() => parseQuery(query, { isAdmin: false })).toThrow(
    'Aggregates are currently only available for admin queries.',
  )
})

test('null options are absent and rule parameters are no namespace', () => {
  const query = parseQuery(
    {
      $$ruleParams: { secret: 1 },
      users: { $: { where: null, order: null, limit: null, offset: null, after: null } },
    },
    { isAdmin: true },
  )

  expect(query.namespaces).toHaveLength(1)
  expect(query.namespaces[0]).toMatchObject({
    label: 'users',
    where: [],
    order: null,
    page: { take: null, offset: null, after: null, before: null },
  })
})

test('and/or are attributes unless their value is a list', () => {
  const query = parseQuery({ users: { $: { where: { and: 'x', or: [{ a: 1, b: 2 }] } } } }, admin)

  expect(query.namespaces[0]?.where).toMatchObject([
    { kind: 'condition', labels: ['and'], operand: 'x' },
    { kind: 'any', of: [[{ labels: ['a'] }, { labels: ['b'] }]] },
  ])
})

test('a list with a single condition is that condition', () => {
  const query = parseQuery({ users: { $: { where: { or: [{ and: [{ a: 1 }] }] } } } }, admin)

  expect(query.namespaces[0]?.where).toMatchObject([{ kind: 'condition', labels: ['a'] }])
})

test('a nested limit is accepted and dropped', () => {
  const query = parseQuery({ users: { b: { $: { limit: 1 } } } }, admin)

  expect(query.namespaces[0]?.children[0]?.page.take).toBeNull()
})

const admin = { isAdmin: true }

function refusal(query: JsonObject): EngineError {
  try {
    parseQuery(query, admin)
  } catch (error) {
    if (error instanceof EngineError) return error
    throw error
  }
  throw new Error('The query was accepted.')
}
