import { expect, test } from 'vitest'
import { groupOps } from './group'
import type { Op } from './op'

const put: Op<string> = {
  kind: 'put',
  namespace: 'x',
  entity: 'a',
  values: [],
  mode: null,
  facts: 1,
  lookup: null,
}
const merge: Op<string> = { kind: 'merge', namespace: 'x', entity: 'a', values: [] }
const remove: Op<string> = { kind: 'delete', namespace: 'x', entity: 'a' }

test.each<[rule: string, ops: Op<string>[], kinds: string[]]>([
  ['nothing makes no group', [], []],
  ['a kind makes one group, where it first appears', [remove, put, remove], ['delete', 'set']],
  ['all of the first kind run before any of the second', [put, merge, put], ['set', 'merge']],
])('%s', (_rule, ops, kinds) => {
  expect(groupOps(ops).map(({ kind }) => kind)).toEqual(kinds)
})

test('within a group the order is that of the steps', () => {
  const other = { ...put, entity: 'b' }
  expect(groupOps([put, remove, other])[0]).toEqual({ kind: 'set', puts: [put, other], links: [] })
})
