/**
 * The instant that a date text of contract semantics.md 5.6 names, in microseconds since the
 * epoch, or null when Postgres would refuse the text (session time zone UTC). `now` is what
 * relative words count from. `infinity` names no instant, so it is null here too.
 */
export type ReadDate = (text: string, nowMs: number) => bigint | null

/** Covers the forms the contract lists, without a database. */
export const readDate: ReadDate = (text, nowMs) => {
  const bare = unquote(text.trim())
  const word = wordDate(bare.toLowerCase(), nowMs)
  if (word !== null) return word
  const parts: DateParts = {}
  for (const token of tokenize(bare)) if (!readToken(token, parts)) return null
  return toMicros(parts)
}

interface DateParts {
  year?: number
  month?: number
  day?: number
  isBc?: boolean
  /** Microseconds since midnight. */
  time?: number
  half?: 'am' | 'pm'
  offsetMinutes?: number
}

const dayMs = 86_400_000

function unquote(text: string): string {
  return text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text
}

function wordDate(word: string, nowMs: number): bigint | null {
  const midnightMs = Math.floor(nowMs / dayMs) * dayMs
  switch (word) {
    case 'epoch':
      return 0n
    case 'now':
      return BigInt(nowMs) * 1000n
    case 'today':
      return BigInt(midnightMs) * 1000n
    case 'tomorrow':
      return BigInt(midnightMs + dayMs) * 1000n
    case 'yesterday':
      return BigInt(midnightMs - dayMs) * 1000n
  }
  return null
}

function tokenize(text: string): string[] {
  // A `T` between a date and a time separates; a comma does anywhere.
  return text
    .replace(/(\d)[tT](\d)/, '$1 $2')
    .replace(/(\d)\s*(am|pm)\b/i, '$1 $2')
    .replace(/(\d)(z|[a-z]{3,6})$/i, '$1 $2')
    .split(/[\s,]+/)
    .filter((token) => token !== '')
}

function readToken(token: string, parts: DateParts): boolean {
  return (
    readTime(token, parts) ||
    readNumericDate(token, parts) ||
    readWord(token.toLowerCase(), parts) ||
    readNumber(token, parts) ||
    readOffset(token, parts)
  )
}

function readTime(token: string, parts: DateParts): boolean {
  const match = /^(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d+))?)?(z|[+-].*)?$/i.exec(token)
  if (!match || parts.time !== undefined) return false
  const [, hour, minute, second = '0', fraction = '', zone] = match
  const [h, m, s] = [Number(hour), Number(minute), Number(second)]
  if (h > 24 || m > 59 || s > 60 || (h === 24 && m + s > 0)) return false
  const micros = Math.round(Number(`0.${fraction || '0'}`) * 1e6)
  parts.time = ((h * 60 + m) * 60 + s) * 1e6 + micros
  return zone === undefined || readZone(zone.toLowerCase(), parts) || readOffset(zone, parts)
}

function readNumericDate(token: string, parts: DateParts): boolean {
  if (parts.year !== undefined) return false
  const iso = /^(\d{4,6})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(token)
  if (iso) return setDate(parts, Number(iso[1]), Number(iso[2]), Number(iso[3]))
  // Postgres reads month first under its default DateStyle.
  const american = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})$/.exec(token)
  if (american) {
    return setDate(parts, fullYear(american[3] ?? ''), Number(american[1]), Number(american[2]))
  }
  const named = /^(\d{1,4})-([a-z]{3,9})-(\d{1,4})$/i.exec(token)
  const month = named && monthNumber(named[2] ?? '')
  if (named && month) {
    const [first = '', last = ''] = [named[1], named[3]]
    return first.length > 2
      ? setDate(parts, Number(first), month, Number(last))
      : setDate(parts, fullYear(last), month, Number(first))
  }
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(token)
  return compact
    ? setDate(parts, Number(compact[1]), Number(compact[2]), Number(compact[3]))
    : false
}

function setDate(parts: DateParts, year: number, month: number, day: number): boolean {
  if (parts.year !== undefined || parts.month !== undefined) return false
  Object.assign(parts, { year, month, day })
  return true
}

function fullYear(text: string): number {
  const year = Number(text)
  if (text.length > 2) return year
  return year < 70 ? 2000 + year : 1900 + year
}

