import { expect, test } from 'vitest'
import type { Json } from '@/lib/base/json'
import type { Attribute, AttributeType } from '@/lib/model/schema'
import {
  type CellValue,
  formatCount,
  formatDate,
  formatTotal,
  toCellValue,
  toCopyText,
} from './format-value'

test.each<[rule: string, type: AttributeType, value: Json | undefined, expected: CellValue]>([
  ['what was never set is missing', 'string', undefined, { kind: 'missing' }],
  ['null is not missing', 'string', null, { kind: 'null' }],
  ['an empty text is neither', 'string', '', { kind: 'empty' }],
  ['lines are joined', 'string', 'a\n  b', { kind: 'text', text: 'a ⏎ b' }],
  ['a number is not rounded', 'number', 0.1 + 0.2, { kind: 'number', text: '0.30000000000000004' }],
  ['zero is a number', 'number', 0, { kind: 'number', text: '0' }],
  ['false is a value', 'boolean', false, { kind: 'boolean', value: false }],
  ['json is compact', 'json', { a: [1, null] }, { kind: 'json', text: '{"a":[1,null]}' }],
  ['text in a json attribute is text', 'json', 'x', { kind: 'text', text: 'x' }],
  [
    'a value that is not of its type is shown as it is',
    'number',
    'ten',
    { kind: 'text', text: 'ten' },
  ],
  ['a date may be stored as text', 'date', '2026-03-14T09:26:53.000Z', date('2026-03-14 09:26:53')],
  ['a date that is none is shown as it is', 'date', 'soon', { kind: 'text', text: 'soon' }],
])('%s', (_rule, type, value, expected) => {
  const values = value === undefined ? {} : { a: value }
  expect(toCellValue(values, attribute(type))).toEqual(expected)
})

test('a date may be stored as milliseconds', () => {
  expect(toCellValue({ a: 0 }, attribute('date'))).toEqual({
    kind: 'date',
    text: '1970-01-01',
    stored: 0,
  })
})

test.each([
  ['2026-03-14', '2026-03-14'],
  ['2026-03-14T09:26:00.000Z', '2026-03-14 09:26'],
  ['2026-03-14T09:26:53.589Z', '2026-03-14 09:26:53'],
  ['2026-03-14T23:30:00-02:00', '2026-03-15 01:30'],
  ['', null],
  ['nonsense', null],
  [Number.POSITIVE_INFINITY, null],
  [9e15, null],
])('the date %s reads %s', (value, expected) => {
  expect(formatDate(value)).toBe(expected)
})

test('what is copied can be taken by another program', () => {
  expect(toCopyText('a\nb')).toBe('a\nb')
  expect(toCopyText(null)).toBe('null')
  expect(toCopyText({ a: 1 })).toBe('{\n  "a": 1\n}')
  expect(toCopyText(undefined)).toBe('')
})

test('an unknown count is a dash, never a number', () => {
  expect([formatCount(100000), formatCount(0), formatCount(null), formatCount(undefined)]).toEqual([
    '100,000',
    '0',
    '—',
    '—',
  ])
})

function attribute(type: AttributeType): Attribute {
  const flags = {
    isTyped: true,
    isIndexed: true,
    isUnique: false,
    isRequired: false,
    isSystem: false,
  }
  return { name: 'a', type, ...flags }
}

function date(text: string): CellValue {
  return { kind: 'date', text, stored: '2026-03-14T09:26:53.000Z' }
}

test('what was counted only so far says so', () => {
  expect([
    formatTotal({ records: 1000, isExact: false }),
    formatTotal({ records: 1000, isExact: true }),
    formatTotal(null),
  ]).toEqual(['1,000+', '1,000', '—'])
})
