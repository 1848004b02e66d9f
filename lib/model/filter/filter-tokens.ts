/** A piece of the text form of a filter. Offsets count UTF-16 units; `end` is after the last one. */
export interface FilterToken {
  readonly kind: 'word' | 'string' | 'operator' | 'open' | 'close' | 'comma' | 'wrong' | 'end'
  /** As written; of a string, what it stands for. */
  readonly text: string
  readonly start: number
  readonly end: number
}

const pieces: readonly (readonly [FilterToken['kind'], RegExp])[] = [
  ['string', /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/sy],
  ['operator', /!=|<>|>=|<=|==|[=<>]/y],
  ['open', /[([]/y],
  ['close', /[)\]]/y],
  ['comma', /,/y],
  ['word', /(?:`(?:[^`]|``)*`|[^\s()[\],"'`=<>!])+/y],
]

/** The tokens of a text and an `end` after them. What begins none is one `wrong` token to the end. */
export function tokenizeFilter(text: string): readonly FilterToken[] {
  const tokens: FilterToken[] = []
  let at = skipSpace(text, 0)
  while (at < text.length) {
    const token = tokenAt(text, at)
    tokens.push(token)
    at = skipSpace(text, token.end)
  }
  return [...tokens, { kind: 'end', text: '', start: text.length, end: text.length }]
}

function tokenAt(text: string, start: number): FilterToken {
  for (const [kind, pattern] of pieces) {
    pattern.lastIndex = start
    const [found] = pattern.exec(text) ?? []
    if (found === undefined) continue
    const end = start + found.length
    return { kind, text: kind === 'string' ? unquote(found) : found, start, end }
  }
  return { kind: 'wrong', text: text.slice(start), start, end: text.length }
}

function skipSpace(text: string, from: number): number {
  const space = /\s*/y
  space.lastIndex = from
  space.exec(text)
  return space.lastIndex
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

function unquote(quoted: string): string {
  return quoted
    .slice(1, -1)
    .replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_whole, code: string | undefined, plain: string) =>
      code === undefined
        ? (escapes[plain] ?? plain)
        : String.fromCharCode(Number.parseInt(code, 16)),
    )
}

/** The names of a dotted path, or null when one is empty. */
export function toPath(word: string): readonly string[] | null {
  const names = (word.match(/(?:`(?:[^`]|``)*`|[^.`])+|\./g) ?? []).reduce<string[]>(
    (all, part) => {
      if (part === '.') all.push('')
      else all[all.length - 1] += unquoteName(part)
      return all
    },
    [''],
  )
  return names.every((name) => name !== '') ? names : null
}

function unquoteName(part: string): string {
  return part.replace(/`((?:[^`]|``)*)`/g, (_whole, inner: string) => inner.replaceAll('``', '`'))
}
