/** Choices that are the same on every run. */
export interface Random {
  pick<T>(from: readonly T[]): T
}

/** A small generator: each seed gives a sequence of its own. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  return {
    pick: <T>(from: readonly T[]) => from[Math.floor(next() * from.length)] as T,
  }
}
