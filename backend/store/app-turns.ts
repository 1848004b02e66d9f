import type { AppKey } from '../schema/attr'
import { Turns } from './turns'

/**
 * Lets the writes of this process to one app come one after another, before any of them takes a
 * connection. They would wait for each other anyway (see lockApp), but with a connection each, and
 * a busy app would leave none for whoever else is there.
 */
export class AppTurns {
  readonly #turns = new Map<AppKey, { readonly turns: Turns; waiting: number }>()

  async run<T>(app: AppKey, work: () => Promise<T>): Promise<T> {
    const own = this.#turns.get(app) ?? { turns: new Turns(), waiting: 0 }
    this.#turns.set(app, own)
    own.waiting += 1
    try {
      return await own.turns.run(work)
    } finally {
      own.waiting -= 1
      if (own.waiting === 0) this.#turns.delete(app)
    }
  }
}
