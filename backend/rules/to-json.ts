import { type CelValue, isCelList, isCelMap, isCelType, isCelUint } from '@bufbuild/cel'
import { toJson as messageToJson } from '@bufbuild/protobuf'
import { isReflectMessage } from '@bufbuild/protobuf/reflect'
import type { Json } from '@/lib/base/json'
import { RowMap } from './cel-value'

/**
 * A CEL value as JSON, for answers and explanations. Numbers too large for JSON, timestamps,
 * durations, bytes and types become the texts people know them by.
 */
export function toJson(value: CelValue): Json {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'bigint':
      return safeNumber(value)
    case 'number':
      return Number.isFinite(value) ? value : String(value)
  }
  if (value === null) return null
  if (value instanceof RowMap) return value.row
  if (isCelUint(value)) return safeNumber(value.value)
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (isCelList(value)) return [...value].map(toJson)
  if (isCelMap(value)) {
    return Object.fromEntries([...value].map(([key, item]) => [keyText(key), toJson(item)]))
  }
  if (isCelType(value)) return value.name
  return isReflectMessage(value) ? messageToJson(value.desc, value.message) : String(value)
}

function safeNumber(value: bigint): Json {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : String(value)
}

function keyText(key: unknown): string {
  return isCelUint(key) ? String(key.value) : String(key)
}
