import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { hashRefreshToken } from './refresh-token'

test('the hash is of the sixteen bytes, in whichever case the token is written', () => {
  const bytes = Buffer.alloc(16, 0xab)
  const expected = createHash('sha256').update(bytes).digest('hex')

  expect(hashRefreshToken('abababab-abab-abab-abab-abababababab')).toBe(expected)
  expect(hashRefreshToken('ABABABAB-ABAB-ABAB-ABAB-ABABABABABAB')).toBe(expected)
})
