import { CelScalar, type CelType, listType, mapType, objectType } from '@bufbuild/cel'
import { DurationSchema, TimestampSchema } from '@bufbuild/protobuf/wkt'
import type { Expr } from './expression'

const { DYN } = CelScalar

/** The types that an expression may name, as in `type(x) == string`. */
export const typeNames: ReadonlyMap<string, CelType> = new Map<string, CelType>([
  ['bool', CelScalar.BOOL],
  ['int', CelScalar.INT],
  ['uint', CelScalar.UINT],
  ['double', CelScalar.DOUBLE],
  ['string', CelScalar.STRING],
  ['bytes', CelScalar.BYTES],
  ['null_type', CelScalar.NULL],
  ['type', CelScalar.TYPE],
  ['list', listType(DYN)],
  ['map', mapType(DYN, DYN)],
  ['google.protobuf.Timestamp', objectType(TimestampSchema)],
  ['google.protobuf.Duration', objectType(DurationSchema)],
])

/** `a.b.c` for an identifier followed by selections, else null. */
export function qualifiedName(expr: Expr): string | null {
  if (expr.kind === 'ident') return expr.name
  if (expr.kind !== 'select') return null
  const operand = qualifiedName(expr.operand)
  return operand === null ? null : `${operand}.${expr.field}`
}
