import { parentPort } from 'node:worker_threads'
import { must } from '@/lib/base/must'
import { type OpenBackend, openBackend } from '../open-backend'
import { readSettings, SettingsError } from '../settings'
import { StoreError } from '../store/store-error'
import { type FromWorker, type ToWorker, transfersOf, type WireRequest } from './messages'

/*
 * The engine in a thread of its own, with PGlite in it. The thread that listens can end this one
 * when a statement does not come to an end: nothing else stops PGlite.
 */
const port = must(parentPort, 'this file is only ever run as a worker')
const requests = new Map<number, AbortController>()

const opened = openBackend(readSettings(process.env), process.env)
opened.then(
  () => tell({ kind: 'opened' }),
  (error: unknown) => tell({ kind: 'failed', ...explain(error) }),
)

port.on('message', (message: ToWorker) => {
  if (message.kind === 'ping') return tell({ kind: 'pong' })
  if (message.kind === 'gone') {
    requests.get(message.id)?.abort()
    requests.delete(message.id)
    return
  }
  opened.then((backend) => obey(backend, message)).catch(fail)
})

async function obey(
  backend: OpenBackend,
  message: Exclude<ToWorker, { readonly kind: 'ping' | 'gone' }>,
): Promise<void> {
  switch (message.kind) {
    case 'request':
      return answer(backend, message)
    case 'begin':
      await backend.begin(message.url)
      return tell({ kind: 'begun' })
    case 'close':
      await backend.close()
      return tell({ kind: 'closed' })
  }
}

async function answer({ fetch }: OpenBackend, message: WireRequest): Promise<void> {
  const { id, url, method, headers, body, ip } = message
  const gone = new AbortController()
  requests.set(id, gone)
  const request = new Request(url, {
    method,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
    body,
    // Wanted for a body that is a stream; the types of fetch do not have it yet.
    ...{ duplex: 'half' },
  })
  // As an option it would be followed by an object that Node 20 keeps for good.
  Object.defineProperty(request, 'signal', { value: gone.signal })
  const response = await fetch(request, { incoming: { socket: { remoteAddress: ip } } })
  const isStream = !response.headers.get('content-type')?.includes('json')
  const bytes = isStream ? response.body : await response.arrayBuffer()
  if (!isStream) requests.delete(id)
  const told = { kind: 'response', id, status: response.status, headers: [...response.headers] }
  port.postMessage({ ...told, body: bytes }, transfersOf(bytes))
}

function tell(message: FromWorker): void {
  port.postMessage(message)
}

// What the app answers nothing to is a bug of ours; it ends the process with its reason.
function fail(error: unknown): void {
  queueMicrotask(() => {
    throw error
  })
}

function explain(error: unknown): { message: string; isExplained: boolean } {
  const isExplained = error instanceof SettingsError || error instanceof StoreError
  if (isExplained) return { message: error.message, isExplained }
  return {
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    isExplained,
  }
}
