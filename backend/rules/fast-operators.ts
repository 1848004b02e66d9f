import { type CelValue, isCelList } from '@bufbuild/cel'
import { celEqual, type Meter } from './cel-equal'
import { RowMap, ValueList } from './cel-value'

/** Undefined where the library has to decide: other types, overflow, no overload. */
type Binary = (left: CelValue, right: CelValue, meter: Meter) => CelValue | undefined

type Table = Readonly<Record<string, Binary | undefined>>

/** Operators on the types rules mostly use, with the same results as the library's. */
export const fastOperators: Table = table({
  '_==_': celEqual,
  '_!=_': (left, right, meter) => !celEqual(left, right, meter),
  '_<_': ordered((left, right) => left < right),
  '_<=_': ordered((left, right) => left <= right),
  '_>_': ordered((left, right) => left > right),
  '_>=_': ordered((left, right) => left >= right),
  '@in': isIn,
  '_+_': join,
})

/** Methods of one argument on strings. */
export const fastPredicates: Table = table({
  startsWith: onTexts((text, other) => text.startsWith(other)),
  endsWith: onTexts((text, other) => text.endsWith(other)),
})

function table(entries: Record<string, Binary>): Table {
  return Object.assign(Object.create(null) as Record<string, Binary>, entries)
}

/** Comparison of two ints, two doubles or two strings. */
function ordered(compare: (left: CelValue & {}, right: CelValue & {}) => boolean): Binary {
  return (left, right) => {
    if (left === null || right === null) return undefined
    const type = typeof left
    if (type !== typeof right) return undefined
    const isOrdered = type === 'bigint' || type === 'number' || type === 'string'
    return isOrdered ? compare(left, right) : undefined
  }
}

function onTexts(test: (text: string, other: string) => boolean): Binary {
  return (left, right) =>
    typeof left === 'string' && typeof right === 'string' ? test(left, right) : undefined
}

/** Membership. Null is in no list, not even in one that holds null (contract semantics.md 6.3). */
function isIn(value: CelValue, list: CelValue, meter: Meter): boolean | undefined {
  if (list instanceof RowMap) return typeof value === 'string' ? true : undefined
  if (!isCelList(list)) return undefined
  if (value === null) return false
  for (const item of list instanceof ValueList ? list.items : list) {
    if (--meter.budget < 0) return false
    if (celEqual(item, value, meter)) return true
  }
  return false
}

const shortLength = 256

function join(left: CelValue, right: CelValue): CelValue | undefined {
  if (typeof left !== 'string' || typeof right !== 'string') return undefined
  return left.length + right.length < shortLength ? left + right : undefined
}
