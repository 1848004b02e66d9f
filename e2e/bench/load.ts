import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { makeApp, pushSchema, type TestApp } from '@/e2e/support/make-app'
import { startBackend } from '@/e2e/support/start-backend'

/**
 * Many clients at once against the built backend: readers and writers for a while, with how long they
 * waited, what failed, and what memory the backend took on the way.
 */
const { values } = parseArgs({
  options: {
    readers: { type: 'string', default: '200' },
    writers: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '60' },
    records: { type: 'string', default: '20000' },
  },
})
const seconds = Number(values.seconds)

const backend = await startBackend()
try {
  const app = await makeApp({ apiURI: backend.apiURI, title: 'Load' })
  const ids = await fill(app, Number(values.records))
  const reads: number[] = []
  const writes: number[] = []
  const errors: string[] = []
  const startedAt = performance.now()
  const isOver = () => performance.now() - startedAt > seconds * 1000
  const memory = watchMemory(backend.pid, seconds)
  const repeat = async (times: number[], send: (round: number) => Promise<void>) => {
    for (let round = 0; !isOver(); round++) {
      const sentAt = performance.now()
      await send(round).catch((error: Error) => errors.push(error.message))
      times.push(performance.now() - sentAt)
    }
  }
  await Promise.all([
    ...Array.from({ length: Number(values.readers) }, (_, n) =>
      repeat(reads, (round) => post(app, '/admin/query', { query: readOf(ids, n * 31 + round) })),
    ),
    ...Array.from({ length: Number(values.writers) }, (_, n) =>
      repeat(writes, (round) =>
        post(app, '/admin/transact', { steps: [writeOf(ids, n * 97 + round)] }),
      ),
    ),
  ])
  report('reads', reads)
  report('writes', writes)
  console.log(`errors: ${errors.length}${errors[0] ? `, the first: ${errors[0]}` : ''}`)
  console.log(`memory of the backend, in MB, over the time: ${(await memory).join(' ')}`)
} finally {
  await backend.stop()
}

function readOf(ids: readonly string[], n: number): object {
  const id = ids[(n * 7_919) % ids.length]
  const queries = [
    { tasks: { $: { where: { id } } } },
    { tasks: { $: { limit: 50, order: { serverCreatedAt: 'desc' } } } },
    { tasks: { $: { where: { priority: { $gt: n % 100 } }, limit: 20 } } },
    { tasks: { $: { order: { priority: 'asc' }, limit: 20, offset: n % 1_000 } } },
  ]
  return queries[n % queries.length] ?? {}
}

function writeOf(ids: readonly string[], n: number): unknown[] {
  return n % 2 === 0
    ? ['update', 'tasks', ids[(n * 104_729) % ids.length], { priority: n % 100 }]
    : ['create', 'tasks', crypto.randomUUID(), { title: `New ${n}`, priority: n % 100 }]
}

async function fill(app: TestApp, count: number): Promise<readonly string[]> {
  const attr = (valueType: string, indexed: boolean) => ({
    valueType,
    required: false,
    config: { indexed, unique: false },
  })
  await pushSchema(app, {
    entities: {
      tasks: { attrs: { title: attr('string', false), priority: attr('number', true) } },
    },
    links: {},
  })
  const ids = Array.from({ length: count }, () => crypto.randomUUID())
  for (let done = 0; done < count; done += 1_000) {
    const steps = ids
      .slice(done, done + 1_000)
      .map((id, n) => ['create', 'tasks', id, { title: `Task ${done + n}`, priority: n % 100 }])
    await post(app, '/admin/transact', { steps })
  }
  return ids
}

async function post(
  { apiURI, appId, adminToken }: TestApp,
  path: string,
  body: object,
): Promise<void> {
  const answer = await fetch(apiURI + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'app-id': appId,
      authorization: `Bearer ${adminToken}`,
    },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${answer.status} ${text.slice(0, 200)}`)
}

/** Resident memory ten times over the run. */
async function watchMemory(pid: number, duration: number): Promise<readonly string[]> {
  const found: string[] = []
  for (let n = 0; n < 10; n++) {
    await new Promise((resolve) => setTimeout(resolve, duration * 95))
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
    const kb = /VmRSS:\s+(\d+)/.exec(status)?.[1]
    found.push(kb ? String(Math.round(Number(kb) / 1024)) : '?')
  }
  return found
}

function report(what: string, times: number[]): void {
  times.sort((a, b) => a - b)
  const at = (part: number) => times[Math.floor(times.length * part)] ?? 0
  const [p50, p99] = [at(0.5), at(0.99)]
  const figures = `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms (× ${(p99 / p50).toFixed(1)}, aim < 20)`
  console.log(`${what}: ${Math.round(times.length / seconds)} a second, ${figures}`)
}
