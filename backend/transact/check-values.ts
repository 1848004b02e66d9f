import { EngineError } from '@/backend/engine-error'
import { isJsonObject, type Json } from '@/lib/base/json'
import { type DataAttr, indexColumn } from '../schema/attr'
import type { EntityWrite } from '../schema/entity-write'
import { isIsoInstant } from '../schema/index-value'

/** A value that only Postgres can judge: whether it is a date, or small enough for an index. */
export interface DoubtfulValue {
  readonly doubt: 'date' | 'size'
  readonly attr: DataAttr
  readonly id: string
  readonly value: Json
}

const maxIndexedBytes = 1024
// What jsonb adds to the bytes of a string: two headers and one entry of four bytes each.
const stringOverheadBytes = 12
// Every element of a jsonb array or object takes at most this many times the room of its text.
const worstGrowth = 8

/**
 * Refuses values of the wrong type or too large for an index, and hands back those it cannot judge
 * by itself (contract semantics.md 5.6). null is fine for every attribute.
 */
export function checkValues(writes: readonly EntityWrite[]): readonly DoubtfulValue[] {
  const doubtful: DoubtfulValue[] = []
  for (const { id, values } of writes) {
    for (const [attr, value] of values) {
      if (value !== null) checkValue(doubtful, { attr, id, value })
    }
  }
  return doubtful
}

function checkValue(doubtful: DoubtfulValue[], given: Omit<DoubtfulValue, 'doubt'>): void {
  const { attr, id, value } = given
  const ofType = typeFits(attr, value)
  const ofSize = indexColumn(attr) === null || sizeFits(value)
  if (ofType === false) throw wrongType(attr, id, value)
  if (ofSize === false) throw tooLarge(attr, id, value)
  if (ofType === null) doubtful.push({ doubt: 'date', ...given })
  if (ofSize === null) doubtful.push({ doubt: 'size', ...given })
}

/** The error for a doubtful value that Postgres has judged against. */
export function doubtfulError({ doubt, attr, id, value }: DoubtfulValue): EngineError {
  return doubt === 'date' ? wrongType(attr, id, value) : tooLarge(attr, id, value)
}

/** JSON's name for the type of a value, as errors print it. */
export function jsonType(value: Json): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return isJsonObject(value) ? 'object' : typeof value
}

/** null when it takes Postgres to tell. */
function typeFits(attr: DataAttr, value: Json): boolean | null {
  switch (attr.checkedType) {
    case null:
      return true
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === attr.checkedType
    case 'date':
      if (typeof value === 'number') return true
      return typeof value === 'string' && (isIsoInstant(value) || null)
  }
}

/** null when it takes Postgres to tell. */
function sizeFits(value: Json): boolean | null {
  if (typeof value === 'string') {
    // No UTF-16 unit takes more than three bytes.
    if (value.length * 3 + stringOverheadBytes <= maxIndexedBytes) return true
    return Buffer.byteLength(value) + stringOverheadBytes <= maxIndexedBytes
  }
  if (typeof value !== 'object') return true
  return JSON.stringify(value).length * worstGrowth <= maxIndexedBytes || null
}

function wrongType(attr: DataAttr, id: string, value: Json): EngineError {
  const { namespace, label } = attr.forward
  return new EngineError(
    'validation-failed',
    `Invalid value type for ${namespace}.${label}. Value must be a ${attr.checkedType} but the provided value type is ${jsonType(value)}.`,
    valueHint(attr, id, value),
  )
}

function tooLarge(attr: DataAttr, id: string, value: Json): EngineError {
  return new EngineError(
    'validation-failed',
    `Value is too large for ${attr.isUnique ? 'a unique' : 'an indexed'} attribute.`,
    { ...valueHint(attr, id, value), 'value-too-large?': true },
  )
}

function valueHint(attr: DataAttr, id: string, value: Json) {
  return {
    namespace: attr.forward.namespace,
    attribute: attr.forward.label,
    value,
    'checked-data-type': attr.checkedType,
    'attr-id': attr.id,
    'entity-id': id,
  }
}
