import { type CelUint, type CelValue, celMap, isCelUint } from '@bufbuild/cel'
import type { Expr } from './expression'
import type { Compiler, Run, Scope } from './frame'
import { Failure, isStuck } from './outcome'

type MapExpr = Extract<Expr, { kind: 'map' }>
type MapKey = string | boolean | bigint | CelUint

/** A map literal. Two keys that are equal, whatever their numeric types, are a failure. */
export function compileMap(expr: MapExpr, scope: Scope, { compile }: Compiler): Run {
  const entries = expr.entries.map(({ key, value }) => ({
    key: compile(key, scope),
    value: compile(value, scope),
  }))
  return (frame) => {
    const result = new Map<MapKey, CelValue>()
    for (const entry of entries) {
      const key = entry.key(frame)
      if (isStuck(key)) return key
      const value = entry.value(frame)
      if (isStuck(value)) return value
      const mapKey = toMapKey(key)
      if (mapKey === undefined) return new Failure('unsupported key type', expr)
      if (celMap(result).get(mapKey) !== undefined) {
        return new Failure(`map key conflict: ${String(key)}`, expr)
      }
      result.set(mapKey, value)
    }
    return celMap(result)
  }
}

function toMapKey(value: CelValue): MapKey | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'bigint':
      return value
    case 'number':
      return Number.isInteger(value) ? BigInt(value) : undefined
  }
  return isCelUint(value) ? value : undefined
}
