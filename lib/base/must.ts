/**
 * The value, which an invariant says is there. The message states that invariant; seeing it
 * thrown means a bug of ours, never a mistake of the caller.
 */
export function must<T>(value: T | null | undefined, invariant: string): T {
  if (value === null || value === undefined) throw new Error(`Invariant broken: ${invariant}`)
  return value
}

/** Marks a branch that the types prove cannot be taken. */
export function unreachable(value: never): never {
  throw new Error(`Unreachable: ${JSON.stringify(value)}`)
}
