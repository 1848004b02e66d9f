import { type CelValue, isCelList, isCelUint } from '@bufbuild/cel'
import type { CheckedType } from '@/backend/schema/attr'
import {
  allOf,
  anyOf,
  type NumberComparison,
  never,
  not,
  type RuleFilter,
  type Scalar,
} from './rule-filter'
import { constantTri, type Tri, total } from './tri'

/** `data.label == value`; null for a value that JSON equality does not settle. */
export function equalField(label: string, value: CelValue): Tri | null {
  if (value === null) return total({ kind: 'isNull', label })
  const scalar = toScalar(value)
  return scalar === null ? null : total({ kind: 'equals', label, value: scalar })
}

/** `data.label < value` and its like, on an attribute whose values are numbers: null fails. */
export function compareField(
  label: string,
  {
    operator,
    value,
    isFlipped,
  }: { readonly operator: string; readonly value: CelValue; readonly isFlipped: boolean },
): Tri | null {
  const by = (isFlipped ? flipped : straight)[operator]
  const number = toScalar(value)
  if (by === undefined || typeof number !== 'number') return null
  const yes: RuleFilter = { kind: 'compare', label, by, value: number }
  const isNull: RuleFilter = { kind: 'isNull', label }
  return { yes, no: allOf(not(isNull), not(yes)), error: isNull }
}

const straight: Readonly<Record<string, NumberComparison | undefined>> = {
  '_<_': '<',
  '_<=_': '<=',
  '_>_': '>',
  '_>=_': '>=',
}

const flipped: Readonly<Record<string, NumberComparison | undefined>> = {
  '_<_': '>',
  '_<=_': '>=',
  '_>_': '<',
  '_>=_': '<=',
}

/** `data.label` where a bool is wanted: anything else fails. */
export function fieldAsBool(label: string, type: CheckedType | null): Tri {
  const yes: RuleFilter = { kind: 'equals', label, value: true }
  const no: RuleFilter = { kind: 'equals', label, value: false }
  const error: RuleFilter = type === 'boolean' ? { kind: 'isNull', label } : not(anyOf(yes, no))
  return { yes, no, error }
}

/** `data.label in list`. Null is in no list. */
export function fieldInList(label: string, list: CelValue): Tri | null {
  if (!isCelList(list)) return null
  const items = [...list].filter((item) => item !== null).map(toScalar)
  const scalars = items.filter((item) => item !== null)
  if (scalars.length < items.length || items.length > maxItems) return null
  return total(anyOf(never, ...scalars.map((value) => ({ kind: 'equals', label, value }) as const)))
}

const maxItems = 100

/** `value in data.ref(path)`. */
export function containRef(path: string, value: CelValue): Tri | null {
  if (value === null) return constantTri.no
  const scalar = toScalar(value)
  return scalar === null ? null : total({ kind: 'linked', path, value: scalar })
}

/** The value as JSON has it, or null where that would blur it. */
function toScalar(value: CelValue): Scalar | null {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      return Number.isFinite(value) ? value : null
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : null
  }
  return isCelUint(value) ? toScalar(value.value) : null
}
