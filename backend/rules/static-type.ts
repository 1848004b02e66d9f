/** A type as the checker knows it. `dyn` is anything: nothing is complained about. */
export type StaticType =
  | { readonly kind: 'plain'; readonly name: string }
  | { readonly kind: 'list'; readonly of: StaticType }
  | { readonly kind: 'map'; readonly key: StaticType; readonly value: StaticType }
  /** A type variable of an overload. */
  | { readonly kind: 'param'; readonly name: string }

export function plain(name: string): StaticType {
  return { kind: 'plain', name }
}

export const dyn = plain('dyn')
export const bool = plain('bool')
export const string = plain('string')
export const timestamp = plain('google.protobuf.Timestamp')
export const rowType: StaticType = { kind: 'map', key: string, value: dyn }

export function listOf(of: StaticType): StaticType {
  return { kind: 'list', of }
}

/** The type as the compiler's messages print it. */
export function formatType(type: StaticType): string {
  switch (type.kind) {
    case 'plain':
      return type.name
    case 'param':
      return `%${type.name}`
    case 'list':
      return `list(${formatType(type.of)})`
    case 'map':
      return `map(${formatType(type.key)}, ${formatType(type.value)})`
  }
}

export type Substitution = Map<string, StaticType>

/** Whether a value of one type may stand where the other is asked for; fills in type variables. */
export function isAssignable(given: StaticType, wanted: StaticType, bound: Substitution): boolean {
  if (isDyn(wanted)) return true
  if (wanted.kind === 'param') {
    const known = bound.get(wanted.name)
    if (known && !isDyn(known)) return isAssignable(given, known, bound)
    bound.set(wanted.name, given)
    return true
  }
  if (isDyn(given)) return true
  if (given.kind === 'list' && wanted.kind === 'list') {
    return isAssignable(given.of, wanted.of, bound)
  }
  if (given.kind === 'map' && wanted.kind === 'map') {
    return (
      isAssignable(given.key, wanted.key, bound) && isAssignable(given.value, wanted.value, bound)
    )
  }
  return given.kind === 'plain' && wanted.kind === 'plain' && given.name === wanted.name
}

/** The type with its variables filled in; unknown ones are anything. */
export function substitute(type: StaticType, bound: Substitution): StaticType {
  switch (type.kind) {
    case 'plain':
      return type
    case 'param':
      return bound.get(type.name) ?? dyn
    case 'list':
      return listOf(substitute(type.of, bound))
    case 'map':
      return { kind: 'map', key: substitute(type.key, bound), value: substitute(type.value, bound) }
  }
}

/** The one type that all have, or `dyn`: literals may mix. */
export function joinTypes(types: readonly StaticType[]): StaticType {
  const [first = dyn, ...others] = types
  const name = formatType(first)
  return others.every((type) => formatType(type) === name) ? first : dyn
}

export function isDyn(type: StaticType): boolean {
  return type.kind === 'plain' && type.name === 'dyn'
}
