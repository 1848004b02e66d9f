/**
 * SQL as a value. Text and the values it binds travel together, so fragments nest freely and
 * nobody counts $1, $2, … by hand. A string becomes SQL text only through `sql` in our own
 * source, `raw` or `wholeNumber`; everything interpolated is a bound value or another fragment.
 */
export interface Sql {
  readonly texts: readonly string[]
  readonly values: readonly unknown[]
}

/** What a driver takes: text with numbered placeholders and the values they stand for. */
export interface SqlQuery {
  readonly text: string
  readonly values: readonly unknown[]
}

function isSql(value: unknown): value is Sql {
  return typeof value === 'object' && value !== null && 'texts' in value && 'values' in value
}

/** Tagged template: interpolated fragments are spliced, anything else is bound. */
export function sql(strings: TemplateStringsArray, ...parts: readonly unknown[]): Sql {
  const texts = [strings[0] ?? '']
  const values: unknown[] = []
  parts.forEach((part, index) => {
    const following = strings[index + 1] ?? ''
    if (isSql(part)) {
      texts[texts.length - 1] += part.texts[0] ?? ''
      texts.push(...part.texts.slice(1))
      values.push(...part.values)
      texts[texts.length - 1] += following
    } else {
      values.push(part)
      texts.push(following)
    }
  })
  return { texts, values }
}

/** SQL text from a trusted string of our own source, such as an operator or a column name. */
export function raw(text: string): Sql {
  return { texts: [text], values: [] }
}

/**
 * A whole number, zero or more, as SQL text, for where the planner has to know it: of a bound `limit`
 * it can only guess that a tenth of the rows are wanted. Each number makes another statement.
 */
export function wholeNumber(count: number): Sql {
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`No whole number: ${count}`)
  return raw(String(count))
}

/** The fragments one after another with `separator` between them; of none, the empty fragment. */
export function join(fragments: readonly Sql[], separator: Sql): Sql {
  return fragments.reduce<Sql>(
    (whole, fragment, index) => (index === 0 ? fragment : sql`${whole}${separator}${fragment}`),
    raw(''),
  )
}

/** Placeholders are numbered in reading order. */
export function toQuery({ texts, values }: Sql): SqlQuery {
  const text = texts.reduce((whole, part, index) => `${whole}$${index}${part}`)
  return { text, values }
}
