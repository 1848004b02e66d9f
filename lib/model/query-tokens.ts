/**
 * The text of a query, cut into pieces that know where they stand. It accepts any text, also one
 * that is still being typed: what is no punctuation, string or comment is a word.
 */
export interface QueryToken {
  readonly kind: 'punctuation' | 'string' | 'word' | 'comment'
  /** Offset of the first character, in UTF-16 units. */
  readonly start: number
  /** Offset after the last character. */
  readonly end: number
  /** What a string or a word means as a key; for the others, the text itself. */
  readonly text: string
  /** False when the text ends inside the string or the comment. */
  readonly closed: boolean
}

const piece =
  /(?<comment>\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?(?:\*\/|$))|(?<string>"(?:\\[\s\S]|[^"\\\n])*(?:"|$)?|'(?:\\[\s\S]|[^'\\\n])*(?:'|$)?)|(?<punctuation>[{}[\]:,])|(?<word>(?:(?!\/[/*])[^\s{}[\]:,"'])+)/gu

/** The pieces of the text in reading order; white space is left out. */
export function queryTokens(text: string): readonly QueryToken[] {
  return Array.from(text.matchAll(piece), toToken)
}

function toToken(match: RegExpExecArray): QueryToken {
  const [raw] = match
  const start = match.index
  const end = start + raw.length
  const groups = match.groups ?? {}
  if (groups.comment !== undefined) {
    const closed = raw.startsWith('/*') && raw.length > 3 && raw.endsWith('*/')
    return { kind: 'comment', start, end, text: raw, closed }
  }
  if (groups.string !== undefined) {
    const closed = raw.length > 1 && raw.at(-1) === raw[0] && !/(?<!\\)(?:\\\\)*\\.$/su.test(raw)
    return { kind: 'string', start, end, text: unquote(raw, closed), closed }
  }
  const kind = groups.punctuation === undefined ? 'word' : 'punctuation'
  return { kind, start, end, text: raw, closed: true }
}

/** Enough for keys: names of attributes hold no control characters. */
function unquote(raw: string, closed: boolean): string {
  return raw.slice(1, closed ? -1 : undefined).replace(/\\([\s\S])/g, '$1')
}
