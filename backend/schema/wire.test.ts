import { expect, test } from 'vitest'
import type { JsonObject } from '@/lib/base/json'
import { draftDataAttr, draftLinkAttr } from './draft'
import { parseWireAttr, toWireAttr } from './wire'

const data = draftDataAttr(
  { namespace: 'posts', label: 'title' },
  { isUnique: true, isIndexed: true, isRequired: true, checkedType: 'date' },
)
const link = draftLinkAttr(
  {
    forward: { namespace: 'posts', label: 'author' },
    reverse: { namespace: '$users', label: 'posts' },
  },
  { cardinality: 'one', onDelete: 'cascade', onDeleteReverse: 'cascade' },
)

test.each([data, link, draftDataAttr({ namespace: 'a', label: 'b' })])(
  'what is written can be read back: %#',
  (draft) => {
    expect(parseWireAttr(toWireAttr(draft), [])).toEqual({ ok: true, data: draft })
  },
)

test('what is optional is left out when it says nothing (http.md 8.1)', () => {
  expect(toWireAttr(draftDataAttr({ namespace: 'a', label: 'b' }))).toEqual({
    id: expect.any(String),
    'forward-identity': [expect.any(String), 'a', 'b'],
    'value-type': 'blob',
    cardinality: 'one',
    'unique?': false,
    'index?': false,
    'required?': false,
    'inferred-types': null,
    catalog: 'user',
  })
})

test.each<[rule: string, change: JsonObject, path: string]>([
  ['an id is a uuid', { id: 'x' }, 'id'],
  ['a name is complete', { 'forward-identity': ['x'] }, 'forward-identity'],
  ['a kind is known', { 'value-type': 'text' }, 'value-type'],
  ['a link has two names', { 'value-type': 'ref' }, 'reverse-identity'],
])('%s', (_rule, change, path) => {
  const { ok, ...rest } = parseWireAttr({ ...toWireAttr(data), ...change }, [0, 1])
  expect(ok).toBe(false)
  expect(rest).toMatchObject({ error: [{ in: [0, 1, path] }] })
})

test('types that are not checked are none, and a catalog is not believed', () => {
  const input = { ...toWireAttr(data), 'checked-data-type': 'json', catalog: 'system' }
  expect(parseWireAttr(input, [])).toMatchObject({ data: { checkedType: null, catalog: 'user' } })
})
