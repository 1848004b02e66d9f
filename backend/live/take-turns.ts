/** Runs work as soon as fewer than `most` others are running, in the order of arrival. */
export type InTurn = (work: () => Promise<void>) => Promise<void>

export function createTurns(most: number): InTurn {
  const waiting: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve))
    else running += 1
    try {
      await work()
    } finally {
      // The place is handed on, so nobody who comes now overtakes who waits.
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}
