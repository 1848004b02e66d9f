import { expect, test } from 'vitest'
import type { Attribute } from './schema'
import { isShareable, searchedAttributes, userLabel } from './user'

test.each(['', 'ada', 'ada@example.com', '@mail.example', 'decade', '2024'])(
  'the search %j may stand in an address',
  (search) => {
    expect(isShareable(search)).toBe(true)
  },
)

test.each([
  '0b2f8a3e-6f0d-4c55-9d1e-0a8a4a5f0001',
  ' 0B2F8A3E-6F0D-4C55-9D1E-0A8A4A5F0001 ',
  '0b2f8a3e-6f',
  '0b2f8a3e',
  'x0b2f8a3e6f0d4c55',
])('the search %j may be of a token, so it does not', (search) => {
  expect(isShareable(search)).toBe(false)
})

test('a user is called by e-mail, else by name, else by kind and id', () => {
  const user = { id: '0b2f8a3e-6f0d-4c55-9d1e-0a8a4a5f0001', email: null, name: null, type: null }

  expect(userLabel({ ...user, email: 'ada@example.com', name: 'Ada' })).toBe('ada@example.com')
  expect(userLabel({ ...user, name: 'Ada' })).toBe('Ada')
  expect(userLabel(user)).toBe('User 0b2f8a3e')
  expect(userLabel({ ...user, type: 'guest' })).toBe('Guest 0b2f8a3e')
})

test('users are searched for by e-mail and by every text that the app indexes and checks', () => {
  const attribute = (name: string, change: Partial<Attribute> = {}): Attribute => ({
    name,
    type: 'string',
    isTyped: true,
    isIndexed: true,
    isUnique: false,
    isRequired: false,
    isSystem: false,
    ...change,
  })
  const attributes = [
    attribute('email'),
    attribute('fullName'),
    attribute('age', { type: 'number' }),
    attribute('bio', { isIndexed: false }),
    attribute('nick', { isTyped: false }),
  ]
  const $users = { name: '$users', isSystem: true, attributes, links: [], titleAttribute: 'email' }

  expect(searchedAttributes({ title: null, namespaces: [$users] })).toEqual(['email', 'fullName'])
  expect(searchedAttributes({ title: null, namespaces: [] })).toEqual(['email'])
})
