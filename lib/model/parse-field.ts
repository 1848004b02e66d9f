import type { Json } from '@/lib/base/json'
import type { Result } from '@/lib/base/result'
import type { Attribute } from '@/lib/model/schema'

/** What stands in a field's editor. Kept as typed, so a mistake loses nothing. */
export type Draft = { readonly kind: 'null' } | { readonly kind: 'text'; readonly text: string }

/** The editor's start: the value as it can be typed again. */
export function toDraft(value: Json | undefined, attribute: Attribute): Draft {
  if (value === null) return { kind: 'null' }
  if (value === undefined) return { kind: 'text', text: attribute.type === 'boolean' ? 'true' : '' }
  const isPlain = typeof value === 'string' && !isJsonEditor(attribute)
  return { kind: 'text', text: isPlain ? value : JSON.stringify(value, null, 2) }
}

/** Whether values are typed as JSON: where nothing says that they are always text. */
export function isJsonEditor(attribute: Attribute): boolean {
  return attribute.type === 'json' || attribute.type === 'any'
}

/** The value a draft stands for, or what is wrong with it. The backend has the last word. */
export function parseField(draft: Draft, attribute: Attribute): Result<Json, string> {
  if (draft.kind === 'null') {
    return attribute.isRequired
      ? { ok: false, error: `${attribute.name} is required, so it cannot be null.` }
      : { ok: true, data: null }
  }
  switch (attribute.type) {
    case 'string':
      return { ok: true, data: draft.text }
    case 'number':
      return parseNumber(draft.text)
    case 'boolean':
      return parseBoolean(draft.text)
    case 'date':
      return parseDate(draft.text)
    case 'json':
    case 'any':
      return parseJson(draft.text)
  }
}

function parseNumber(text: string): Result<Json, string> {
  const trimmed = text.trim()
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed)) {
    return { ok: false, error: 'Not a number. Write it like 42, -1.5 or 2e6.' }
  }
  const value = Number(trimmed)
  if (!Number.isFinite(value)) return { ok: false, error: 'The number is too large.' }
  const isWhole = /^[+-]?\d+$/.test(trimmed)
  if (isWhole && !Number.isSafeInteger(value)) {
    return { ok: false, error: 'The number has more digits than can be stored exactly.' }
  }
  return { ok: true, data: value }
}

function parseBoolean(text: string): Result<Json, string> {
  if (text === 'true' || text === 'false') return { ok: true, data: text === 'true' }
  return { ok: false, error: 'Choose true or false.' }
}

// Instant keeps a date as it is given: milliseconds as a number, all else as text.
function parseDate(text: string): Result<Json, string> {
  const trimmed = text.trim()
  if (/^-?\d{5,16}$/.test(trimmed)) return { ok: true, data: Number(trimmed) }
  if (trimmed !== '' && Number.isFinite(Date.parse(trimmed))) return { ok: true, data: trimmed }
  return {
    ok: false,
    error: 'Not a date. Write it like 2026-03-14, 2026-03-14T09:26:53Z, or in milliseconds.',
  }
}

function parseJson(text: string): Result<Json, string> {
  if (text.trim() === '')
    return { ok: false, error: 'Not JSON: nothing is there. For no value, choose null.' }
  try {
    return { ok: true, data: JSON.parse(text) as Json }
  } catch (error) {
    return {
      ok: false,
      error: `Not JSON: ${error instanceof Error ? error.message : 'unreadable'}.`,
    }
  }
}
