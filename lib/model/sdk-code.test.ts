import { tx } from '@instantdb/admin'
import { expect, test } from 'vitest'
import type { Json } from '@/lib/base/json'
import { toChunk, toLiteral, toSdkCode } from './sdk-code'
import type { Step } from './transaction'

const id = '6f1d6e0a-2b0f-4f0e-9a7e-0d1f2b3c4d5e'
const other = '0c9e3c5e-6c0d-4c0a-8a0b-1f2e3d4c5b6a'

const steps: readonly Step[] = [
  { action: 'create', namespace: 'notes', subject: id, values: { title: "It's", n: null } },
  { action: 'update', namespace: 'my-notes', subject: id, values: { 'a b': 1 }, mustExist: true },
  { action: 'merge', namespace: '$files', subject: id, values: { a: { b: [] } }, mustExist: false },
  { action: 'link', namespace: 'notes', subject: id, links: { tags: [id, other], owner: [id] } },
  { action: 'unlink', namespace: 'notes', subject: id, links: { tags: [id] } },
  { action: 'delete', namespace: 'notes', subject: { attribute: 'slug', value: 'a"b' } },
]

test('code gives the very ops of its steps when it runs', () => {
  const ops = steps.flatMap((step) => opsOf(toChunk(step)))

  expect(ops).toEqual([
    ['create', 'notes', id, { title: "It's", n: null }],
    ['update', 'my-notes', id, { 'a b': 1 }, { upsert: false }],
    ['merge', '$files', id, { a: { b: [] } }],
    ['link', 'notes', id, { tags: [id, other], owner: id }],
    ['unlink', 'notes', id, { tags: id }],
    ['delete', 'notes', ['slug', 'a"b'], undefined],
  ])
})

test.each<[value: Json]>([
  ['it\'s "quoted" \\ back\nline\u2028\u0000'],
  [{ __proto__x: 1, 'a-b': [{}, [], null, true, -1.5e-7], constructor: '' }],
  [JSON.parse('{"__proto__": {"a": 1}}')],
  [Array.from({ length: 40 }, (_, index) => `entry ${index}`)],
])('a literal means the value it was made of', (value) => {
  const read: unknown = new Function(`return ${toLiteral(value)}`)()

  expect(JSON.stringify(read)).toBe(JSON.stringify(value))
})

test('a card that is not complete stands as a comment among the others', () => {
  const [first] = steps.slice(-1)
  const lines = [
    { kind: 'gap', reason: 'Step 1: Choose a namespace.' } as const,
    ...(first ? [{ kind: 'step', step: first } as const] : []),
  ]

  expect(toSdkCode(lines, { kind: 'admin' })).toBe(
    `await db.transact([
  // Step 1: Choose a namespace.
  db.tx.notes.lookup('slug', 'a"b').delete(),
])
`,
  )
})

test.each([
  [{ kind: 'guest' }, 'db.asUser({ guest: true })'],
  [{ kind: 'user', id, email: 'a@b.co' }, "db.asUser({ email: 'a@b.co' })"],
  [{ kind: 'user', id, email: null }, `db.asUser({ token: /* a refresh token of ${id} */ })`],
] as const)('whoever acts is in the code', (actor, client) => {
  expect(toSdkCode([], actor)).toBe(`await ${client}.transact([])\n`)
})

function opsOf(code: string): readonly unknown[] {
  const chunk: { __ops: readonly unknown[] } = new Function('db', `return ${code}`)({ tx })
  return chunk.__ops
}
