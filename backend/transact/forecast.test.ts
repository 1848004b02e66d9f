import { expect, test } from 'vitest'
import type { Json, JsonObject } from '@/lib/base/json'
import type { DataAttr, LinkAttr } from '../schema/attr'
import { type ForecastRow, forecast, outcome, type RowOp } from './forecast'

const before: JsonObject = { id: 'x', a: 1, o: { k: 1 }, one: 'p' }

test.each<[rule: string, ops: readonly RowOp[], told: ForecastRow, real: ForecastRow]>([
  ['values are set, the others stay', [put({ a: 2 })], { ...before, a: 2 }, { ...before, a: 2 }],
  [
    'merges apply to what is there',
    [merge({ o: { l: 2 } })],
    { ...before, o: { k: 1, l: 2 } },
    { ...before, o: { k: 1, l: 2 } },
  ],
  [
    'an update after a merge is told last and run first',
    [put({}), merge({ a: 3 }), put({ a: 2 })],
    { ...before, a: 2 },
    { ...before, a: 3 },
  ],
  ['has-one links are values', [link('q')], { ...before, one: 'q' }, { ...before, one: 'q' }],
  ['until they are unlinked', [unlink('p')], without('one'), without('one')],
  ['which needs the right end', [unlink('q')], before, before],
  [
    'unlinking after the set group wins, whatever the order',
    [put({}), unlink('q'), link('q')],
    { ...before, one: 'q' },
    without('one'),
  ],
  ['other links are no values', [{ ...link('q'), attr: linkAttr('many') }], before, before],
  [
    'what follows a deletion is a new row',
    [gone(), put({ a: 2 })],
    { id: 'x', a: 2 },
    { id: 'x', a: 2 },
  ],
  ['the last deletion is not told', [put({ a: 2 }), gone()], { ...before, a: 2 }, null],
])('%s', (_rule, ops, told, real) => {
  expect(forecast(before, 'x', ops)).toEqual(told)
  expect(outcome(before, 'x', ops)).toEqual(real)
})

test('a new row has its id, and the value that it was looked up by', () => {
  const looked = { ...put({ a: 1 }), lookup: { key: 'k', attr: attr('b'), value: 'B' } }

  expect(forecast(null, 'x', [looked])).toEqual({ id: 'x', a: 1, b: 'B' })
  expect(forecast(null, 'x', [put({})])).toEqual({ id: 'x' })
})

test('a link without a row is a row without an id, until the row is made', () => {
  expect(forecast(null, 'x', [link('q')])).toEqual({ one: 'q' })
  expect(forecast({ one: 'q' }, 'x', [put({ a: 1 })])).toEqual({ id: 'x', one: 'q', a: 1 })
})

function put(values: JsonObject): Extract<RowOp, { kind: 'put' }> {
  const entity = { namespace: 'rows', entity: 'x', mode: null, facts: 1, lookup: null }
  return { kind: 'put', ...entity, values: pairs(values) }
}

function merge(values: JsonObject): RowOp {
  return { kind: 'merge', namespace: 'rows', entity: 'x', values: pairs(values) }
}

function link(to: string): Extract<RowOp, { kind: 'link' }> {
  return { kind: 'link', attr: linkAttr('one'), from: 'x', to }
}

function unlink(to: string): RowOp {
  return { kind: 'unlink', attr: linkAttr('one'), from: 'x', to }
}

function gone(): RowOp {
  return { kind: 'delete', namespace: 'rows', entity: 'x' }
}

function pairs(values: JsonObject): readonly (readonly [DataAttr, Json])[] {
  return Object.entries(values).map(([label, value]) => [attr(label), value] as const)
}

function attr(label: string): DataAttr {
  return { kind: 'data', forward: { id: label, namespace: 'rows', label } } as DataAttr
}

function linkAttr(cardinality: 'one' | 'many'): LinkAttr {
  const forward = { id: 'f', namespace: 'rows', label: 'one' }
  return { kind: 'link', cardinality, forward } as LinkAttr
}

function without(label: string): JsonObject {
  return Object.fromEntries(Object.entries(before).filter(([key]) => key !== label))
}
