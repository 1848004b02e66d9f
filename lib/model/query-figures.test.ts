import { expect, test } from 'vitest'
import { formatBytes, formatCount, formatDuration } from './query-figures'

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1 kB'],
  [1_239, '1.24 kB'],
  [38_100, '38.1 kB'],
  [999_499, '999 kB'],
  [999_500, '1 MB'],
  [12_000_000_000, '12 GB'],
])('%d bytes are %s', (sizeBytes, text) => {
  expect(formatBytes(sizeBytes)).toBe(text)
})

test.each([
  [0.84, '0.8 ms'],
  [9.96, '10 ms'],
  [42.4, '42 ms'],
  [999.6, '1 s'],
  [1_240, '1.24 s'],
  [65_000, '65 s'],
])('%d ms are %s', (durationMs, text) => {
  expect(formatDuration(durationMs)).toBe(text)
})

test.each([
  [0, '0 records'],
  [1, '1 record'],
  [12_000, '12,000 records'],
])('%d are %s', (count, text) => {
  expect(formatCount(count, 'record')).toBe(text)
})
