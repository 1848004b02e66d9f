import { expect, test } from 'vitest'
import { formatDistance, formatInZone } from './moment'

test.each([
  ['2026-03-14T09:26:53.589Z', 'America/New_York', '2026-03-14 05:26:53'],
  ['2026-03-14T02:00:00Z', 'America/New_York', '2026-03-13 22:00'],
  ['2026-03-14T00:00:00Z', 'UTC', '2026-03-14'],
  ['2026-03-14', 'America/New_York', '2026-03-14'],
  [0, 'Asia/Kolkata', '1970-01-01 05:30'],
  ['soon', 'UTC', null],
  [9e15, 'UTC', null],
])('the date %s in %s reads %s', (value, zone, expected) => {
  expect(formatInZone(value, zone)).toBe(expected)
})

test.each([
  [3 * 3_600_000 + 5, 'in 3 hours'],
  [-2 * 86_400_000, '2 days ago'],
  [-86_400_000, 'yesterday'],
  [0, 'now'],
])('%i ms from now is %s', (ms, expected) => {
  expect(formatDistance(1e12 + ms, 1e12)).toBe(expected)
})
