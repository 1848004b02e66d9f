/** What to put where, so that one text becomes another. Offsets are UTF-16 units of the old text. */
export interface TextChange {
  readonly start: number
  readonly end: number
  readonly text: string
}

/**
 * The smallest single change between two texts: what they begin and end with in common stays, and
 * with it the cursor, the folding and the marks that stand there. Null when they are equal.
 */
export function changeBetween(before: string, after: string): TextChange | null {
  if (before === after) return null
  const shorter = Math.min(before.length, after.length)
  let head = 0
  while (head < shorter && before[head] === after[head]) head++
  let tail = 0
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  // Half a surrogate pair is no place for a cut.
  if (head > 0 && isHighSurrogate(before, head - 1)) head--
  if (tail > 0 && isHighSurrogate(before, before.length - tail - 1)) tail--
  return { start: head, end: before.length - tail, text: after.slice(head, after.length - tail) }
}

function isHighSurrogate(text: string, index: number): boolean {
  return /[\uD800-\uDBFF]/.test(text[index] ?? '')
}
