import { expect, test } from 'vitest'
import { createCode, hashCode, isSameHash } from './magic-code'

test('a code is six digits, leading zeros included', () => {
  const codes = Array.from({ length: 2_000 }, createCode)

  expect(codes.filter((code) => !/^\d{6}$/.test(code))).toEqual([])
  expect(codes.some((code) => code.startsWith('0'))).toBe(true)
  expect(new Set(codes).size).toBeGreaterThan(1_900)
})

test('only equal codes have equal hashes, of whatever length they are', () => {
  expect(isSameHash(hashCode('123456'), hashCode('123456'))).toBe(true)
  expect(isSameHash(hashCode('123456'), hashCode('123457'))).toBe(false)
  expect(isSameHash(hashCode('123456'), 'short')).toBe(false)
})
