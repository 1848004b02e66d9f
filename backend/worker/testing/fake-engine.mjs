// Stands for the engine: one that gets stuck, and one that breaks, where it is asked to.
import { parentPort } from 'node:worker_threads'

parentPort.postMessage({ kind: 'opened' })
parentPort.on('message', ({ kind, id, url }) => {
  if (kind === 'ping') return parentPort.postMessage({ kind: 'pong' })
  if (kind === 'begin' && url.endsWith('/stuck')) for (;;);
  if (kind === 'begin') return parentPort.postMessage({ kind: 'begun' })
  if (kind === 'close') return parentPort.postMessage({ kind: 'closed' })
  if (kind !== 'request') return
  const path = new URL(url).pathname
  if (path === '/stuck' || path === '/admin/transact') for (;;);
  if (path === '/broken') throw new Error('a bug')
  const stream = new ReadableStream({
    start: (controller) => controller.enqueue(new Uint8Array([1])),
  })
  const body = path === '/stream' ? stream : new TextEncoder().encode(path).buffer
  parentPort.postMessage({ kind: 'response', id, status: 200, headers: [], body }, [body])
})
