import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { connectionOf } from '@/e2e/support/connections'
import { findFreePort } from '@/e2e/support/free-port'
import { makeNameless } from '@/e2e/support/people-app'
import { ask } from '@/e2e/support/transact'
import { api } from '@/lib/model/routes'

/** The one command, as a person runs it on what has been built. No browser is needed. */
test.describe.configure({ mode: 'serial' })

interface Run {
  readonly child: ChildProcess
  readonly ports: readonly number[]
  readonly ended: Promise<number | null>
  output(): string
}

let dataDir: string

test.beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'understudy-run-'))
})

test.afterAll(() => rm(dataDir, { recursive: true, force: true }))

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`it prints one address, and ${signal} leaves no process and no lock behind`, async () => {
    const run = await start()
    const address = `http://127.0.0.1:${run.ports[0]}`
    const lines = run
      .output()
      .split('\n')
      .filter((line) => line.includes('http://'))
    expect(lines).toEqual([expect.stringContaining(`Understudy is ready: ${address}`)])
    const page = await fetch(address)
    expect(page.status).toBe(200)
    // As a browser does: a page that is being sent is waited for.
    await page.text()
    run.child.kill(signal)

    expect(await run.ended).toBe(0)
    expect(await answering(run)).toEqual([])
  })
}

test('a later start finds the demo as it was, and its connection moves to the new port', async () => {
  const before = await connections()
  const run = await start()
  const after = await connections()
  run.child.kill('SIGTERM')
  await run.ended

  expect(after).toEqual([{ ...before[0], apiURI: `http://127.0.0.1:${run.ports[1]}` }])
})

test('when the backend dies, everything ends and says so', async () => {
  const run = await start()
  const backend = await pidOf('dist/backend/main.js', run.child.pid)
  test.skip(backend === null, 'processes can be found by /proc only')
  process.kill(backend ?? 0, 'SIGKILL')

  expect(await run.ended).toBe(1)
  expect(run.output()).toContain('The embedded backend was ended by SIGKILL; stopping.')
  expect(await answering(run)).toEqual([])
})

test('when it is killed itself, both programs end', async () => {
  const run = await start()
  run.child.kill('SIGKILL')
  await run.ended

  await expect.poll(() => answering(run), { timeout: 20_000 }).toEqual([])
})

test('with another backend named, the embedded one is not started', async () => {
  const run = await start({
    INSTANT_API_URI: process.env.E2E_BACKEND_URL ?? '',
    INSTANT_APP_ID: crypto.randomUUID(),
    INSTANT_APP_ADMIN_TOKEN: crypto.randomUUID(),
  })
  const ports = await answering(run)
  run.child.kill('SIGTERM')

  expect(await run.ended).toBe(0)
  expect(ports).toEqual([run.ports[0]])
})

test('a session made to act as a user ends with the dashboard', async () => {
  const app = await connectionOf('people')
  const { id } = await makeNameless(app)
  const run = await start({
    INSTANT_API_URI: app.apiURI,
    INSTANT_APP_ID: app.appId,
    INSTANT_APP_ADMIN_TOKEN: app.adminToken,
  })
  const counts = api.counts({ appId: app.appId, as: { kind: 'user', id } })
  expect((await fetch(`http://127.0.0.1:${run.ports[0]}${counts}`)).status).toBe(200)
  const where = { $user: id }
  const sessions = () => ask(app, { $userRefreshTokens: { $: { where } } })
  expect((await sessions()).$userRefreshTokens).toHaveLength(2)

  run.child.kill('SIGTERM')
  await run.ended
  expect((await sessions()).$userRefreshTokens).toHaveLength(1)
})

async function start(env: Record<string, string> = {}): Promise<Run> {
  const ports = [await findFreePort(), await findFreePort()]
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    env: {
      ...process.env,
      PORT: String(ports[0]),
      BACKEND_PORT: String(ports[1]),
      BACKEND_DATA_DIR: dataDir,
      DATABASE_URL: '',
      INSTANT_API_URI: '',
      INSTANT_APP_ID: '',
      INSTANT_APP_ADMIN_TOKEN: '',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  }
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (code) => resolve(code))
  })
  const run: Run = { child, ports, ended, output: () => output }
  await expect.poll(() => output, { timeout: 90_000 }).toContain('Understudy is ready')
  return run
}

async function connections(): Promise<readonly Record<string, string>[]> {
  return JSON.parse(await readFile(join(dataDir, 'connections.json'), 'utf8')).connections
}

/** The ports of a run at which somebody answers. */
async function answering({ ports }: Run): Promise<number[]> {
  const found: number[] = []
  for (const port of ports) {
    const answer = await fetch(`http://127.0.0.1:${port}/`, { redirect: 'manual' }).catch(
      () => null,
    )
    if (answer) found.push(port)
  }
  return found
}

/** The child of a process whose command line has the text; null where that cannot be told. */
async function pidOf(text: string, parent: number | undefined): Promise<number | null> {
  const read = (path: string) => readFile(path, 'utf8').catch(() => '')
  const children = await read(`/proc/${parent}/task/${parent}/children`)
  for (const pid of children.trim().split(' ').filter(Boolean)) {
    if ((await read(`/proc/${pid}/cmdline`)).includes(text)) return Number(pid)
  }
  return null
}
