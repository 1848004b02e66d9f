const unitMs: ReadonlyMap<string, number> = new Map([
  ['us', 0.001],
  ['usec', 0.001],
  ['microsecond', 0.001],
  ['ms', 1],
  ['msec', 1],
  ['millisecond', 1],
  ['s', 1000],
  ['sec', 1000],
  ['second', 1000],
  ['m', 60_000],
  ['min', 60_000],
  ['minute', 60_000],
  ['h', 3_600_000],
  ['hr', 3_600_000],
  ['hour', 3_600_000],
  ['d', 86_400_000],
  ['day', 86_400_000],
  ['w', 604_800_000],
  ['week', 604_800_000],
  ['mon', 2_592_000_000],
  ['month', 2_592_000_000],
  ['y', 31_557_600_000],
  ['yr', 31_557_600_000],
  ['year', 31_557_600_000],
])

/**
 * Milliseconds of a Postgres interval such as `1 hour`, `90 seconds`, `1 hour 30 min`, `01:30:00`
 * or `PT15M`, or null when Postgres would refuse the text. A bare number is seconds.
 */
export function parseInterval(text: string): number | null {
  const bare = text.trim().toLowerCase().replace(/^@\s*/, '')
  if (/^p(?=.)/.test(bare)) return parseIso(bare)
  if (/^[+-]?\d+(\.\d+)?$/.test(bare)) return Number(bare) * 1000
  const isAgo = /\sago$/.test(bare)
  const parts = (isAgo ? bare.replace(/\s+ago$/, '') : bare).matchAll(partPattern)
  let total = 0
  let length = 0
  for (const [whole, clock, amount, unit] of parts) {
    const ms = clock === undefined ? amountMs(amount, unit) : clockMs(clock)
    if (ms === null) return null
    total += ms
    length += whole.length
  }
  const expected = (isAgo ? bare.replace(/\s+ago$/, '') : bare).length
  if (length === 0 || length !== expected) return null
  return isAgo ? -total : total
}

const partPattern =
  /\s*(?:([+-]?\d+:\d{1,2}(?::\d{1,2}(?:\.\d+)?)?)|([+-]?\d+(?:\.\d+)?)\s*([a-z]+))\s*/g

function amountMs(amount = '', unit = ''): number | null {
  const ms = unitMs.get(unit) ?? unitMs.get(unit.replace(/s$/, ''))
  return ms === undefined ? null : Number(amount) * ms
}

function clockMs(clock: string): number {
  const sign = clock.startsWith('-') ? -1 : 1
  const [hours = 0, minutes = 0, seconds = 0] = clock.replace(/^[+-]/, '').split(':').map(Number)
  return sign * ((hours * 60 + minutes) * 60 + seconds) * 1000
}

function parseIso(text: string): number | null {
  const match =
    /^p(?:([\d.]+)y)?(?:([\d.]+)m)?(?:([\d.]+)w)?(?:([\d.]+)d)?(?:t(?:([\d.]+)h)?(?:([\d.]+)m)?(?:([\d.]+)s)?)?$/.exec(
      text,
    )
  if (!match) return null
  const units = ['year', 'month', 'week', 'day', 'hour', 'minute', 'second']
  return units.reduce(
    (sum, unit, at) => sum + Number(match[at + 1] ?? 0) * (unitMs.get(unit) ?? 0),
    0,
  )
}
