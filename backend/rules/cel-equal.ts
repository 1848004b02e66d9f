import {
  type CelList,
  type CelMap,
  type CelValue,
  isCelList,
  isCelMap,
  isCelType,
  isCelUint,
} from '@bufbuild/cel'
import { equals } from '@bufbuild/protobuf'
import { isReflectMessage } from '@bufbuild/protobuf/reflect'

/** What comparisons are charged to. */
export interface Meter {
  budget: number
}

/**
 * CEL's equality: numbers by value whatever their type, everything else only within one type;
 * lists and maps by what they hold, each pair compared at the cost of a step.
 */
export function celEqual(left: CelValue, right: CelValue, meter: Meter): boolean {
  if (left === right) return true
  if (typeof left !== 'object' && typeof right !== 'object') {
    return isNumeric(left) && isNumeric(right) && sameNumber(left, right)
  }
  if (left === null || right === null) return false
  if (isCelUint(left)) return celEqual(left.value, right, meter)
  if (isCelUint(right)) return celEqual(left, right.value, meter)
  if (typeof left !== 'object' || typeof right !== 'object') return false
  return sameObject(left, right, meter)
}

type CelObject = Extract<CelValue, object>

function isNumeric(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint'
}

function sameNumber(left: number | bigint, right: number | bigint): boolean {
  // Loose on purpose: it compares a bigint with a number exactly.
  // biome-ignore lint/suspicious/noDoubleEquals: see above
  return left == right
}

function sameObject(left: CelObject, right: CelObject, meter: Meter): boolean {
  if (--meter.budget < 0) return false
  if (isCelList(left)) return isCelList(right) && sameList(left, right, meter)
  if (isCelMap(left)) return isCelMap(right) && sameMap(left, right, meter)
  if (left instanceof Uint8Array) {
    return right instanceof Uint8Array && Buffer.compare(left, right) === 0
  }
  if (isCelType(left)) {
    return isCelType(right) && left.kind === right.kind && left.name === right.name
  }
  return (
    isReflectMessage(left) &&
    isReflectMessage(right) &&
    left.desc.typeName === right.desc.typeName &&
    equals(left.desc, left.message, right.message)
  )
}

function sameList(left: CelList, right: CelList, meter: Meter): boolean {
  if (left.size !== right.size) return false
  for (let index = 0; index < left.size; index++) {
    if (--meter.budget < 0) return false
    if (!celEqual(left.get(index) ?? null, right.get(index) ?? null, meter)) return false
  }
  return true
}

function sameMap(left: CelMap, right: CelMap, meter: Meter): boolean {
  if (left.size !== right.size) return false
  for (const [key, value] of left) {
    const other = right.get(key)
    if (other === undefined || !celEqual(value, other, meter)) return false
  }
  return true
}
