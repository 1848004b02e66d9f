import { expect, test } from 'vitest'
import type { Json } from '@/lib/base/json'
import type { Attribute, AttributeType } from '@/lib/model/schema'
import { describeMismatch, typeMismatch } from './type-mismatch'

test.each<[type: AttributeType, value: Json | undefined]>([
  ['string', 'x'],
  ['number', 0],
  ['boolean', false],
  ['date', '2026-03-14'],
  ['date', 0],
  ['json', 'x'],
  ['any', [1]],
  ['number', null],
  ['number', undefined],
])('%s may hold %j', (type, value) => {
  expect(typeMismatch(value, attribute(type))).toBeNull()
})

test.each<[type: AttributeType, value: Json, said: string]>([
  ['number', '10', 'Stored is a string; the attribute is declared as number.'],
  ['string', { a: 1 }, 'Stored is an object; the attribute is declared as string.'],
  ['boolean', [], 'Stored is an array; the attribute is declared as boolean.'],
  ['date', 'soon', 'Stored is a string that is no date; the attribute is declared as date.'],
  ['date', true, 'Stored is a boolean; the attribute is declared as date.'],
])('of a %s that holds %j it is said', (type, value, said) => {
  const mismatch = typeMismatch(value, attribute(type))
  expect(mismatch && describeMismatch(mismatch)).toBe(said)
})

function attribute(type: AttributeType): Attribute {
  return {
    name: 'a',
    type,
    isTyped: true,
    isIndexed: false,
    isUnique: false,
    isRequired: false,
    isSystem: false,
  }
}
