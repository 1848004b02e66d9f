import { expect, test } from 'vitest'
import { toQueryView } from './query-view'

test('a query becomes the view of its first namespace, in its order', () => {
  const $ = { where: { status: 'open' }, order: { number: 'asc' }, limit: 5 }
  const found = toQueryView({ tickets: { $, labels: {} }, labels: {} })
  expect(found?.namespace).toBe('tickets')
  expect(found?.view).toMatchObject({ filter: 'status = "open"', sort: 'number', direction: 'asc' })
})

test('records come in the order in which they were created, as a query without an order has them', () => {
  expect(toQueryView({ tickets: {} })?.view).toMatchObject({ filter: '', direction: 'asc' })
})

test('what no filter asks for is no view', () => {
  expect(toQueryView({})).toBeNull()
  expect(toQueryView({ tickets: { $: { where: { 'a.b': 1, 'a.c': 2 } } } })).toBeNull()
})
