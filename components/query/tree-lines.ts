import type { Json, JsonObject } from '@/lib/base/json'

/** One line of a JSON value shown as a tree: a member of an object or an element of a list. */
export interface TreeLine {
  /** Keys and indexes from the top, joined so that equal paths are equal texts. */
  readonly id: string
  /** 0 for the members of the value itself. */
  readonly depth: number
  readonly key: string | number
  readonly value: Json
  /** Members or elements of the value. Null for a value that has no inside. */
  readonly size: number | null
  readonly isOpen: boolean
  /** From 1, among the lines of the same parent. */
  readonly position: number
  readonly siblings: number
  /** Index of the line this one stands inside; -1 at the top. */
  readonly parent: number
}

export interface Openness {
  /** Lines less deep than this are open unless said otherwise. */
  readonly depth: number
  /** Lines that were opened or closed by hand, by id. */
  readonly exceptions: ReadonlyMap<string, boolean>
}

/**
 * How many lines may be open before more stay closed unless opened by hand. Beyond some 800,000
 * lines of 22 px, browsers cannot place them any more.
 */
const maxLines = 200_000

/** The lines that are to be seen, in order. */
export function treeLines(root: JsonObject, openness: Openness): readonly TreeLine[] {
  const lines: TreeLine[] = []
  addLines(lines, root, { id: '', depth: 0, parent: -1 }, openness)
  return lines
}

interface Place {
  readonly id: string
  readonly depth: number
  readonly parent: number
}

function addLines(lines: TreeLine[], value: Json, place: Place, openness: Openness): void {
  const entries = entriesOf(value)
  const siblings = entries.length
  let position = 0
  for (const [key, child] of entries) {
    position += 1
    const { depth, parent } = place
    const id = `${place.id}/${typeof key === 'number' ? key : escapeKey(key)}`
    const size = sizeOf(child)
    const isOpen =
      size !== null &&
      size > 0 &&
      (openness.exceptions.get(id) ?? (depth < openness.depth && lines.length < maxLines))
    const index = lines.length
    lines.push({ id, depth, key, value: child, size, isOpen, position, siblings, parent })
    if (isOpen) addLines(lines, child, { id, depth: depth + 1, parent: index }, openness)
  }
}

function entriesOf(value: Json): readonly (readonly [string | number, Json])[] {
  if (isList(value)) return value.map((child, index) => [index, child] as const)
  return value !== null && typeof value === 'object' ? Object.entries(value) : []
}

function sizeOf(value: Json): number | null {
  if (value === null || typeof value !== 'object') return null
  return isList(value) ? value.length : Object.keys(value).length
}

/** `Array.isArray` does not narrow a readonly list. */
export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

// As in a JSON pointer: a key may hold a slash.
function escapeKey(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** The way to a line as code: `tickets[3]["due date"]`. */
export function pathOf(lines: readonly TreeLine[], index: number): string {
  const steps: string[] = []
  for (let at = index; at >= 0; ) {
    const line = lines[at]
    if (!line) break
    steps.unshift(stepOf(line))
    at = line.parent
  }
  return steps.join('').replace(/^\./, '')
}

function stepOf({ key }: TreeLine): string {
  if (typeof key === 'number') return `[${key}]`
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
}

/** A closed object or list in a few words: `{ id: "8…", title: "…" }`, cut after `limit` characters. */
export function previewOf(value: Json, limit = 160): string {
  if (isList(value)) {
    return joined('[]', limit, value, (item) => shortJson(item, 40))
  }
  if (value === null || typeof value !== 'object') return shortJson(value, limit)
  return joined(
    '{}',
    limit,
    Object.entries(value),
    ([key, item]) => `${key}: ${shortJson(item, 40)}`,
  )
}

// Only as much is written as will be seen: the value may be large, and this runs while scrolling.
function joined<T>(
  brackets: string,
  limit: number,
  items: readonly T[],
  write: (item: T) => string,
): string {
  if (items.length === 0) return brackets
  let text = ''
  for (const item of items) {
    text += `${text === '' ? '' : ', '}${write(item)}`
    if (text.length > limit) break
  }
  const shown = text.length > limit ? `${text.slice(0, limit)}…` : text
  return `${brackets[0]} ${shown} ${brackets[1]}`
}

function shortJson(value: Json, limit: number): string {
  if (isList(value)) return value.length === 0 ? '[]' : '[…]'
  if (value !== null && typeof value === 'object') return '{…}'
  if (typeof value !== 'string' || value.length <= limit) return JSON.stringify(value)
  return JSON.stringify(`${value.slice(0, limit)}…`)
}
