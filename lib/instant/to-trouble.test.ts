import type { InstantAPIError } from '@instantdb/admin'
import { expect, test } from 'vitest'
import { toTrouble } from './to-trouble'

const body = (type: string, message: string) => ({ type, message }) as InstantAPIError['body']

test('a rule that fails is told in the words of the backend', () => {
  const told = body('permission-evaluation-failed', 'Could not evaluate permission rule.')
  expect(toTrouble({ body: told })).toBe('Could not evaluate permission rule.')
})

test.each([
  [body('record-not-found', 'No app has the token a-secret.')],
  [body('unknown', 'fetch failed: authorization a-secret')],
  [undefined as unknown as InstantAPIError['body']],
])('what could quote a token is not told: %j', (told) => {
  expect(toTrouble({ body: told })).toBe(
    'The backend cannot answer at the moment. It is asked again.',
  )
})
