import { expect, test } from 'vitest'
import { toUser } from './user-shape'

test('a user is named by what the app calls them, and lacks what is not set', () => {
  expect(toUser({ id: 'a', email: 'ada@example.com', type: 'user', displayName: 'Ada' })).toEqual({
    id: 'a',
    email: 'ada@example.com',
    type: 'user',
    name: 'Ada',
  })
  expect(toUser({ id: 'b', email: null, name: '  ', username: 7 })).toEqual({
    id: 'b',
    email: null,
    type: null,
    name: null,
  })
})
