import { formatDate } from './format-value'

/** A point in time as stored: as text, or as milliseconds. Null when it is no date. */
export function toTime(value: string | number): number | null {
  const time = typeof value === 'number' ? value : Date.parse(value)
  return Number.isFinite(time) && Math.abs(time) <= 8.64e15 ? time : null
}

// A day on the calendar, which is the same day everywhere.
const dayOnly = /^\d{4}-\d{2}-\d{2}$/

/**
 * A date as people in a time zone read it, such as `2026-03-14 10:26:53`, down to the last part that is
 * not zero. A day without a time stays that day. Null when it is no date.
 */
export function formatInZone(value: string | number, timeZone: string): string | null {
  const time = toTime(value)
  if (time === null || (typeof value === 'string' && dayOnly.test(value))) return formatDate(value)
  const parts = Object.fromEntries(
    formatterOf(timeZone)
      .formatToParts(time)
      .map(({ type, value: part }) => [type, part]),
  )
  const day = `${parts.year}-${parts.month}-${parts.day}`
  if (parts.era === 'BC') return formatDate(value)
  const clock = `${parts.hour}:${parts.minute}`
  if (parts.second !== '00') return `${day} ${clock}:${parts.second}`
  return clock === '00:00' ? day : `${day} ${clock}`
}

const units = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

/** How far a time is from now, in its largest unit: `3 hours ago`, `in 2 days`. */
export function formatDistance(time: number, now: number): string {
  const ms = time - now
  const [unit, size] = units.find(([, each]) => Math.abs(ms) >= each) ?? units[5]
  return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(Math.trunc(ms / size), unit)
}

const formatters = new Map<string, Intl.DateTimeFormat>()

// Making one takes far longer than using it, and a page of a grid uses it for every date.
function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US-u-nu-latn', {
    timeZone,
    era: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
  formatters.set(timeZone, made)
  return made
}
