import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium, type Page } from '@playwright/test'
import { connectionsFile, saveConnection } from '@/backend/demo/connections-file'
import { migrate } from '@/backend/store/migrate'
import { migrations } from '@/backend/store/migrations'
import { openDatabase } from '@/backend/store/open-database'
import { chromiumLaunch } from '@/e2e/support/chromium-launch'
import { findFreePort } from '@/e2e/support/free-port'
import { asAdmin } from '@/lib/model/identity'
import { api, pages } from '@/lib/model/routes'
import { type ItemsApp, loadItemsApp } from './items-app'

/**
 * The Data page in Chromium, on a namespace of `--records`: what it downloads, how soon its first rows
 * are there against the call of the backend they need, how evenly it scrolls, and how long sorting and
 * filtering keep the page from answering.
 */
const { values } = parseArgs({
  options: {
    records: { type: 'string', default: '1000000' },
    scroll: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '15' },
  },
})
const rounds = Number(values.rounds)
const dataDir = await mkdtemp(join(tmpdir(), 'understudy-browser-bench-'))
const [port, backendPort] = [await findFreePort(), await findFreePort()]
const dashboard = `http://127.0.0.1:${port}`
const backend = `http://127.0.0.1:${backendPort}`

let product: ChildProcess | null = null
try {
  const app = await seed()
  product = await start()
  await bench(app)
} finally {
  await end(product)
  await rm(dataDir, { recursive: true, force: true })
}

async function seed(): Promise<ItemsApp> {
  const db = await openDatabase({ dataDir })
  try {
    await migrate(db, migrations)
    const app = await loadItemsApp(db, Number(values.records))
    await db.maintain()
    const { appId, adminToken } = app
    const connection = { title: 'Items', apiURI: backend, appId, adminToken }
    await saveConnection(connectionsFile(dataDir), connection)
    return app
  } finally {
    await db.close()
  }
}

async function start(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    env: {
      ...process.env,
      PORT: String(port),
      BACKEND_PORT: String(backendPort),
      BACKEND_DATA_DIR: dataDir,
      DATABASE_URL: '',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The start ended with ${code}.`)))
    child.stdout?.on('data', (text: Buffer) => {
      if (text.includes('Understudy is ready')) resolve()
    })
  })
  return child
}

async function end(child: ChildProcess | null): Promise<void> {
  if (!child || child.exitCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}

async function bench(app: ItemsApp): Promise<void> {
  const browser = await chromium.launch(chromiumLaunch)
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await measureDownload(page, app)
    await measureFirstRows(app)
    await measureDocument(app)
    await measureScroll(page, app)
    await measureLongTasks(page, app)
  } finally {
    await browser.close()
  }
}

async function measureDownload(page: Page, app: ItemsApp): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  const scripts = new Map<string, string>()
  const bytes = new Map<string, number>()
  session.on('Network.responseReceived', ({ requestId, type, response }) => {
    if (type === 'Script') scripts.set(requestId, response.url)
  })
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const url = scripts.get(requestId)
    if (url) bytes.set(url, encodedDataLength)
  })
  await open(page, app)
  await page.waitForLoadState('networkidle')
  // The document's own, without what is fetched ahead for what comes next.
  const html = await (await fetch(page.url())).text()
  const own = [...bytes.keys()].filter((url) =>
    html.includes(`<script src="${new URL(url).pathname}"`),
  )
  const editors = [...scripts.values()].filter((url) => /monaco|editor/i.test(url))
  await session.detach()
  const sum = (urls: readonly string[]) => urls.reduce((all, url) => all + (bytes.get(url) ?? 0), 0)
  const figures = [sum(own), sum([...bytes.keys()])].map((each) => Math.round(each / 1024))
  report(
    'JavaScript of the Data page',
    `${figures[0]} kB compressed; with what is fetched ahead ${figures[1]} kB`,
    '≤ 300 kB',
  )
  report('requests of the editor', `${editors.length}`, '0')
}

/** What the browser waits for, against the call that the backend answers, turn by turn. */
async function measureFirstRows({ appId, adminToken }: ItemsApp): Promise<void> {
  const app = asAdmin(appId)
  const search = new URLSearchParams({ size: '100' })
  const query = { items: { $: { order: { serverCreatedAt: 'desc' }, limit: 100, offset: 0 } } }
  const call = {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${adminToken}`,
      'app-id': appId,
    },
    body: JSON.stringify({ query }),
  }
  // Something the dashboard answers without a thought.
  const html = await (await fetch(dashboard + pages.data(app))).text()
  const script = /\/_next\/static\/chunks\/[^"]+\.css/.exec(html)?.[0] ?? '/'
  const times = { rows: [] as number[], call: [] as number[], trip: [] as number[] }
  for (let round = -5; round < rounds * 10; round++) {
    const measured = {
      rows: await timed(() => fetch(dashboard + api.records(app, 'items', search))),
      call: await timed(() => fetch(`${backend}/admin/query?app_id=${appId}`, call)),
      trip: await timed(() => fetch(dashboard + script)),
    }
    if (round < 0) continue
    for (const name of ['rows', 'call', 'trip'] as const) times[name].push(measured[name])
  }
  const [rows, backendCall, trip] = [median(times.rows), median(times.call), median(times.trip)]
  const ratio = (rows - trip) / backendCall
  const figures = `${rows.toFixed(1)} ms; the call ${backendCall.toFixed(1)} ms, a round trip ${trip.toFixed(1)} ms`
  report(
    'first rows, without a round trip, / the call',
    `${ratio.toFixed(2)} (${figures})`,
    '≤ 1.3',
  )
}

