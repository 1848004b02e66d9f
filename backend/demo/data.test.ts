import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Json } from '@/lib/base/json'
import { demoTables } from './data'
import { demoNow } from './demo-time'
import { demoTotal, leastTotal, planDemo } from './plan'
import type { DemoRecord } from './record'
import { type AttrDef, demoSchema, type LinkDef } from './schema'

const records = new Map<string, DemoRecord[]>()
for (const table of demoTables(demoTotal)) records.set(table.namespace, [...table.records()])
const all = [...records].flatMap(([namespace, list]) => {
  return list.map((record) => ({ namespace, ...record }))
})
const links = new Map<string, LinkDef>(
  Object.values(demoSchema.links).map((link) => [`${link.forward.on}.${link.forward.label}`, link]),
)

test('the demo is the same on every machine and every day', () => {
  const hash = createHash('sha256')
  for (const record of all) hash.update(JSON.stringify(record))

  expect(hash.digest('hex')).toMatchInlineSnapshot(
    `"fa20f5dc8b3195dd516c1859ec80da5e6a8fe322b0948fc8212051ad549a156d"`,
  )
})

test.each([leastTotal, demoTotal, 10_000, 100_000, 1_000_000])(
  'a plan for %i records has that many',
  (total) => {
    const { counts } = planDemo(total)

    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(total)
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(0)
  },
)

test('every namespace of the schema has records, and every record a namespace', () => {
  expect(new Set(records.keys())).toEqual(new Set(Object.keys(demoSchema.entities)))
  expect(all.length).toBe(demoTotal)
})

test('ids are unique and creation lies in the past year', () => {
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  for (const { createdAt } of all) {
    expect(Number.isInteger(createdAt)).toBe(true)
    expect(createdAt).toBeLessThanOrEqual(demoNow)
    expect(createdAt).toBeGreaterThanOrEqual(demoNow - 365 * 24 * 3_600_000)
  }
})

test('every value is of an attribute of the schema and of its type', () => {
  for (const { namespace, values } of all) {
    for (const [label, value] of Object.entries(values)) {
      const attr = attrOf(namespace, label)
      expect(attr && fits(attr, value), `${namespace}.${label} = ${JSON.stringify(value)}`).toBe(
        true,
      )
    }
  }
})

test('every required value and link is there', () => {
  for (const { namespace, values, links: own } of all) {
    for (const [label, attr] of Object.entries(demoSchema.entities[namespace]?.attrs ?? {})) {
      // `url` is computed when files are read.
      if (!attr.required || label === 'url') continue
      expect(values[label] ?? null, `${namespace}.${label}`).not.toBeNull()
    }
    for (const { forward } of links.values()) {
      if (forward.on === namespace && forward.required) expect(own).toHaveProperty(forward.label)
    }
  }
})

test('unique values are unique', () => {
  for (const [namespace, { attrs }] of Object.entries(demoSchema.entities)) {
    for (const [label, { config }] of Object.entries(attrs)) {
      if (!config.unique) continue
      const values = (records.get(namespace) ?? [])
        .map((record) => record.values[label])
        .filter((value) => value !== null && value !== undefined)
      expect(new Set(values).size, `${namespace}.${label}`).toBe(values.length)
    }
  }
})

test('both ends of every link exist, and ends that have one have one', () => {
  for (const { namespace, links: own } of all) {
    for (const [label, ids] of Object.entries(own)) {
      const link = linkOf(namespace, label)
      const targets = new Set(records.get(link.reverse.on)?.map(({ id }) => id))
      expect(ids.filter((id) => !targets.has(id))).toEqual([])
      expect(new Set(ids).size).toBe(ids.length)
      if (link.forward.has === 'one') expect(ids.length).toBe(1)
    }
  }
  for (const { forward, reverse } of links.values()) {
    if (reverse.has === 'many') continue
    const held = (records.get(forward.on) ?? []).flatMap(
      (record) => record.links[forward.label] ?? [],
    )
    expect(new Set(held).size, `${forward.on}.${forward.label}`).toBe(held.length)
  }
})

test('every link of the schema is used', () => {
  for (const name of links.keys()) {
    const [namespace = '', label = ''] = name.split('.')
    const used = (records.get(namespace) ?? []).filter((record) => record.links[label])
    expect(used.length, name).toBeGreaterThan(0)
  }
})

test('no ticket is its own ancestor', () => {
  const parents = new Map(records.get('tickets')?.map((record) => [record.id, record.links.parent]))
  for (const { id } of records.get('tickets') ?? []) {
    const [parent] = parents.get(id) ?? []
    const [grandparent] = parents.get(parent ?? '') ?? []
    expect(grandparent).toBeUndefined()
  }
})

test.each<[what: string, matches: (value: Json) => boolean]>([
  ['a null', (value) => value === null],
  ['an empty text', (value) => value === ''],
  ['a long text', (value) => typeof value === 'string' && value.length > 10_000],
  [
    'an emoji of several code points',
    (value) => typeof value === 'string' && value.includes('👩‍👩‍👧‍👦'),
  ],
  [
    'text from right to left',
    (value) => typeof value === 'string' && /[\u0590-\u06ff]/.test(value),
  ],
  ['markup', (value) => typeof value === 'string' && value.includes('<script>')],
  ['a formula', (value) => typeof value === 'string' && value.startsWith('=')],
  ['a negative number', (value) => typeof value === 'number' && value < 0],
  ['the largest exact whole number', (value) => value === Number.MAX_SAFE_INTEGER],
  ['a fraction', (value) => typeof value === 'number' && !Number.isInteger(value)],
  ['a deep object', (value) => JSON.stringify(value).includes('bottom')],
  ['a list', (value) => Array.isArray(value)],
])('somewhere there is %s', (_what, matches) => {
  expect(all.some(({ values }) => Object.values(values).some(matches))).toBe(true)
})

test('an optional value is null in one record and missing in another', () => {
  const profiles = records.get('profiles') ?? []

  expect(profiles.some(({ values }) => values.bio === null)).toBe(true)
  expect(profiles.some(({ values }) => !('bio' in values))).toBe(true)
})

const systemLabels: Readonly<Record<string, AttrDef['valueType']>> = {
  size: 'number',
  'content-type': 'string',
  'content-disposition': 'string',
  'location-id': 'string',
  'key-version': 'number',
}

function attrOf(namespace: string, label: string): Pick<AttrDef, 'valueType' | 'required'> | null {
  const system = namespace === '$files' ? systemLabels[label] : undefined
  if (system) return { valueType: system, required: true }
  return demoSchema.entities[namespace]?.attrs[label] ?? null
}

function linkOf(namespace: string, label: string): LinkDef {
  const system: LinkDef = {
    forward: { on: '$users', has: 'one', label: 'linkedPrimaryUser' },
    reverse: { on: '$users', has: 'many', label: 'linkedGuestUsers' },
  }
  const link = links.get(`${namespace}.${label}`)
  if (!link && namespace !== '$users') throw new Error(`No link ${namespace}.${label}`)
  return link ?? system
}

function fits(
  { valueType, required }: Pick<AttrDef, 'valueType' | 'required'>,
  value: Json,
): boolean {
  if (value === null) return !required || valueType === 'any'
  switch (valueType) {
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === valueType
    case 'date':
      return typeof value === 'number' || !Number.isNaN(Date.parse(String(value)))
    case 'json':
    case 'any':
      return true
  }
}
