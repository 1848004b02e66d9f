import { expect, test } from 'vitest'
import type { Json } from '@/lib/base/json'
import type { Attribute, AttributeType } from '@/lib/model/schema'
import { parseField, toDraft } from './parse-field'

test.each<[type: AttributeType, text: string, value: Json]>([
  ['string', '', ''],
  ['string', ' 42 ', ' 42 '],
  ['number', ' 42 ', 42],
  ['number', '-1.5e3', -1500],
  ['number', '.5', 0.5],
  ['boolean', 'false', false],
  ['date', '2026-03-14', '2026-03-14'],
  ['date', '1773480413000', 1773480413000],
  ['json', '{"a": [1, null]}', { a: [1, null] }],
  ['json', 'null', null],
  ['any', '"text"', 'text'],
])('as %s, %j is %j', (type, text, value) => {
  expect(parse(type, text)).toEqual({ ok: true, data: value })
})

test.each<[type: AttributeType, text: string]>([
  ['number', ''],
  ['number', 'ten'],
  ['number', '1,000'],
  ['number', '0x10'],
  ['number', 'Infinity'],
  ['number', '1e999'],
  ['number', '9007199254740993'],
  ['boolean', 'yes'],
  ['date', ''],
  ['date', 'soon'],
  ['json', ''],
  ['json', '{a: 1}'],
  ['any', 'text'],
])('as %s, %j is refused in words', (type, text) => {
  const parsed = parse(type, text)
  expect(parsed.ok).toBe(false)
  expect(parsed.ok || parsed.error).toMatch(/[a-z]/)
})

test('null is explicit, and refused where a value is required', () => {
  expect(parseField({ kind: 'null' }, attribute('string'))).toEqual({ ok: true, data: null })
  expect(parseField({ kind: 'null' }, attribute('string', true)).ok).toBe(false)
})

test.each<[type: AttributeType, value: Json]>([
  ['string', 'a\nb'],
  ['number', -0.25],
  ['boolean', true],
  ['date', '2026-03-14T09:26:53Z'],
  ['date', 1773480413000],
  ['json', { a: 1 }],
  ['json', 'text'],
  ['any', '12'],
  ['string', null],
])('what is stored as %s comes back unchanged when nothing is typed: %j', (type, value) => {
  expect(parseField(toDraft(value, attribute(type)), attribute(type))).toEqual({
    ok: true,
    data: value,
  })
})

function parse(type: AttributeType, text: string) {
  return parseField({ kind: 'text', text }, attribute(type))
}

function attribute(type: AttributeType, isRequired = false): Attribute {
  return {
    name: 'a',
    type,
    isTyped: true,
    isIndexed: true,
    isUnique: false,
    isSystem: false,
    isRequired,
  }
}
