const maxLength = 1_000_000

/**
 * Replaces the first `count` occurrences, or all when it is absent or negative. Each text is read
 * once, and a result that would outgrow a megabyte is refused before it is built.
 */
export function replaceText(
  this: string,
  search: string,
  replacement: string,
  count?: bigint,
): string {
  const limit = count === undefined || count < 0n ? Number.POSITIVE_INFINITY : Number(count)
  const parts = search === '' ? [...this] : this.split(search)
  // An empty search text is found before every character and at the end.
  const found = search === '' ? parts.length + 1 : parts.length - 1
  const replaced = Math.min(found, limit)
  if (this.length + replaced * replacement.length > maxLength) throw new Error('text too long')
  if (search === '') {
    const tail = replaced > parts.length ? replacement : ''
    return parts.map((part, at) => (at < replaced ? replacement + part : part)).join('') + tail
  }
  return parts.reduce((text, part, at) => text + (at <= replaced ? replacement : search) + part)
}
