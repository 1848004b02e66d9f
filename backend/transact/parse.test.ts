import { expect, test } from 'vitest'
import { EngineError } from '@/backend/engine-error'
import type { Json } from '@/lib/base/json'
import { parseSteps } from './parse'

const id = '00000000-0000-4000-8000-000000000001'

test.each<[rule: string, steps: Json[], errors: Json[]]>([
  ['a namespace is a string', [['update', 1, id, {}]], [{ expected: 'string?', in: [0, 1] }]],
  ['values are an object', [['update', 'goals', id, 2]], [{ expected: 'map?', in: [0, 3] }]],
  ['values are not missing', [['create', 'goals', id]], [{ expected: 'map?', in: [0, 3] }]],
  ['values are no array', [['merge', 'goals', id, []]], [{ expected: 'map?', in: [0, 3] }]],
  ['an attribute is an object', [['add-attr', 'goals']], [{ expected: 'map?', in: [0, 1] }]],
  [
    'an id is a uuid or a look-up',
    [['delete', 'goals', 12345]],
    [
      {
        message: "Invalid entity ID '12345'. Entity IDs must be UUIDs or lookup references.",
        in: [0, 2],
      },
    ],
  ],
  [
    'of a later step',
    [
      ['update', 'goals', id, {}],
      ['update', 'goals', 'bad', {}],
    ],
    [
      {
        message: "Invalid entity ID 'bad'. Entity IDs must be UUIDs or lookup references.",
        in: [1, 2],
      },
    ],
  ],
  ['a step is an array', ['update'], [{ expected: 'vector?', in: [0] }]],
  ['an action is known', [['updatez', 'goals', id, {}]], [{ expected: 'action?', in: [0, 0] }]],
  ['options are an object', [['update', 'goals', id, {}, 1]], [{ expected: 'map?', in: [0, 4] }]],
  [
    'upsert is true, false or null',
    [['update', 'goals', id, {}, { upsert: 'no' }]],
    [{ expected: 'boolean?', in: [0, 4, 'upsert'] }],
  ],
  [
    'a link target is a reference',
    [['link', 'goals', id, { todos: 'bad' }]],
    [{ expected: 'lookup?', in: [0, 3, 'todos'] }],
  ],
  [
    'in a list too, and not null',
    [['unlink', 'goals', id, { todos: [id, null] }]],
    [{ expected: 'lookup?', in: [0, 3, 'todos', 1] }],
  ],
  [
    'parameters are an object',
    [['ruleParams', 'goals', id, 1]],
    [{ expected: 'map?', in: [0, 3] }],
  ],
  ['an attribute is named by its id', [['delete-attr', 'x']], [{ expected: 'uuid?', in: [0, 1] }]],
  [
    'the form is looked at before look-ups are read',
    [
      ['update', 'goals', 'lookup__a__undefined', {}],
      ['update', 'goals', id, 2],
    ],
    [{ expected: 'map?', in: [1, 3] }],
  ],
])('%s', (_rule, steps, errors) => {
  const error = refusal(steps)
  expect(error).toMatchObject({
    type: 'validation-failed',
    hint: { 'data-type': 'steps', input: steps, errors },
  })
  const messages = errors.flatMap((issue) => (issue as { message?: string }).message ?? [])
  expect(error.message).toBe(
    messages.length > 0
      ? `Validation failed for steps: ${messages.join(', ')}`
      : 'Validation failed for steps',
  )
})

test('update-attr has the form of a step, and is refused', () => {
  expect(refusal([['update-attr', { id }]]).message).toBe(
    'Validation failed for action: Unsupported action update-attr',
  )
})

test.each<[rule: string, eid: Json, parsed: object]>([
  ['a uuid, in lower case', id.toUpperCase(), { kind: 'id', id }],
  ['a pair', ['slug', 'x'], { kind: 'lookup', attr: 'slug', value: 'x' }],
  ['a pair with any value', ['n', { a: [1] }], { kind: 'lookup', attr: 'n', value: { a: [1] } }],
  ['an object', { slug: null }, { kind: 'lookup', attr: 'slug', value: null }],
  ['text', 'lookup__slug__"x"', { kind: 'lookup', attr: 'slug', value: 'x' }],
  [
    'text with the mark in its value',
    'lookup__s__"a__b"',
    { kind: 'lookup', attr: 's', value: 'a__b' },
  ],
  ['text of a number', 'lookup__n__-1.5', { kind: 'lookup', attr: 'n', value: -1.5 }],
])('a reference is %s', (_rule, eid, entity) => {
  expect(parseSteps([['delete', 'goals', eid, null]])).toEqual([
    { kind: 'delete', namespace: 'goals', entity },
  ])
})

test.each<[rule: string, eid: Json]>([
  ['a pair is of two', ['slug']],
  ['and its attribute a string', [1, 'x']],
  ['no number', 1],
  ['no null', null],
  ['no other text', 'slug'],
])('a reference is not anything: %s', (_rule, eid) => {
  expect(refusal([['delete', 'goals', eid]]).hint).toMatchObject({ errors: [{ in: [0, 2] }] })
})

test('a bare array under a link label is a list, in which a pair is a look-up', () => {
  expect(parseSteps([['link', 'goals', id, { todos: [['slug', 'x'], id] }]])).toMatchObject([
    { links: [{ label: 'todos', targets: [{ kind: 'lookup' }, { kind: 'id' }] }] },
  ])
  expect(refusal([['link', 'goals', id, { todos: ['slug', 'x'] }]]).message).toBe(
    'Validation failed for steps',
  )
})

function refusal(steps: readonly Json[]): EngineError {
  try {
    parseSteps(steps)
  } catch (error) {
    if (error instanceof EngineError) return error
    throw error
  }
  throw new Error('The steps were not refused.')
}
