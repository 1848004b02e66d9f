/** Lets one piece of work run at a time, in the order of arrival. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve()

  run<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work)
    // The next in line waits for the end, not for success; who called hears of the failure.
    this.#last = turn.catch(() => {})
    return turn
  }
}
