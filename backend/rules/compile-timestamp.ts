import type { CelValue } from '@bufbuild/cel'
import { create } from '@bufbuild/protobuf'
import { type ReflectMessage, reflect } from '@bufbuild/protobuf/reflect'
import { TimestampSchema } from '@bufbuild/protobuf/wkt'
import { typeName } from './cel-library'
import type { CallExpr } from './expression'
import type { Frame, Run } from './frame'
import { Failure, isStuck, type Outcome } from './outcome'

/**
 * `timestamp(x)` of a number of milliseconds or of any date text (contract semantics.md 5.6 and
 * 6.3). Null when the call is not that function.
 */
export function compileTimestamp(
  expr: CallExpr,
  target: Run | null,
  [operand, ...others]: readonly Run[],
): Run | null {
  if (target || !operand || others.length > 0) return null
  return (frame) => {
    const value = operand(frame)
    if (isStuck(value)) return value
    frame.budget--
    return convert(expr, value, frame)
  }
}

/** An instant in microseconds, or null when it lies outside of the years 1 to 9999. */
export function timestampValue(micros: bigint, extraNanos = 0): CelValue | null {
  const seconds = floorDivide(micros, 1_000_000n)
  if (seconds < minSeconds || seconds > maxSeconds) return null
  const nanos = Number(micros - seconds * 1_000_000n) * 1000 + extraNanos
  const message = reflect(TimestampSchema, create(TimestampSchema, { seconds, nanos }))
  return message satisfies ReflectMessage
}

const minSeconds = -62_135_596_800n
const maxSeconds = 253_402_300_799n

function convert(expr: CallExpr, value: CelValue, { readDate, nowMs }: Frame): Outcome {
  const micros = toMicros(value, (text) => readDate(text.replace(pastMicros, '$1'), nowMs))
  if (micros === undefined) {
    return new Failure(
      `no matching overload for 'timestamp' applied to '(${typeName(value)})'`,
      expr,
    )
  }
  if (micros === null) return new Failure(`not a date: ${JSON.stringify(value)}`, expr)
  if (typeof micros !== 'bigint') return micros
  const nanos = typeof value === 'string' ? nanosBelowMicro(value) : 0
  return timestampValue(micros, nanos) ?? new Failure('timestamp out of range', expr)
}

/** Undefined for a type that names no instant, null for a text or number that names none. */
function toMicros(
  value: CelValue,
  readText: (text: string) => bigint | null,
): bigint | CelValue | undefined {
  switch (typeof value) {
    case 'bigint':
      return value * 1000n
    case 'number':
      return Number.isFinite(value) ? BigInt(Math.round(value * 1000)) : null
    case 'string':
      return readText(value)
  }
  // A timestamp stays what it is.
  return value !== null && typeName(value) === 'google.protobuf.Timestamp' ? value : undefined
}

/** A date text with a fraction finer than dates keep, and its digits beyond the microseconds. */
const pastMicros = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6})(\d{1,3})(?!\d)/

function nanosBelowMicro(text: string): number {
  const digits = pastMicros.exec(text)?.[2]
  return digits ? Number(digits.padEnd(3, '0')) : 0
}

function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by
  return value % by < 0n ? quotient - 1n : quotient
}
