import { expect, test } from 'vitest'
import type { RecordRow } from '@/lib/model/record'
import { changedCells } from './changed-cells'

function row(id: string, values: RecordRow['values'], links: RecordRow['links'] = {}): RecordRow {
  return { id, values, links }
}

function changed(before: readonly RecordRow[], after: readonly RecordRow[]) {
  return Object.fromEntries([...changedCells(before, after)].map(([id, each]) => [id, [...each]]))
}

test('only the columns whose value is another are changed', () => {
  const before = [row('a', { title: 'x', tags: ['p'] }), row('b', { title: 'y' })]
  const after = [row('a', { title: 'z', tags: ['p'] }), row('b', { title: 'y' })]
  expect(changed(before, after)).toEqual({ a: ['title'] })
})

test('a value that appears, goes, or becomes null is a change', () => {
  const before = [row('a', { gone: 1, kept: 1, emptied: 1 })]
  const after = [row('a', { kept: 1, emptied: null, added: 2 })]
  expect(changed(before, after)).toEqual({ a: ['gone', 'emptied', 'added'] })
})

test('a link to another record is a change', () => {
  const link = (id: string) => ({ owner: { id, title: null } })
  expect(changed([row('a', {}, link('1'))], [row('a', {}, link('2'))])).toEqual({ a: ['owner'] })
})

test('a new record is changed in all its columns, a moved one in none', () => {
  const a = row('a', { title: 'x' })
  const b = row('b', { title: 'y' })
  expect(changed([a], [b, a])).toEqual({ b: ['title'] })
})
