import JSON5 from 'json5'
import { isJsonObject, type JsonObject } from '@/lib/base/json'
import { type OutlineValue, outlineQuery } from './query-outline'
import { spanAt, type TextSpan } from './text-span'

/** What a text in the query editor turned out to be. */
export type QueryText =
  | { readonly kind: 'empty' }
  | {
      readonly kind: 'query'
      readonly query: JsonObject
      /** What JSON5 lets pass although it is surely a slip. The query can run. */
      readonly warnings: readonly TextProblem[]
    }
  | { readonly kind: 'wrong'; readonly problem: TextProblem }

export interface TextProblem {
  readonly message: string
  readonly span: TextSpan
}

/**
 * Reads an InstaQL object literal: JSON5, so keys need no quotes, single quotes, trailing commas
 * and comments are fine. Text that is no such literal gives a message and the place it is about.
 */
export function parseQueryText(text: string): QueryText {
  const outline = outlineQuery(text)
  if (!outline) {
    const rest = text.trim()
    // Only white space or comments; an unfinished comment is for JSON5 to complain about.
    if (rest === '' || parseJson5(`${text}\n0`).ok) return { kind: 'empty' }
  }
  const parsed = parseJson5(text)
  if (!parsed.ok) return { kind: 'wrong', problem: syntaxProblem(text, parsed.error, outline) }
  if (!isJsonObject(parsed.value)) {
    const message = `A query is an object, such as { goals: {} }, but this is ${nameOf(parsed.value)}.`
    return { kind: 'wrong', problem: { message, span: outlineSpan(text, outline) } }
  }
  const unsendable = outline && findScalar(outline, text, /^[+-]?(?:NaN|Infinity)$/)
  if (unsendable) {
    const { start, end } = unsendable
    const message = `${text.slice(start, end)} has no place in JSON, so it cannot be sent.`
    return { kind: 'wrong', problem: { message, span: spanAt(text, start, end) } }
  }
  const warnings = outline ? repeatedKeys(text, outline) : []
  return { kind: 'query', query: parsed.value, warnings }
}

type Json5 =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: Json5Error }

interface Json5Error {
  readonly message: string
  readonly lineNumber: number
  readonly columnNumber: number
}

function parseJson5(text: string): Json5 {
  try {
    return { ok: true, value: JSON5.parse(text) }
  } catch (error) {
    // A syntax error is this function's answer, and JSON5 throws nothing else on a string.
    return { ok: false, error: error as Json5Error }
  }
}

function syntaxProblem(text: string, error: Json5Error, outline: OutlineValue | null): TextProblem {
  const offset = offsetOf(text, error)
  const isAtEnd = offset >= text.trimEnd().length && error.message.includes('end of input')
  if (isAtEnd) {
    const last = Math.max(0, text.trimEnd().length - 1)
    const message = 'The text ends too early: a brace, bracket or quote is not closed.'
    return { message, span: spanAt(text, last, last + 1) }
  }
  const character = String.fromCodePoint(text.codePointAt(offset) ?? 32)
  const span = spanAt(text, offset, offset + character.length)
  if (outline && offset === outline.start) {
    const message = `A query is only the object literal, such as { goals: {} }; it cannot begin with “${firstWord(text.slice(offset))}”.`
    return { message, span }
  }
  if (error.message.includes('bad control character') || /[\n\r]/.test(character)) {
    return { message: 'The line ends inside a quoted text: the closing quote is missing.', span }
  }
  const found = character === '`' ? 'a backtick (use single or double quotes)' : `“${character}”`
  const expectation = expectedBefore(text, offset)
  return { message: `Unexpected ${found}${expectation}.`, span }
}

/** A guess worth making: two values in a row mean that a comma was forgotten. */
function expectedBefore(text: string, offset: number): string {
  const before = text.slice(0, offset).trimEnd().at(-1)
  const isValueEnd = before !== undefined && /[\w$"'}\]]/.test(before)
  const isValueStart = /[\w$"'{[]/.test(text[offset] ?? '')
  const isApart = /\s/.test(text[offset - 1] ?? '') || !/[\w$]/.test(before ?? '')
  return isValueEnd && isValueStart && isApart ? ': a comma may be missing before it' : ''
}

function offsetOf(text: string, { lineNumber, columnNumber }: Json5Error): number {
  let lineStart = 0
  for (let line = 1; line < lineNumber; line++) {
    lineStart = text.indexOf('\n', lineStart) + 1
  }
  // JSON5 counts after it has read: column 0 is the line break before, and a surrogate pair is two.
  const offset = Math.max(0, lineStart + columnNumber - 1)
  const isLowSurrogate = /[\uDC00-\uDFFF]/.test(text[offset] ?? '')
  return isLowSurrogate ? offset - 1 : offset
}

function firstWord(text: string): string {
  return /^[\w$.]+|^./u.exec(text)?.[0] ?? text
}

function nameOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'boolean') return `the value ${value}`
  return typeof value === 'string' ? 'a text in quotes' : `a ${typeof value}`
}

function outlineSpan(text: string, outline: OutlineValue | null): TextSpan {
  return spanAt(text, outline?.start ?? 0, outline?.end ?? text.length)
}

function findScalar(from: OutlineValue, text: string, pattern: RegExp): OutlineValue | null {
  if (from.kind === 'scalar') return pattern.test(text.slice(from.start, from.end)) ? from : null
  const children = [...from.items, ...from.members.flatMap(({ value }) => value ?? [])]
  for (const child of children) {
    const found = findScalar(child, text, pattern)
    if (found) return found
  }
  return null
}

/** The second of two equal keys wins silently in JSON5, so a condition would be lost unseen. */
function repeatedKeys(text: string, from: OutlineValue): readonly TextProblem[] {
  const seen = new Set<string>()
  const here = from.members.flatMap(({ key, keyStart, keyEnd }) => {
    if (!seen.has(key)) {
      seen.add(key)
      return []
    }
    const message = `“${key}” occurs twice in one object: only the last one counts.`
    return [{ message, span: spanAt(text, keyStart, keyEnd) }]
  })
  const children = [...from.items, ...from.members.flatMap(({ value }) => value ?? [])]
  return [...here, ...children.flatMap((child) => repeatedKeys(text, child))]
}
