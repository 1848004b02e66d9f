import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { connectionsFile, readConnections } from '@/backend/demo/connections-file'
import { planDemo } from '@/backend/demo/plan'
import { startBackend } from '@/e2e/support/start-backend'
import type { JsonObject } from '@/lib/base/json'
import { must } from '@/lib/base/must'
import { measureEngine } from './engine-alone'
import { type Figures, measure } from './measure'
import { type BenchRequest, benchRequests, smallRead } from './requests'

/**
 * Load and latency of the built backend over HTTP, on a demo app of `--scale` records. The baseline is the
 * server's bare answer to `GET /` through the same client: what no query can be faster than.
 */
const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
  },
})
const scale = Number(values.scale)
const durationMs = Number(values.seconds) * 1000
let hasHead = false

const dataDir = await mkdtemp(join(tmpdir(), 'understudy-bench-'))
try {
  seed()
  await reportAdded(await bench())
} finally {
  await rm(dataDir, { recursive: true, force: true })
}

function seed(): void {
  const startedAt = performance.now()
  execFileSync(process.execPath, ['dist/backend/seed-command.js', '--scale', String(scale)], {
    env: { ...process.env, BACKEND_DATA_DIR: dataDir },
    stdio: 'inherit',
  })
  console.log(`Seeding took ${((performance.now() - startedAt) / 1000).toFixed(1)} s in all.`)
}

/** The app that was asked, and medians: of the baseline, and of a small read where one was asked for. */
interface Benched {
  readonly appId: string
  readonly baselineMs: number
  readonly smallReadMs: number | null
}

async function bench(): Promise<Benched> {
  const startedAt = performance.now()
  const backend = await startBackend({ dataDir })
  try {
    console.log(`The backend was ready after ${Math.round(performance.now() - startedAt)} ms.`)
    const connection = must(
      (await readConnections(connectionsFile(dataDir)))[0],
      'an app was seeded',
    )
    const target = { ...connection, apiURI: backend.apiURI }
    const baseline = await both(() => get(backend.apiURI))
    report('baseline: GET /', baseline, baseline)
    let smallReadMs: number | null = null
    for (const request of benchRequests(planDemo(scale).counts.tickets)) {
      if (!request.name.includes(values.only)) continue
      const figures = await both((round) => send(target, request, round))
      report(request.name, figures, baseline)
      if (request.name === smallRead) smallReadMs = figures.alone.p50
    }
    console.log(`\nMemory of the backend: ${memoryMb(backend.pid)} MB`)
    return { appId: connection.appId, baselineMs: baseline.alone.p50, smallReadMs }
  } finally {
    await backend.stop()
  }
}

/** What HTTP adds to a small read: the client, the connection, the token and the thread included. */
async function reportAdded({ appId, baselineMs, smallReadMs }: Benched): Promise<void> {
  if (smallReadMs === null) return
  const request = benchRequests(planDemo(scale).counts.tickets).find(
    ({ name }) => name === smallRead,
  )
  const queryOf = (round: number) => {
    const body = must(request, 'it was measured over HTTP').body(round)
    return 'query' in body ? (body.query as JsonObject) : {}
  }
  const load = { concurrency: 1, durationMs }
  const { p50 } = await measureEngine({ dataDir, appId }, queryOf, load)
  console.log(
    `HTTP adds ${(smallReadMs - p50).toFixed(2)} ms to the median of ${smallRead}: the engine alone takes ${p50.toFixed(2)} ms, and GET / ${baselineMs.toFixed(2)} ms. (aim: 1 ms)`,
  )
}

interface Pair {
  readonly alone: Figures
  readonly busy: Figures
}

async function both(request: (round: number) => Promise<void>): Promise<Pair> {
  return {
    alone: await measure(request, { concurrency: 1, durationMs }),
    busy: await measure(request, { concurrency: 8, durationMs }),
  }
}

function report(name: string, { alone, busy }: Pair, baseline: Pair): void {
  const columns = ['p50 ms', 'p95 ms', '× base', '8: p95 ms', '8: per s', '× base']
  if (!hasHead)
    console.log(`\n${''.padEnd(44)}${columns.map((each) => each.padStart(11)).join('')}`)
  hasHead = true
  const cells = [
    alone.p50.toFixed(2),
    alone.p95.toFixed(2),
    (alone.p50 / baseline.alone.p50).toFixed(1),
    busy.p95.toFixed(2),
    busy.perSecond.toFixed(0),
    (baseline.busy.perSecond / busy.perSecond).toFixed(1),
  ]
  console.log(`${name.padEnd(44)}${cells.map((each) => each.padStart(11)).join('')}`)
}

async function get(url: string): Promise<void> {
  await (await fetch(url)).arrayBuffer()
}

async function send(
  { apiURI, appId, adminToken }: { apiURI: string; appId: string; adminToken: string },
  request: BenchRequest,
  round: number,
): Promise<void> {
  const body = request.body(round)
  const path = 'steps' in body ? '/admin/transact' : '/admin/query'
  const answer = await fetch(`${apiURI}${path}?app_id=${appId}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${adminToken}`,
      'app-id': appId,
    },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${request.name}: ${answer.status} ${text.slice(0, 500)}`)
}

/** Resident memory, where the system tells it. */
function memoryMb(pid: number): string {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kilobytes ? (Number(kilobytes) / 1024).toFixed(0) : '?'
  } catch {
    return '?'
  }
}
