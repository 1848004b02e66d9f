import { expect, test } from 'vitest'
import { parseUsersView, toUsersSearch, type UsersView } from './users-view'

const id = '0b2f8a3e-6f0d-4c55-9d1e-0a8a4a5f0001'

test.each<[string, UsersView]>([
  ['', { search: '', page: 1, user: null }],
  [`q=ada%40&page=3&user=${id}`, { search: 'ada@', page: 3, user: id }],
])('a view comes back from its address: %j', (address, view) => {
  expect(parseUsersView(new URLSearchParams(address))).toEqual({ view, problems: [] })
  expect(toUsersSearch(view).toString()).toBe(address)
})

test('what is invalid falls back, and is named without being told', () => {
  const address = new URLSearchParams({ q: id, page: '0', user: 'ada' })
  const { view, problems } = parseUsersView(address)

  expect(view).toEqual({ search: '', page: 1, user: null })
  expect(problems).toHaveLength(3)
  expect(problems.join()).not.toContain(id)
})

test('a token that is searched for does not get into the address', () => {
  expect(toUsersSearch({ search: id, page: 1, user: null }).toString()).toBe('')
})
