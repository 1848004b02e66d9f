import { isJsonObject, type Json, type JsonObject } from '@/lib/base/json'
import type { Step } from './transaction'

/** A card's place in the code: its step, or why there is none yet. */
export type CodeLine =
  | { readonly kind: 'step'; readonly step: Step }
  | { readonly kind: 'gap'; readonly reason: string }

/** As whom the code runs. A user without an e-mail can only be acted for with a token. */
export type CodeActor =
  | { readonly kind: 'admin' | 'guest' }
  | { readonly kind: 'user'; readonly id: string; readonly email: string | null }

/**
 * A transaction as it is written with `@instantdb/admin`. A card that is not complete stands there as
 * a comment, so the rest can be copied.
 */
export function toSdkCode(lines: readonly CodeLine[], actor: CodeActor): string {
  const written = lines.map((line) =>
    line.kind === 'step' ? `  ${indent(toChunk(line.step))},` : `  // ${line.reason}`,
  )
  const call = `await ${clientCode(actor)}.transact(`
  if (lines.length === 0) return `${call}[])\n`
  return [`${call}[`, ...written, '])', ''].join('\n')
}

/** One step as an expression, such as `db.tx.tickets['…'].update({ … })`. */
export function toChunk(step: Step): string {
  const chunk = `db.tx${member(step.namespace)}${subjectCode(step.subject)}.${step.action}`
  const literal = (value: Json) => toLiteral(value, lineWidth - chunk.length)
  switch (step.action) {
    case 'create':
      return `${chunk}(${literal(step.values)})`
    case 'update':
    case 'merge':
      return `${chunk}(${literal(step.values)}${step.mustExist ? ', { upsert: false }' : ''})`
    case 'link':
    case 'unlink':
      return `${chunk}(${literal(shortened(step.links))})`
    case 'delete':
      return `${chunk}()`
  }
}

/** The SDK takes a single id without a list around it. */
function shortened(links: Readonly<Record<string, readonly string[]>>): JsonObject {
  const entries = Object.entries(links).map(([label, ids]): [string, Json] => {
    const [only, ...more] = ids
    return [label, only !== undefined && more.length === 0 ? only : ids]
  })
  return Object.fromEntries(entries)
}

function clientCode(actor: CodeActor): string {
  switch (actor.kind) {
    case 'admin':
      return 'db'
    case 'guest':
      return 'db.asUser({ guest: true })'
    case 'user':
      return actor.email === null
        ? `db.asUser({ token: /* a refresh token of ${actor.id} */ })`
        : `db.asUser({ email: ${quote(actor.email)} })`
  }
}

function subjectCode(subject: Step['subject']): string {
  return typeof subject === 'string'
    ? `[${toLiteral(subject)}]`
    : `.lookup(${toLiteral(subject.attribute)}, ${toLiteral(subject.value)})`
}

/** How long a line may be before an object on it is written over several. */
const lineWidth = 84

/** A JSON value as a JavaScript literal, on one line while that is no longer than `width`. */
export function toLiteral(value: Json, width = 72): string {
  if (typeof value === 'string') return quote(value)
  if (Array.isArray(value)) {
    const items = value.map((each) => toLiteral(each))
    return group(items, { open: '[', close: ']', width })
  }
  if (!isJsonObject(value)) return JSON.stringify(value)
  const items = Object.entries(value).map(([name, each]) => `${property(name)}: ${toLiteral(each)}`)
  return group(items, { open: '{', close: '}', width })
}

interface Brackets {
  readonly open: '[' | '{'
  readonly close: ']' | '}'
  readonly width: number
}

function group(items: readonly string[], { open, close, width }: Brackets): string {
  if (items.length === 0) return `${open}${close}`
  const space = open === '{' ? ' ' : ''
  const line = `${open}${space}${items.join(', ')}${space}${close}`
  if (line.length <= width && !line.includes('\n')) return line
  return [open, ...items.map((item) => `  ${indent(item)},`), close].join('\n')
}

function indent(code: string): string {
  return code.replaceAll('\n', '\n  ')
}

function quote(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  // Both end a line in older JavaScript.
  return `'${inner.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`
}

const identifier = /^[A-Za-z_$][\w$]*$/

function member(name: string): string {
  return identifier.test(name) ? `.${name}` : `[${quote(name)}]`
}

function property(name: string): string {
  // A plain `__proto__` in a literal sets the prototype.
  if (name === '__proto__') return "['__proto__']"
  return identifier.test(name) ? name : quote(name)
}
