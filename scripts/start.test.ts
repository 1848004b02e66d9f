import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

/** What `npm start` says before it does anything heavy: one line, and an exit code of 1. */
const program = fileURLToPath(new URL('./start.mjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'understudy-start-'))
const file = join(folder, 'file')
writeFileSync(file, '')

afterAll(() => rmSync(folder, { recursive: true }))

test.each<[what: string, env: Record<string, string>, line: RegExp]>([
  [
    'an address of the network',
    { HOST: '0.0.0.0' },
    /^HOST=0\.0\.0\.0 .* only loopback is allowed/,
  ],
  ['another one for the backend', { BACKEND_HOST: '192.0.2.1' }, /^BACKEND_HOST=192\.0\.2\.1 /],
  ['a port that is none', { PORT: 'http' }, /^PORT=http is not a port/],
  ['a port beyond the last', { BACKEND_PORT: '65536' }, /^BACKEND_PORT=65536 is not a port/],
  ['one port for both', { PORT: '4000', BACKEND_PORT: '4000' }, /are both 4000/],
  ['a data directory that is a file', { BACKEND_DATA_DIR: file }, /file cannot be written/],
  ['one in a file', { BACKEND_DATA_DIR: join(file, 'data') }, /cannot be written \(ENOTDIR\)/],
])('%s is refused in one line', (_what, env, line) => {
  const { status, stdout, stderr } = start(env)

  expect(stderr).toMatch(line)
  expect(stderr.trim().split('\n')).toHaveLength(1)
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
})

test.each([
  ['PORT', 'the dashboard'],
  ['BACKEND_PORT', 'the embedded backend'],
])('a taken port is refused with the name of its variable, %s', async (variable, what) => {
  const holder = createServer()
  const port = await new Promise<string>((resolve) => {
    holder.listen(0, '127.0.0.1', () =>
      resolve(String((holder.address() as { port: number }).port)),
    )
  })
  const { status, stderr } = start({ [variable]: port })
  holder.close()

  expect(stderr).toContain(`Port ${port}, meant for ${what}, is taken`)
  expect(stderr).toContain(`${variable}=`)
  expect(status).toBe(1)
})

test('an old Node is refused before anything else', () => {
  const older = "Object.defineProperty(process, 'versions', { value: { node: '20.18.3' } })"
  const preload = `data:text/javascript,${encodeURIComponent(older)}`
  const { status, stderr } = start({}, ['--import', preload])

  expect(stderr.trim()).toMatch(
    /^Understudy needs Node 20\.19 or newer; this is 20\.18\.3\.[^\n]*$/,
  )
  expect(status).toBe(1)
})

test('a child whose parent was killed ends by itself', async () => {
  const url = new URL('./processes.mjs', import.meta.url).href
  const child = "process.on('SIGTERM', () => process.exit(0)); setInterval(() => {}, 1000)"
  const code = `
    const { launch } = await import(${JSON.stringify(url)})
    const { child } = launch('child', ['--eval', ${JSON.stringify(child)}])
    console.log(child.pid)`
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', code])
  const pid = await new Promise<number>((resolve) => {
    parent.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk.toString())))
  })
  expect(isAlive(pid)).toBe(true)
  parent.kill('SIGKILL')

  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false)
}, 30_000)

function start(env: Record<string, string>, options: readonly string[] = []) {
  return spawnSync(process.execPath, [...options, program], {
    // Ports that nobody uses and that nobody gets to: each case is refused for another reason.
    env: {
      NODE_ENV: 'test',
      PATH: process.env.PATH,
      PORT: '47311',
      BACKEND_PORT: '47312',
      BACKEND_DATA_DIR: folder,
      ...env,
    },
    encoding: 'utf8',
    timeout: 20_000,
  })
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
