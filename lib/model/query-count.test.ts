import { expect, test } from 'vitest'
import { countRecords } from './query-count'

test('records are counted at every level of the query', () => {
  const query = { goals: { $: { limit: 2 }, todos: { owner: {} } }, tags: {}, $$ruleParams: {} }
  const result = {
    goals: [
      {
        id: '1',
        todos: [
          { id: '2', owner: { id: '9' } },
          { id: '3', owner: null },
        ],
      },
      { id: '4', todos: [{ id: '5', owner: { id: '9' } }] },
    ],
    tags: [],
  }

  expect(countRecords(query, result)).toEqual([
    { path: ['goals'], records: 2 },
    { path: ['goals', 'todos'], records: 3 },
    { path: ['goals', 'todos', 'owner'], records: 2 },
    { path: ['tags'], records: 0 },
  ])
})

test('a link the rules hid altogether may be missing and counts as none', () => {
  expect(countRecords({ goals: { todos: {} } }, { goals: [{ id: '1' }] })).toEqual([
    { path: ['goals'], records: 1 },
    { path: ['goals', 'todos'], records: 0 },
  ])
})
