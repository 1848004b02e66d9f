import {
  type CelFunc,
  type CelInput,
  CelScalar,
  type CelUint,
  type CelValue,
  celFunc,
  celUint,
  isCelList,
  isCelUint,
  listType,
} from '@bufbuild/cel'

const { BOOL, DOUBLE, DYN, INT, UINT } = CelScalar
const LIST = listType(DYN)

type Numeric = bigint | number | CelUint

/** The math extension (contract semantics.md 6.3), on the library's own values. */
export const mathFunctions: readonly CelFunc[] = [
  ...pick('math.greatest', (a, b) => compare(a, b) >= 0),
  ...pick('math.least', (a, b) => compare(a, b) <= 0),
  celFunc('math.abs', [INT], INT, (x) => inInt(x < 0n ? -x : x)),
  celFunc('math.abs', [UINT], UINT, (x) => x),
  celFunc('math.abs', [DOUBLE], DOUBLE, Math.abs),
  celFunc('math.sign', [INT], INT, (x) => (x > 0n ? 1n : x < 0n ? -1n : 0n)),
  celFunc('math.sign', [UINT], UINT, (x) => celUint(x.value > 0n ? 1n : 0n)),
  celFunc('math.sign', [DOUBLE], DOUBLE, Math.sign),
  celFunc('math.ceil', [DOUBLE], DOUBLE, Math.ceil),
  celFunc('math.floor', [DOUBLE], DOUBLE, Math.floor),
  celFunc('math.trunc', [DOUBLE], DOUBLE, Math.trunc),
  celFunc('math.round', [DOUBLE], DOUBLE, (x) => Math.sign(x) * Math.round(Math.abs(x))),
  celFunc('math.isInf', [DOUBLE], BOOL, (x) => Math.abs(x) === Number.POSITIVE_INFINITY),
  celFunc('math.isNaN', [DOUBLE], BOOL, Number.isNaN),
  celFunc('math.isFinite', [DOUBLE], BOOL, Number.isFinite),
  celFunc('math.sqrt', [DOUBLE], DOUBLE, Math.sqrt),
  celFunc('math.sqrt', [INT], DOUBLE, (x) => Math.sqrt(Number(x))),
  celFunc('math.sqrt', [UINT], DOUBLE, (x) => Math.sqrt(Number(x.value))),
  ...bitwise('math.bitAnd', (a, b) => a & b),
  ...bitwise('math.bitOr', (a, b) => a | b),
  ...bitwise('math.bitXor', (a, b) => a ^ b),
  celFunc('math.bitNot', [INT], INT, (x) => ~x),
  celFunc('math.bitNot', [UINT], UINT, (x) => celUint(BigInt.asUintN(64, ~x.value))),
  ...shift('math.bitShiftLeft', (x, by) => BigInt.asIntN(64, x << by)),
  // Vacant bits are filled with zeros, whatever the sign.
  ...shift('math.bitShiftRight', (x, by) => BigInt.asIntN(64, BigInt.asUintN(64, x) >> by)),
]

/** The extreme of one to several numbers, or of a list of them; of equals, the first. */
function pick(name: string, wins: (a: Numeric, b: Numeric) => boolean): CelFunc[] {
  const extreme = (values: readonly CelValue[]): CelInput => {
    const numbers = values.map(toNumeric)
    if (numbers.length === 0) throw new Error(`${name}() argument must not be empty`)
    return numbers.reduce((best, next) => (wins(best, next) ? best : next))
  }
  const counted = Array.from({ length: 8 }, (_, index) =>
    celFunc(
      name,
      Array.from({ length: index + 2 }, () => DYN),
      DYN,
      (...values) => extreme(values as CelValue[]),
    ),
  )
  return [
    celFunc(name, [LIST], DYN, (list) => extreme(isCelList(list) ? [...list] : [])),
    ...[INT, UINT, DOUBLE].map((type) => celFunc(name, [type], DYN, (x) => x as CelInput)),
    ...counted,
  ]
}

function bitwise(name: string, apply: (a: bigint, b: bigint) => bigint): CelFunc[] {
  return [
    celFunc(name, [INT, INT], INT, apply),
    celFunc(name, [UINT, UINT], UINT, (a, b) => celUint(apply(a.value, b.value))),
  ]
}

function shift(name: string, apply: (x: bigint, by: bigint) => bigint): CelFunc[] {
  const shifted = (x: bigint, by: bigint) => {
    if (by < 0n) throw new Error(`${name}() negative offset: ${by}`)
    return by > 63n ? 0n : apply(x, by)
  }
  return [
    celFunc(name, [INT, INT], INT, shifted),
    celFunc(name, [UINT, INT], UINT, (x, by) => celUint(BigInt.asUintN(64, shifted(x.value, by)))),
  ]
}

function toNumeric(value: CelValue): Numeric {
  if (typeof value === 'bigint' || typeof value === 'number' || isCelUint(value)) return value
  throw new Error('no such overload: expected a number')
}

function compare(a: Numeric, b: Numeric): number {
  const [left, right] = [isCelUint(a) ? a.value : a, isCelUint(b) ? b.value : b]
  return left < right ? -1 : left > right ? 1 : 0
}

function inInt(value: bigint): bigint {
  if (value > 2n ** 63n - 1n) throw new Error('integer overflow')
  return value
}
