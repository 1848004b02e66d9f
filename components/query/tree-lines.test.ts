import { expect, test } from 'vitest'
import { pathOf, previewOf, type TreeLine, treeLines } from './tree-lines'

const result = {
  tickets: [
    { id: 'a', tags: ['x', 'y'], owner: null },
    { id: 'b', tags: [], 'due date': { in: 3 } },
  ],
  users: [],
}

test('only what is open is there, and everything less deep than said is open', () => {
  expect(drawn(treeLines(result, { depth: 0, exceptions: new Map() }))).toEqual([
    'tickets+',
    'users',
  ])
  expect(drawn(treeLines(result, { depth: 1, exceptions: new Map() }))).toEqual([
    'tickets-',
    '  0+',
    '  1+',
    'users',
  ])
})

test('what was opened or closed by hand stays so', () => {
  const exceptions = new Map([
    ['/tickets/0', false],
    ['/tickets/1/due date', true],
  ])

  expect(drawn(treeLines(result, { depth: 2, exceptions }))).toEqual([
    'tickets-',
    '  0+',
    '  1-',
    '    id',
    '    tags',
    '    due date-',
    '      in',
    'users',
  ])
})

test('a line knows its place among its siblings and inside its parent', () => {
  const lines = treeLines(result, { depth: 2, exceptions: new Map() })
  const tags = lines.findIndex(({ id }) => id === '/tickets/1/tags')

  expect(lines[tags]).toMatchObject({ position: 2, siblings: 3, size: 0, isOpen: false })
  expect(lines[lines[tags]?.parent ?? -1]?.id).toBe('/tickets/1')
})

test('a path can be pasted into code', () => {
  const lines = treeLines(result, { depth: 9, exceptions: new Map() })
  const paths = lines.map((_, index) => pathOf(lines, index))

  expect(paths).toContain('tickets[0].tags[1]')
  expect(paths).toContain('tickets[1]["due date"].in')
})

test('keys with slashes make ids that are no other key’s', () => {
  const lines = treeLines({ 'a/b': { c: 1 }, a: { 'b/c': 2 } }, { depth: 9, exceptions: new Map() })

  expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length)
})

test.each([
  [{}, '{}'],
  [[], '[]'],
  [{ a: 1, b: 'x', c: { d: 1 }, e: [1], f: [] }, '{ a: 1, b: "x", c: {…}, e: […], f: [] }'],
  [[1, null, true], '[ 1, null, true ]'],
  ['a "b"', '"a \\"b\\""'],
])('%j in a few words is %s', (value, text) => {
  expect(previewOf(value)).toBe(text)
})

test('a preview is cut', () => {
  expect(previewOf({ a: 'x'.repeat(50), b: 'never seen' }, 20)).toBe(`{ a: "${'x'.repeat(16)}… }`)
})

test('100,000 lines are made in a moment', () => {
  const many = {
    rows: Array.from({ length: 10_000 }, (_, n) => ({ n, a: 1, b: 2, c: 3, d: 4, e: 5 })),
  }
  const startedAt = performance.now()

  expect(treeLines(many, { depth: 9, exceptions: new Map() })).toHaveLength(70_001)
  expect(performance.now() - startedAt).toBeLessThan(1_000)
})

function drawn(lines: readonly TreeLine[]): string[] {
  return lines.map(({ depth, key, size, isOpen }) => {
    const sign = size ? (isOpen ? '-' : '+') : ''
    return `${'  '.repeat(depth)}${key}${sign}`
  })
}
