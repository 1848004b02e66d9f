import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** A mistake of the person at the keyboard: shown as one line, without a stack. */
export class Refusal extends Error {}

/** What the environment (and `.env.local`, `.env` where they exist) says about both processes. */
export function readSettings() {
  for (const file of ['.env.local', '.env']) loadEnvFile(join(root, file))
  const env = process.env
  const dataDir = resolve(root, env.BACKEND_DATA_DIR || '.data')
  return {
    dashboard: {
      host: loopback('HOST', env.HOST || '127.0.0.1'),
      port: portNumber('PORT', env.PORT || '3000'),
    },
    backend: {
      host: loopback('BACKEND_HOST', env.BACKEND_HOST || '127.0.0.1'),
      port: portNumber('BACKEND_PORT', env.BACKEND_PORT || '8888'),
      dataDir,
      connectionsFile: join(dataDir, 'connections.json'),
      // Any of the three says that another backend is meant; the dashboard names what is missing.
      isEmbedded: !env.INSTANT_API_URI && !env.INSTANT_APP_ID && !env.INSTANT_APP_ADMIN_TOKEN,
    },
  }
}

/** Throws a Refusal unless both ports are free and the data directory can be written. */
export async function checkSettings({ dashboard, backend }) {
  if (backend.isEmbedded && dashboard.port === backend.port) {
    throw new Refusal(`PORT and BACKEND_PORT are both ${dashboard.port}; they must differ.`)
  }
  await checkPort(dashboard, 'PORT', 'the dashboard')
  if (!backend.isEmbedded) return
  await checkPort(backend, 'BACKEND_PORT', 'the embedded backend')
  await checkDataDir(backend.dataDir)
}

async function checkPort({ host, port }, variable, what) {
  const code = await new Promise((done) => {
    const probe = createServer()
    probe.once('error', (error) => done(error.code))
    probe.listen({ host, port }, () => probe.close(() => done(null)))
  })
  if (code === null) return
  const problem =
    code === 'EADDRINUSE'
      ? 'is taken by another process'
      : `cannot be used (${code === 'EACCES' ? 'not permitted' : code})`
  throw new Refusal(
    `Port ${port}, meant for ${what}, ${problem}. Free it, or set ${variable} to another port: ${variable}=${port + 1} npm start`,
  )
}

async function checkDataDir(dataDir) {
  const probe = join(dataDir, `.writable-${process.pid}`)
  try {
    // Made here if missing, readable by its owner only: tokens will live in it.
    await makeFolder(dataDir)
    await writeFile(probe, '')
    await rm(probe)
  } catch (error) {
    throw new Refusal(
      `The data directory ${dataDir} cannot be written (${error.code}). Fix its permissions, or set BACKEND_DATA_DIR to another.`,
    )
  }
}

// Not mkdir's own `recursive`: it never returns where a file system, such as /proc, takes no folders.
async function makeFolder(path) {
  if (existsSync(path)) return
  if (dirname(path) !== path) await makeFolder(dirname(path))
  await mkdir(path, { mode: 0o700 })
}

function loopback(variable, host) {
  if (['127.0.0.1', 'localhost', '::1'].includes(host)) return host
  throw new Refusal(
    `${variable}=${host} would open Understudy to the network, but sign-in is not there yet; only loopback is allowed. Unset ${variable}, or set it to 127.0.0.1.`,
  )
}

function portNumber(variable, text) {
  const port = Number(text)
  if (/^\d+$/.test(text) && port >= 1 && port <= 65535) return port
  throw new Refusal(`${variable}=${text} is not a port; use a number from 1 to 65535.`)
}

function loadEnvFile(file) {
  try {
    process.loadEnvFile(file)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
}
