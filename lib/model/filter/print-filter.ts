import type { Json } from '@/lib/base/json'
import { type Filter, type FilterGroup, type FilterTerm, takesValue } from './filter'

/** Words that mean something else than a name. */
export const reservedWords: ReadonlySet<string> = new Set([
  ...['and', 'or', 'not', 'in', 'is', 'like', 'ilike', 'off'],
  ...['null', 'true', 'false'],
])

/** The text form: `status = "open" and (owner.name ilike "a%" or owner is null)`. */
export function printFilter({ of, join }: FilterGroup): string {
  return of.map(printPart).join(` ${join} `)
}

function printPart(part: Filter): string {
  const text = part.kind === 'term' ? printTerm(part) : `(${printFilter(part)})`
  return part.isOff ? `off ${text}` : text
}

function printTerm({ path, operator, value }: FilterTerm): string {
  const subject = `${printPath(path)} ${operator}`
  return takesValue(operator) ? `${subject} ${printValue(value)}` : subject
}

/** A dotted path. Names that are no plain word stand in backticks. */
export function printPath(path: readonly string[]): string {
  return path.map(printName).join('.')
}

export function printValue(value: Json): string {
  if (Array.isArray(value)) return `(${value.map((each) => JSON.stringify(each)).join(', ')})`
  return JSON.stringify(value)
}

function printName(name: string): string {
  const isPlain =
    /^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(name) && !reservedWords.has(name.toLowerCase())
  return isPlain ? name : `\`${name.replaceAll('`', '``')}\``
}
