import type { Json } from '@/lib/base/json'
import {
  type Filter,
  type FilterGroup,
  type FilterJoin,
  type FilterOperator,
  type FilterTerm,
  noFilter,
} from './filter'
import { type FilterToken, tokenizeFilter, toPath } from './filter-tokens'
import { reservedWords } from './print-filter'

export type ParsedFilter =
  | { readonly kind: 'filter'; readonly filter: FilterGroup }
  | { readonly kind: 'wrong'; readonly problem: FilterProblem }

/** What keeps a text from being a filter, and where. Offsets count UTF-16 units. */
export interface FilterProblem {
  readonly message: string
  readonly start: number
  readonly end: number
}

/** In characters. A longer filter would not fit into an address. */
export const filterTextLimit = 4000

const depthLimit = 20

/**
 * Reads the text form that `printFilter` writes, and looser ones: a value of one word needs no quotes,
 * words of the grammar may be in any case, lists may be in brackets. `and` binds before `or`.
 */
export function parseFilter(text: string): ParsedFilter {
  if (text.length > filterTextLimit) {
    const message = `A filter has at most ${filterTextLimit} characters; this one has ${text.length}.`
    return { kind: 'wrong', problem: { message, start: filterTextLimit, end: text.length } }
  }
  const tokens = new Reader(tokenizeFilter(text))
  if (tokens.next.kind === 'end') return { kind: 'filter', filter: noFilter }
  const filter = parseGroup(tokens, 'or', 0)
  if (isProblem(filter)) return { kind: 'wrong', problem: filter }
  const { next } = tokens
  if (next.kind !== 'end') {
    return { kind: 'wrong', problem: problemAt(next, 'Expected “and” or “or” here') }
  }
  const isRoot = filter.kind === 'group' && !filter.isOff
  return { kind: 'filter', filter: isRoot ? filter : { ...noFilter, of: [filter] } }
}

class Reader {
  readonly #tokens: readonly FilterToken[]
  #at = 0

  constructor(tokens: readonly FilterToken[]) {
    this.#tokens = tokens
  }

  get next(): FilterToken {
    return this.peek(0)
  }

  peek(ahead: number): FilterToken {
    const last = this.#tokens.length - 1
    return this.#tokens[Math.min(this.#at + ahead, last)] as FilterToken
  }

  take(): FilterToken {
    const { next } = this
    this.#at += 1
    return next
  }

  /** Takes the next token when it is of the kind. */
  takeKind(kind: FilterToken['kind']): boolean {
    const isNext = this.next.kind === kind
    if (isNext) this.#at += 1
    return isNext
  }

  /** Takes the words when they come next. */
  takeWords(...words: readonly string[]): boolean {
    const areNext = words.every((word, ahead) => isWord(this.peek(ahead), word))
    if (areNext) this.#at += words.length
    return areNext
  }
}

type Part<T> = T | FilterProblem

function isProblem(part: object): part is FilterProblem {
  return 'message' in part
}

function isWord(token: FilterToken, word: string): boolean {
  return token.kind === 'word' && token.text.toLowerCase() === word
}

function parseGroup(tokens: Reader, join: FilterJoin, depth: number): Part<Filter> {
  const of: Filter[] = []
  do {
    const part = join === 'or' ? parseGroup(tokens, 'and', depth) : parsePart(tokens, depth)
    if (isProblem(part)) return part
    of.push(part)
  } while (tokens.takeWords(join))
  const [only] = of
  return only && of.length === 1 ? only : { kind: 'group', join, of, isOff: false }
}

function parsePart(tokens: Reader, depth: number): Part<Filter> {
  const isOff = isOffNext(tokens)
  if (isOff) tokens.take()
  const part = tokens.next.text === '(' ? parseNested(tokens, depth) : parseTerm(tokens)
  return isProblem(part) || !isOff ? part : { ...part, isOff }
}

// An attribute may be called so, and is then followed by what compares it.
function isOffNext(tokens: Reader): boolean {
  const after = tokens.peek(1)
  const isCompared =
    after.kind === 'operator' ||
    ['is', 'in', 'like', 'ilike', 'not'].some((each) => isWord(after, each))
  return isWord(tokens.next, 'off') && !isCompared
}

