import { expect, test } from 'vitest'
import { z } from 'zod'
import { admin, guest, type Identity, pageIdentity, toIdentityText } from './identity'
import { actingAs } from './requests/app'

const id = '0b2f8a3e-6f0d-4c55-9d1e-0a8a4a5f0001'
const user: Identity = { kind: 'user', id }

test.each([
  ['', admin],
  ['as=admin', admin],
  ['as=guest', guest],
  [`as=${id}`, user],
  [`as=${id.toUpperCase()}&page=2`, user],
])('an address with %j is opened as %j', (search, expected) => {
  expect(pageIdentity(new URLSearchParams(search))).toEqual(expected)
})

test.each([
  'as=',
  'as=Admin',
  'as=root',
  'as=ada%40example.com',
  `as=${id}x`,
  `as=%20${id}`,
  'as=guest&as=guest',
  `as=admin&as=${id}`,
])('an address with %j is opened as nobody, never as admin', (search) => {
  expect(pageIdentity(new URLSearchParams(search))).toBeNull()
})

test.each([admin, guest, user])('%j comes back from its text', (identity) => {
  expect(actingAs.parse(toIdentityText(identity))).toEqual(identity)
  expect(actingAs.parse(identity)).toEqual(identity)
})

test('a request that does not say as whom is refused', () => {
  const request = z.object({ as: actingAs })
  const refused = [{}, { as: '' }, { as: null }, { as: { kind: 'user' } }, { as: ['admin'] }]

  expect(refused.filter((each) => request.safeParse(each).success)).toEqual([])
})
