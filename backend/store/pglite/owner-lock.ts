import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { StoreError } from '../store-error'
import { isListening, listen } from './owner-socket'

export interface OwnerLock {
  release(): Promise<void>
}

/** What an owner leaves beside its socket, for the message of whoever finds it there. */
interface Owner {
  readonly socket: string
  readonly pid: number
  readonly startedAt: string
}

const attempts = 6

/**
 * Makes this process the one owner of a data directory until `release`, or throws a StoreError
 * that names the owner. Two processes in one directory corrupt it silently.
 *
 * Each process listens on a Unix socket of its own in the directory and only then looks for
 * others, so of two that start together at least one sees the other and steps back. Whether a
 * process lives is what the kernel says of its socket: a killed one refuses connections at once
 * and a reused pid means nothing; containers that share a volume see each other as well. A file
 * with a pid has neither property. Names are never used again, so a dead socket is safe to remove.
 */
export async function acquireOwnerLock(dataDir: string): Promise<OwnerLock> {
  const folder = join(dataDir, '.owner')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const outcome = await tryToOwn(folder)
    if ('release' in outcome) return outcome
    const owner = readOwner(folder)
    if (owner && outcome.rivals.includes(owner.socket)) throw isOwned(dataDir, owner)
    // Another process is starting, and may be stepping back for this one.
    await sleep(20 + Math.random() * 200)
  }
  throw isOwned(dataDir, null)
}

async function tryToOwn(folder: string): Promise<OwnerLock | { readonly rivals: string[] }> {
  const socket = `${randomUUID()}.sock`
  const server = await listen(folder, socket)
  const release = async () => {
    rmSync(join(folder, socket), { force: true })
    await server.close()
  }
  const rivals = await findRivals(folder, socket)
  // A rival that looked before this socket listened took it for dead and removed it.
  if (rivals.length === 0 && existsSync(join(folder, socket))) {
    const owner: Owner = { socket, pid: process.pid, startedAt: startOfProcess() }
    writeFileSync(join(folder, 'owner.json'), JSON.stringify(owner))
    return { release }
  }
  await release()
  return { rivals }
}

/** The sockets of living processes, other than `own`; those of dead ones are removed. */
async function findRivals(folder: string, own: string): Promise<string[]> {
  const rivals: string[] = []
  for (const name of readdirSync(folder)) {
    if (!name.endsWith('.sock') || name === own) continue
    if (await isListening(folder, name)) rivals.push(name)
    else rmSync(join(folder, name), { force: true })
  }
  return rivals
}

function readOwner(folder: string): Owner | null {
  const file = join(folder, 'owner.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}

function isOwned(dataDir: string, owner: Owner | null): StoreError {
  const who = owner ? `process ${owner.pid}, started ${owner.startedAt}` : 'another process'
  return new StoreError(
    `The data directory ${dataDir} is in use by ${who}. ` +
      'Stop that process, or give this one a data directory of its own.',
  )
}

function startOfProcess(): string {
  return new Date(Date.now() - process.uptime() * 1000).toISOString()
}
