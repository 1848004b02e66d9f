import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { findInPath } from './chromium.mjs'
import { adopt, stop } from './processes.mjs'

/** The folder of the newest installed Postgres server's programs, or null. */
export function findPostgres() {
  const inPath = findInPath(['initdb'])
  if (inPath) return dirname(realpathSync(inPath))
  const base = '/usr/lib/postgresql'
  const versions = existsSync(base) ? readdirSync(base).map(Number).filter(Number.isFinite) : []
  const folders = versions.sort((a, b) => b - a).map((version) => join(base, `${version}`, 'bin'))
  return folders.find((folder) => existsSync(join(folder, 'initdb'))) ?? null
}

/**
 * A Postgres server of its own for the tests: in a temporary directory, on a free loopback port,
 * with a random password. Postgres refuses to run as root, so then it runs as an unprivileged
 * user. `stop` leaves nothing behind.
 */
export async function startPostgres(bin) {
  const user = unprivilegedUser()
  const folder = mkdtempSync(join(tmpdir(), 'understudy-pg-'))
  const data = join(folder, 'data')
  const passwordFile = join(folder, 'password')
  const password = randomBytes(18).toString('base64url')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  for (const path of user.uid === undefined ? [] : [folder, passwordFile]) {
    chownSync(path, user.uid, user.gid)
  }
  const options = { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], ...user }
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    execFileSync(
      join(bin, 'initdb'),
      ['-D', data, '-U', 'postgres', '-E', 'UTF8', '--locale=C', '--no-sync'].concat([
        '--auth=scram-sha-256',
        `--pwfile=${passwordFile}`,
      ]),
      options,
    )
  } catch (error) {
    remove()
    throw new Error(`initdb failed: ${error.stderr ?? error.message}`)
  }
  const port = await freePort()
  const child = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-h', '127.0.0.1', '-p', `${port}`, '-k', folder, '-c', 'fsync=off'],
    { ...options, stdio: 'ignore', detached: true },
  )
  // SIGINT is Postgres' fast shutdown: it does not wait for its clients to leave.
  const server = adopt({ name: 'Postgres', child, graceMs: 10_000, signal: 'SIGINT' })
  server.exit.then(remove)
  if (!(await isReady(bin, port, child))) {
    await stop(server)
    throw new Error('Postgres did not get ready.')
  }
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    stop: () => stop(server),
  }
}

async function isReady(bin, port, child) {
  for (let attempt = 0; attempt < 150 && child.exitCode === null; attempt++) {
    try {
      execFileSync(join(bin, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', `${port}`])
      return true
    } catch {
      await new Promise((done) => setTimeout(done, 100))
    }
  }
  return false
}

function unprivilegedUser() {
  if (process.getuid?.() !== 0) return {}
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag) => Number(execFileSync('id', [flag, name], { stdio: 'pipe' }).toString())
      return { uid: id('-u'), gid: id('-g') }
    } catch {
      // No such user here; the next one.
    }
  }
  throw new Error('There is no unprivileged user (postgres, nobody) to run Postgres as.')
}

function freePort() {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => done(port))
    })
  })
}
