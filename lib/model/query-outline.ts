import { type QueryToken, queryTokens } from './query-tokens'

/** A value of the query's text, and where it stands. Offsets are UTF-16 units; `end` is exclusive. */
export interface OutlineValue {
  readonly kind: 'object' | 'array' | 'scalar'
  readonly start: number
  readonly end: number
  /** The members of an object, in reading order; a key may occur twice. */
  readonly members: readonly OutlineMember[]
  /** The elements of an array. */
  readonly items: readonly OutlineValue[]
}

export interface OutlineMember {
  readonly key: string
  readonly keyStart: number
  readonly keyEnd: number
  /** Null while the text does not have it yet. */
  readonly value: OutlineValue | null
}

/**
 * Where everything stands in a text that JSON5 accepts: JSON5's own parser keeps no positions.
 * On other text the outline is incomplete but never wrong about what it has. Null when there is
 * no value at all.
 */
export function outlineQuery(text: string): OutlineValue | null {
  const top: Growing = { kind: 'array', start: 0, end: text.length, members: [], items: [] }
  const open: Growing[] = [top]

  for (const token of queryTokens(text)) {
    const within = open.at(-1) ?? top
    if (token.kind === 'comment' || isPunctuation(token, ':,')) continue
    if (isPunctuation(token, '}]')) {
      within.end = token.end
      if (open.length > 1) open.pop()
      continue
    }
    const value = add(within, token)
    if (value && value.kind !== 'scalar') open.push(value)
  }
  return top.items[0] ?? null
}

interface Growing extends OutlineValue {
  end: number
  readonly members: GrowingMember[]
  readonly items: OutlineValue[]
}

interface GrowingMember extends OutlineMember {
  value: OutlineValue | null
}

/** Adds a key, which is no value, or the value that begins with the token. */
function add(within: Growing, token: QueryToken): Growing | null {
  const member = within.members.at(-1)
  const needsKey = within.kind === 'object' && member?.value !== null
  if (needsKey && token.kind !== 'punctuation') {
    const { text: key, start: keyStart, end: keyEnd } = token
    within.members.push({ key, keyStart, keyEnd, value: null })
    return null
  }
  const value: Growing = {
    kind: isPunctuation(token, '{') ? 'object' : isPunctuation(token, '[') ? 'array' : 'scalar',
    start: token.start,
    end: token.end,
    members: [],
    items: [],
  }
  if (within.kind === 'array') within.items.push(value)
  else if (member?.value === null) member.value = value
  return value
}

function isPunctuation(token: QueryToken, oneOf: string): boolean {
  return token.kind === 'punctuation' && oneOf.includes(token.text)
}
