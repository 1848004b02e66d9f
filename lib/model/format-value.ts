import type { Json, JsonObject } from '@/lib/base/json'
import type { Count } from '@/lib/model/count'
import type { Attribute } from '@/lib/model/schema'

/**
 * A stored value as a cell shows it, dates in UTC. `missing` and `null` are told apart because Instant does: a
 * missing attribute was never set, null was written. A value that is not of its attribute's type is
 * shown as what it is.
 */
export type CellValue =
  | { readonly kind: 'missing' }
  | { readonly kind: 'null' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'date'; readonly text: string; readonly stored: string | number }
  | { readonly kind: 'json'; readonly text: string }

/** A cell needs no more of a value than this: the record panel shows all of it. */
const cellLength = 300

export function toCellValue(values: JsonObject, attribute: Attribute): CellValue {
  const value = values[attribute.name]
  if (value === undefined) return { kind: 'missing' }
  if (value === null) return { kind: 'null' }
  if (attribute.type === 'date') return toDate(value)
  return toPlain(value)
}

function toPlain(value: Exclude<Json, null>): CellValue {
  switch (typeof value) {
    case 'string':
      return value === '' ? { kind: 'empty' } : { kind: 'text', text: oneLine(value) }
    case 'number':
      return { kind: 'number', text: String(value) }
    case 'boolean':
      return { kind: 'boolean', value }
    default:
      return { kind: 'json', text: JSON.stringify(value).slice(0, cellLength) }
  }
}

function toDate(value: Exclude<Json, null>): CellValue {
  if (typeof value !== 'string' && typeof value !== 'number') return toPlain(value)
  const text = formatDate(value)
  return text === null ? toPlain(value) : { kind: 'date', text, stored: value }
}

/**
 * A date as people read it, in UTC so that every reader sees the same: `2026-03-14 09:26:53`, down
 * to the last part that is not zero. Null when it is no date.
 */
export function formatDate(value: string | number): string | null {
  const time = typeof value === 'number' ? value : Date.parse(value)
  if (!Number.isFinite(time) || Math.abs(time) > 8.64e15) return null
  const [day = '', clock = ''] = new Date(time).toISOString().split('T')
  if (clock === '00:00:00.000Z') return day
  return `${day} ${clock.slice(0, clock.startsWith(':00', 5) ? 5 : 8)}`
}

/** A value as text that another program can take: text as it is, all else as JSON. */
export function toCopyText(value: Json | undefined): string {
  if (value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}

/** A value as text in one cell of a table: as `toCopyText`, but JSON in one line. */
export function toCellText(value: Json | undefined): string {
  return typeof value === 'object' ? JSON.stringify(value) : toCopyText(value)
}

export function formatCount(count: number | null | undefined): string {
  return count === null || count === undefined ? '—' : count.toLocaleString('en-US')
}

/** The same for what may have been counted only so far: `1,000+`. */
export function formatTotal(count: Count | null | undefined): string {
  return `${formatCount(count?.records)}${count && !count.isExact ? '+' : ''}`
}

/** How many there are when that is known for certain, or null. */
export function exactTotal(count: Count | null | undefined): number | null {
  return count?.isExact ? count.records : null
}

/** Enough of an id to tell it from its neighbours. */
export function shortId(id: string): string {
  return id.slice(0, 8)
}

function oneLine(text: string): string {
  return text.slice(0, cellLength).replace(/\s*\n\s*/g, ' ⏎ ')
}
