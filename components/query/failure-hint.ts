import { isJsonObject } from '@/lib/base/json'

/** One entry of `hint.errors`: what is wrong, and where in the query. */
export interface HintError {
  /** Instant's `in`; empty when it names no place. */
  readonly path: readonly unknown[]
  readonly message: string | null
  /** The name of the check that failed, such as `map?`. */
  readonly expected: string | null
}

/** The errors a hint lists. Instant writes the check as `expected`, or as `expected?`. */
export function hintErrors(hint: unknown): readonly HintError[] {
  if (!isJsonObject(hint) || !Array.isArray(hint.errors)) return []
  return hint.errors.filter(isJsonObject).map((error) => ({
    path: Array.isArray(error.in) ? error.in : [],
    message: typeof error.message === 'string' ? error.message : null,
    expected: textOf(error.expected) ?? textOf(error['expected?']),
  }))
}

/** What else a hint says, or undefined when that is nothing: the query itself is in the editor. */
export function otherHints(hint: unknown): unknown {
  if (!isJsonObject(hint)) return hint ?? undefined
  const known = new Set(['errors', 'input', 'original-input', 'data-type'])
  const others = Object.entries(hint).filter(([key]) => !known.has(key))
  return others.length === 0 ? undefined : Object.fromEntries(others)
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
