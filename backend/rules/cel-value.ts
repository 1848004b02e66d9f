import type { CelList, CelMap, CelValue } from '@bufbuild/cel'
import type { Json, JsonObject } from '@/lib/base/json'

/** Where a row came from: what `ref` and `limit` ask of their receiver. */
export type Origin =
  | { readonly kind: RefSource }
  | { readonly kind: 'bucket'; readonly name: string }

/** Rows that links may be followed from (contract semantics.md 6.3). */
export type RefSource = 'data' | 'linkedData' | 'auth'

// The library recognises its maps and lists by these registered symbols.
const mapMark = Symbol.for('@bufbuild/cel/map')
const listMark = Symbol.for('@bufbuild/cel/list')

/**
 * A JSON object as a CEL map in which every key is present: one that is missing is null
 * (contract semantics.md 6.3). Only own keys count, so `constructor` is as missing as any other.
 */
export class RowMap {
  readonly [mapMark] = {}
  readonly row: JsonObject
  readonly origin: Origin | null
  /** Lists and maps found so far: converted once, however often a macro reads them. */
  #converted: Map<string, CelValue> | null = null

  constructor(row: JsonObject, origin: Origin | null = null) {
    this.row = row
    this.origin = origin
  }

  get size(): number {
    return Object.keys(this.row).length
  }

  get(key: unknown): CelValue {
    if (typeof key !== 'string' || !Object.hasOwn(this.row, key)) return null
    const json = this.row[key] ?? null
    if (typeof json !== 'object' || json === null) return toCelValue(json)
    this.#converted ??= new Map()
    const known = this.#converted.get(key)
    if (known !== undefined) return known
    const value = toCelValue(json)
    this.#converted.set(key, value)
    return value
  }

  has(_key: unknown): boolean {
    return true
  }

  keys(): IterableIterator<string> {
    return Object.keys(this.row).values()
  }

  *values(): IterableIterator<CelValue> {
    for (const key of this.keys()) yield this.get(key)
  }

  *entries(): IterableIterator<[string, CelValue]> {
    for (const key of this.keys()) yield [key, this.get(key)]
  }

  forEach(visit: (value: CelValue, key: string, map: RowMap) => void): void {
    for (const [key, value] of this.entries()) visit(value, key, this)
  }

  [Symbol.iterator](): IterableIterator<[string, CelValue]> {
    return this.entries()
  }
}

/** A CEL list over an array of CEL values. */
export class ValueList {
  readonly [listMark] = {}
  readonly items: readonly CelValue[]

  constructor(items: readonly CelValue[]) {
    this.items = items
  }

  get size(): number {
    return this.items.length
  }

  get(index: number): CelValue | undefined {
    return this.items[index]
  }

  values(): IterableIterator<CelValue> {
    return this.items.values()
  }

  [Symbol.iterator](): IterableIterator<CelValue> {
    return this.items.values()
  }
}

/** The row as CEL sees it; `origin` says what `ref` on it means. */
export function rowValue(row: JsonObject, origin: Origin | null = null): CelMap {
  return new RowMap(row, origin) as unknown as CelMap
}

/** The values as a CEL list. */
export function listValue(items: readonly CelValue[]): CelList {
  return new ValueList(items) as unknown as CelList
}

/**
 * A JSON value as CEL sees it. A number without a fraction is an int, as Instant reads it; one
 * too large for an int is a double.
 */
export function toCelValue(json: Json): CelValue {
  switch (typeof json) {
    case 'number':
      return Number.isInteger(json) && Math.abs(json) < 2 ** 63 ? BigInt(json) : json
    case 'object':
      if (json === null) return null
      return isArray(json) ? listValue(json.map(toCelValue)) : rowValue(json)
  }
  return json
}

function isArray(json: readonly Json[] | JsonObject): json is readonly Json[] {
  return Array.isArray(json)
}
