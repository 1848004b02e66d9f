import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findFreePort } from './free-port'

const root = fileURLToPath(new URL('../..', import.meta.url))
const readyTimeoutMs = 60_000
const stopTimeoutMs = 15_000

export interface RunningBackend {
  readonly apiURI: string
  readonly dataDir: string
  readonly pid: number
  /** What it has written to stderr so far. */
  errors(): string
  /** Ends it and, unless it was given from outside, removes its data directory. */
  stop(): Promise<void>
}

export interface BackendOptions {
  /** A directory that outlives the process; else a temporary one is made. */
  readonly dataDir?: string
  readonly env?: Readonly<Record<string, string>>
}

/**
 * A backend process of its own, on a free port. It keeps its data in a directory of its own or, as
 * the environment says, in the Postgres of DATABASE_URL. It runs from the sources, or as built
 * when UNDERSTUDY_BUILT is set.
 */
export async function startBackend(options: BackendOptions = {}): Promise<RunningBackend> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'understudy-backend-')))
  const port = await findFreePort()
  const child = spawn(process.execPath, program(), {
    cwd: root,
    env: {
      ...process.env,
      BACKEND_HOST: '127.0.0.1',
      BACKEND_PORT: String(port),
      BACKEND_DATA_DIR: dataDir,
      BACKEND_DEMO: '',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const errors: string[] = []
  child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk.toString()))
  const removeData = async () => {
    if (!options.dataDir) await rm(dataDir, { recursive: true, force: true })
  }
  try {
    const apiURI = await readyAddress(child)
    return {
      apiURI,
      dataDir,
      pid: child.pid ?? 0,
      errors: () => errors.join(''),
      stop: async () => {
        await end(child)
        await removeData()
      },
    }
  } catch (error) {
    await end(child)
    await removeData()
    throw new Error(`${String(error)}\n${errors.join('')}`)
  }
}

function program(): string[] {
  // Without its parent it ends by itself, so a killed test run leaves nothing behind.
  const preload = ['--import', new URL('../../scripts/exit-with-parent.mjs', import.meta.url).href]
  return process.env.UNDERSTUDY_BUILT
    ? [...preload, '--enable-source-maps', 'dist/backend/main.js']
    : [...preload, '--import', 'tsx', 'backend/main.ts']
}

function readyAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = ''
    const timer = setTimeout(
      () => reject(new Error(`The backend was not ready within ${readyTimeoutMs / 1000} s.`)),
      readyTimeoutMs,
    )
    child.once('error', reject)
    child.once('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`The backend ended with code ${code} before it was ready.`))
    })
    child.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      const address = /ready on (http:\/\/\S+)/.exec(printed)?.[1]
      if (!address) return
      clearTimeout(timer)
      resolve(address)
    })
  })
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
  })
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs)
  await gone
  clearTimeout(timer)
}