/** How soon the HTML of the page is there, with rows in it. */
async function measureDocument({ appId }: ItemsApp): Promise<void> {
  const app = asAdmin(appId)
  const times: number[] = []
  let withRows = 0
  for (let round = -2; round < rounds; round++) {
    const startedAt = performance.now()
    const html = await (await fetch(dashboard + pages.data(app, 'items'))).text()
    const took = performance.now() - startedAt
    // The counts that the page began may still be under way: the next round is not to wait for them.
    await fetch(dashboard + api.counts(app))
    if (round < 0) continue
    times.push(took)
    if (html.includes('role="gridcell"')) withRows += 1
  }
  const figures = `${median(times).toFixed(0)} ms, with rows in ${withRows} of ${rounds}`
  console.log(`HTML of the Data page: ${figures}`)
}

async function timed(request: () => Promise<Response>): Promise<number> {
  const startedAt = performance.now()
  const response = await request()
  await response.arrayBuffer()
  return performance.now() - startedAt
}

async function measureScroll(page: Page, app: ItemsApp): Promise<void> {
  await open(page, app, { size: '1000' })
  const { frames, rows } = await page.evaluate(scrollThrough, Number(values.scroll))
  const sorted = frames.toSorted((a, b) => a - b)
  const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? 0
  const name = `frame while scrolling through ${rows.toLocaleString('en')} rows, p95`
  report(name, `${p95.toFixed(1)} ms of ${frames.length} frames`, '≤ 17 ms')
}

/** Runs in the page: 20 rows a frame, as far as rows are there. */
async function scrollThrough(rowsWanted: number) {
  const grid = document.querySelector('[role=grid]')
  const frames: number[] = []
  const step = 20
  let rows = 0
  let last = performance.now()
  let stillSince = last
  while (grid && rows < rowsWanted && performance.now() - stillSince < 20_000) {
    const before = grid.scrollTop
    grid.scrollTop = before + step * 32
    const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve))
    frames.push(now - last)
    last = now
    // At the end of what is here, the next page is waited for; rows that went before count as scrolled.
    if (grid.scrollTop > before) {
      rows += step
      stillSince = now
    }
  }
  return { frames, rows }
}

async function measureLongTasks(page: Page, app: ItemsApp): Promise<void> {
  for (const [name, act] of [
    ['sorting', () => page.getByRole('columnheader', { name: /^rank/ }).click()],
    ['filtering', () => page.getByRole('searchbox', { name: 'Search items' }).fill('Item 77')],
  ] as const) {
    const longest: number[] = []
    for (let round = 0; round < rounds; round++) {
      await open(page, app)
      await page.evaluate(watchTasks)
      await act()
      await page.waitForTimeout(600)
      await page.waitForFunction(() => !document.querySelector('[role=grid][aria-busy=true]'))
      longest.push(await page.evaluate(longestTask))
    }
    const worst = Math.max(...longest)
    const figures = `median ${median(longest).toFixed(0)} ms, worst ${worst.toFixed(0)} ms`
    report(`longest task while ${name} (0: none over 50 ms)`, figures, '≤ 50 ms')
  }
}

function watchTasks(): void {
  const watched = window as unknown as { longestTask: number }
  watched.longestTask = 0
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      watched.longestTask = Math.max(watched.longestTask, duration)
    }
  }).observe({ type: 'longtask' })
}

function longestTask(): number {
  return (window as unknown as { longestTask: number }).longestTask
}

async function open(page: Page, { appId }: ItemsApp, search?: Record<string, string>) {
  await page.goto(dashboard + pages.data(asAdmin(appId), 'items', new URLSearchParams(search)))
  // Its rows come with the HTML. It is not busy once it answers to what is done with it.
  const grid = page.locator('[role=grid][aria-busy=false]')
  await grid.locator('[role=gridcell][aria-colindex="3"]').first().waitFor({ timeout: 60_000 })
}

function report(name: string, figure: string, aim: string): void {
  console.log(`${name}: ${figure} (aim ${aim})`)
}

function median(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
