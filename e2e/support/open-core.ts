import {
  type InstantConfig,
  type InstantUnknownSchema,
  init,
  StoreInterface,
} from '@instantdb/core'
import type { TestApp } from './make-app'

/** Keeps what a browser would keep in IndexedDB. */
class MemoryStore extends StoreInterface {
  readonly #values = new Map<string, unknown>()

  override async getItem(key: string) {
    return this.#values.get(key) ?? null
  }
  override async removeItem(key: string) {
    this.#values.delete(key)
  }
  override async multiSet(pairs: [string, unknown][]) {
    for (const [key, value] of pairs) this.#values.set(key, value)
  }
  override async getAllKeys() {
    return [...this.#values.keys()]
  }
}

/** Does not know yet whether there is a network, so no socket is opened: HTTP is all there is. */
const undecided = { getIsOnline: () => new Promise<boolean>(() => {}), listen: () => () => {} }

/**
 * The client of web pages, unmodified, in Node. It keeps still where it takes itself to be on a
 * server, so it is told that it runs in a browser extension.
 */
export function openCore({ apiURI, appId }: TestApp) {
  Object.assign(globalThis, { chrome: {} })
  const config: InstantConfig<InstantUnknownSchema> = { appId, apiURI, devtool: false }
  return init(config, MemoryStore, undecided)
}