function readWord(word: string, parts: DateParts): boolean {
  if (/^(sun|mon|tue|wed|thu|fri|sat)[a-z]*\.?$/.test(word)) return isDayName(word)
  const month = monthNumber(word)
  if (month && parts.month === undefined) {
    parts.month = month
    return true
  }
  if (word === 'am' || word === 'pm') {
    parts.half = word
    return true
  }
  if (word === 'ad' || word === 'bc') {
    parts.isBc = word === 'bc'
    return true
  }
  return readZone(word, parts)
}

const dayNames = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

function isDayName(word: string): boolean {
  const bare = word.replace('.', '')
  return ['tues', 'weds', 'thur', 'thurs'].includes(bare) || isNamed(dayNames, bare) > 0
}

const monthNames =
  'january february march april may june july august september october november december'.split(' ')

function monthNumber(word: string): number {
  const bare = word.toLowerCase().replace('.', '')
  return bare === 'sept' ? 9 : isNamed(monthNames, bare)
}

/** Position from one of a name given whole or by its first three letters; 0 when it is none. */
function isNamed(names: readonly string[], word: string): number {
  return names.findIndex((name) => name === word || name.slice(0, 3) === word) + 1
}

/** Day, then year, of dates with a written month. */
function readNumber(token: string, parts: DateParts): boolean {
  if (!/^\d{1,6}(st|nd|rd|th)?$/.test(token)) return false
  const value = Number.parseInt(token, 10)
  if (parts.day === undefined && token.length <= 2) parts.day = value
  else if (parts.year === undefined && (token.length > 2 || parts.month !== undefined)) {
    parts.year = fullYear(token)
  } else return false
  return true
}

const zoneHours: ReadonlyMap<string, number> = new Map([
  ['z', 0],
  ['utc', 0],
  ['gmt', 0],
  ['ut', 0],
  ['uct', 0],
  ['zulu', 0],
  ['wet', 0],
  ['west', 1],
  ['bst', 1],
  ['cet', 1],
  ['cest', 2],
  ['cetdst', 2],
  ['met', 1],
  ['mest', 2],
  ['metdst', 2],
  ['eet', 2],
  ['eest', 3],
  ['eetdst', 3],
  ['msk', 3],
  ['est', -5],
  ['edt', -4],
  ['cst', -6],
  ['cdt', -5],
  ['mst', -7],
  ['mdt', -6],
  ['pst', -8],
  ['pdt', -7],
  ['akst', -9],
  ['akdt', -8],
  ['hst', -10],
  ['jst', 9],
  ['kst', 9],
  ['ist', 2],
  ['aest', 10],
  ['aedt', 11],
  ['acst', 9.5],
  ['awst', 8],
  ['nzst', 12],
  ['nzdt', 13],
  ['art', -3],
  ['brt', -3],
])

function readZone(word: string, parts: DateParts): boolean {
  const hours = zoneHours.get(word)
  if (hours === undefined || parts.offsetMinutes !== undefined) return false
  parts.offsetMinutes = hours * 60
  return true
}

function readOffset(token: string, parts: DateParts): boolean {
  const match = /^([+-])(\d{1,2}):?(\d{2})?(?::?(\d{2}))?$/.exec(token)
  if (!match || (parts.offsetMinutes !== undefined && parts.offsetMinutes !== 0)) return false
  const [, sign, hours, minutes = '0', seconds = '0'] = match
  const size = Number(hours) * 60 + Number(minutes) + Number(seconds) / 60
  if (size >= 16 * 60) return false
  parts.offsetMinutes = sign === '-' ? -size : size
  return true
}

function toMicros(parts: DateParts): bigint | null {
  const { year, month, day, time = 0, offsetMinutes = 0 } = parts
  if (year === undefined || month === undefined || day === undefined) return null
  const fullTime = withHalf(time, parts.half)
  if (fullTime === null) return null
  const date = new Date(0)
  const astronomical = parts.isBc ? 1 - year : year
  date.setUTCFullYear(astronomical, month - 1, day)
  const isReal =
    year > 0 && date.getUTCFullYear() === astronomical && date.getUTCMonth() === month - 1
  if (!isReal || date.getUTCDate() !== day) return null
  return BigInt(date.getTime()) * 1000n + BigInt(Math.round(fullTime - offsetMinutes * 60e6))
}

function withHalf(time: number, half: 'am' | 'pm' | undefined): number | null {
  if (half === undefined) return time
  const hour = Math.floor(time / 3600e6)
  if (hour > 12) return null
  return time + (half === 'pm' ? (hour === 12 ? 0 : 12) : hour === 12 ? -12 : 0) * 3600e6
}
