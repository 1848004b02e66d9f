import { expect, test } from 'vitest'
import { toRefusal } from './refusal'

test('a refusal keeps what the backend said', () => {
  const body = { type: 'validation-failed', message: 'No.', hint: { errors: [] } }

  expect(toRefusal(400, JSON.stringify(body))).toEqual({
    code: 'validation-failed',
    message: 'No.',
    hint: { errors: [] },
    status: 400,
  })
})

test('a token that is not known is said to be the cause', () => {
  const hint = { args: [{ 'auth?': true }], 'record-type': 'instant-user' }
  const body = { type: 'record-not-found', message: 'Record not found: instant-user', hint }

  expect(toRefusal(400, JSON.stringify(body)).hint).toMatchObject({
    ...hint,
    message: expect.stringContaining('admin token'),
  })
})

test('an answer that is no JSON still gives a message', () => {
  expect(toRefusal(502, '<html>')).toEqual({
    code: 'unknown',
    message: 'The backend answered with status 502.',
    status: 502,
  })
})