function parseNested(tokens: Reader, depth: number): Part<Filter> {
  const open = tokens.take()
  if (depth >= depthLimit) return { ...open, message: `Groups nest at most ${depthLimit} deep.` }
  const inner = parseGroup(tokens, 'or', depth + 1)
  if (isProblem(inner)) return inner
  if (tokens.next.text !== ')') return problemAt(tokens.next, 'Expected “)” here')
  tokens.take()
  return inner
}

function parseTerm(tokens: Reader): Part<FilterTerm> {
  const subject = tokens.next
  const path = subject.kind === 'word' && !isReserved(subject) ? toPath(subject.text) : null
  if (!path) return problemAt(subject, 'Expected the name of an attribute here')
  tokens.take()
  const operator = parseOperator(tokens)
  if (typeof operator !== 'string') return operator
  const term = { kind: 'term', path, operator, value: null, isOff: false } as const
  if (operator === 'is null' || operator === 'is not null') return term
  const value = operator === 'in' ? parseList(tokens) : parseValue(tokens)
  if (isProblem(value)) return value
  if (value.json !== null) return { ...term, value: value.json }
  if (operator === '=') return { ...term, operator: 'is null' }
  if (operator === '!=') return { ...term, operator: 'is not null' }
  return { ...value.token, message: `“${operator}” compares with a value, and null is none.` }
}

function isReserved(token: FilterToken): boolean {
  const isSubject = isWord(token, 'off')
  return reservedWords.has(token.text.toLowerCase()) && !isSubject
}

const spellings: Readonly<Record<string, FilterOperator>> = { '<>': '!=', '==': '=' }

function parseOperator(tokens: Reader): FilterOperator | FilterProblem {
  if (tokens.takeWords('is', 'not', 'null')) return 'is not null'
  if (tokens.takeWords('is', 'null')) return 'is null'
  for (const word of ['in', 'like', 'ilike'] as const) {
    if (tokens.takeWords(word)) return word
  }
  const { next } = tokens
  if (isWord(next, 'not')) {
    return { ...next, message: 'There is no “not …”: write != for each value, joined by “and”.' }
  }
  if (next.kind !== 'operator') {
    return problemAt(next, 'Expected =, !=, <, <=, >, >=, in, like, ilike or “is null” here')
  }
  tokens.take()
  return spellings[next.text] ?? (next.text as FilterOperator)
}

interface Value {
  readonly json: Json
  readonly token: FilterToken
}

function parseValue(tokens: Reader): Part<Value> {
  const { next } = tokens
  if (next.kind === 'string') return { json: tokens.take().text, token: next }
  if (next.kind !== 'word') return problemAt(next, 'Expected a value here')
  tokens.take()
  return { json: toScalar(next.text), token: next }
}

function parseList(tokens: Reader): Part<Value> {
  const open = tokens.next
  if (open.kind !== 'open') return problemAt(open, 'Expected a list such as ("a", "b") here')
  tokens.take()
  const values: Json[] = []
  while (!tokens.takeKind('close')) {
    const value = parseValue(tokens)
    if (isProblem(value)) return value
    values.push(value.json)
    const { next } = tokens
    if (next.kind !== 'close' && !tokens.takeKind('comma')) {
      return problemAt(next, 'Expected “,” or “)” here')
    }
  }
  return { json: values, token: open }
}

function toScalar(word: string): string | number | boolean | null {
  switch (word.toLowerCase()) {
    case 'null':
      return null
    case 'true':
      return true
    case 'false':
      return false
  }
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(word) ? Number(word) : word
}

function problemAt(token: FilterToken, expected: string): FilterProblem {
  const { kind, text, start, end } = token
  if (kind === 'end') return { message: `${expected}, where the text ends.`, start, end }
  if (kind === 'wrong' && /^["'`]/.test(text)) {
    return { message: 'A quote is not closed.', start, end }
  }
  return { message: `${expected}, in place of “${shorten(text)}”.`, start, end }
}

function shorten(text: string): string {
  return text.length > 20 ? `${text.slice(0, 20)}…` : text
}
