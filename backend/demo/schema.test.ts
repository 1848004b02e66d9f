import { expect, test } from 'vitest'
import { type AttrDef, demoSchema, type LinkDef } from './schema'

const attrs: AttrDef[] = Object.values(demoSchema.entities).flatMap((entity) => {
  return Object.values(entity.attrs)
})
const links: LinkDef[] = Object.values(demoSchema.links)

test.each(['string', 'number', 'boolean', 'date', 'json', 'any'] as const)(
  '%s occurs both required and optional',
  (valueType) => {
    const ofType = attrs.filter((attr) => attr.valueType === valueType)

    expect(new Set(ofType.map((attr) => attr.required))).toEqual(new Set([true, false]))
  },
)

test.each(['string', 'number', 'boolean', 'date', 'any'] as const)(
  '%s occurs with and without an index',
  (valueType) => {
    const ofType = attrs.filter((attr) => attr.valueType === valueType)

    expect(new Set(ofType.map((attr) => attr.config.indexed))).toEqual(new Set([true, false]))
  },
)

test('unique values are strings, numbers and dates', () => {
  const unique = attrs.filter((attr) => attr.config.unique).map((attr) => attr.valueType)

  expect(new Set(unique)).toEqual(new Set(['string', 'number', 'date']))
})

test.each([
  ['one', 'one'],
  ['one', 'many'],
  ['many', 'one'],
  ['many', 'many'],
] as const)('a link has %s forward and %s in reverse', (forward, reverse) => {
  expect(links.some((link) => link.forward.has === forward && link.reverse.has === reverse)).toBe(
    true,
  )
})

test.each<[what: string, test: (link: LinkDef) => boolean]>([
  ['from a namespace to itself', ({ forward, reverse }) => forward.on === reverse.on],
  ['required', ({ forward }) => forward.required === true],
  ['deleting with its target', ({ forward }) => forward.onDelete === 'cascade'],
  ['deleting its targets', ({ reverse }) => reverse.onDelete === 'cascade'],
  [
    'deleting in both directions',
    ({ forward, reverse }) => forward.onDelete === 'cascade' && reverse.onDelete === 'cascade',
  ],
  ['to users', ({ reverse }) => reverse.on === '$users'],
  ['to files', ({ reverse }) => reverse.on === '$files'],
])('a link is %s', (_what, matches) => {
  expect(links.some(matches)).toBe(true)
})

test('several links connect the same two namespaces', () => {
  const between = links.map(({ forward, reverse }) => `${forward.on} ${reverse.on}`)

  expect(between.length).toBeGreaterThan(new Set(between).size)
})

test('links are between known namespaces and no two names collide', () => {
  const names = [
    ...Object.entries(demoSchema.entities).flatMap(([namespace, { attrs }]) => {
      return Object.keys(attrs).map((label) => `${namespace}.${label}`)
    }),
    ...links.flatMap(({ forward, reverse }) => [
      `${forward.on}.${forward.label}`,
      `${reverse.on}.${reverse.label}`,
    ]),
  ]

  for (const side of links.flatMap(({ forward, reverse }) => [forward, reverse])) {
    expect(demoSchema.entities).toHaveProperty([side.on])
  }
  expect(new Set(names).size).toBe(names.length)
})

test('cascades are declared only on the sides that have one', () => {
  for (const side of links.flatMap(({ forward, reverse }) => [forward, reverse])) {
    expect(side.onDelete === undefined || side.has === 'one').toBe(true)
  }
})
