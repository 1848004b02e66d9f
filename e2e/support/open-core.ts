import { init, StoreInterface } from '@instantdb/core'
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

/** A socket that never opens, so HTTP is all there is. */
class QuietSocket {
  static readonly CONNECTING = 0
  static readonly OPEN = 1
  readonly readyState = QuietSocket.CONNECTING
  send() {}
  close() {}
}

const online = { getIsOnline: async () => true, listen: () => () => {} }

/**
 * The client of web pages, unmodified, in Node. It keeps still where it takes itself to be on a
 * server, so it is told that it runs in a browser extension.
 */
export function openCore({ apiURI, appId }: TestApp) {
  Object.assign(globalThis, { chrome: {}, WebSocket: QuietSocket })
  return init({ appId, apiURI, devtool: false }, MemoryStore, online)
}
