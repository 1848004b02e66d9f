import { expect, test } from 'vitest'
import { parseActing } from './acting'
import { guest } from './identity'

const appId = '0b2f8a3e-6f0d-4c55-9d1e-0a8a4a5f0001'

test.each([
  ['as=guest', 'dry'],
  ['as=guest&mode=view', 'view'],
  ['as=guest&mode=real', 'real'],
  ['as=guest&mode=Real', 'dry'],
  ['as=guest&mode=', 'dry'],
  ['as=guest&mode=real&mode=real', 'dry'],
  ['as=guest&mode=view&mode=real', 'dry'],
])('with %j in the address, writes are %s', (search, mode) => {
  expect(parseActing(appId, new URLSearchParams(search))).toEqual({ appId, as: guest, mode })
})

test.each(['', 'mode=view', 'as=admin&mode=dry'])('for the admin, %j changes nothing', (search) => {
  expect(parseActing(appId, new URLSearchParams(search))?.mode).toBe('real')
})

test('without an identity there is no mode either', () => {
  expect(parseActing(appId, new URLSearchParams('as=root&mode=real'))).toBeNull()
})
