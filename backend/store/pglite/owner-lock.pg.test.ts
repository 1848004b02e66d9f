import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { acquireOwnerLock } from './owner-lock'

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'understudy-'))
})
afterEach(() => rm(dataDir, { recursive: true }))

test('a second owner is refused with the first one’s pid and start', async () => {
  const lock = await acquireOwnerLock(dataDir)

  await expect(acquireOwnerLock(dataDir)).rejects.toThrow(
    new RegExp(
      `^The data directory .* is in use by process ${process.pid}, started 20\\d\\d-.*Z\\. ` +
        'Stop that process, or give this one a data directory of its own\\.$',
    ),
  )
  await lock.release()
})

test('a released directory can be owned again, and no socket stays', async () => {
  for (let round = 0; round < 3; round += 1) await (await acquireOwnerLock(dataDir)).release()

  expect(await readdir(join(dataDir, '.owner'))).toEqual(['owner.json'])
})

test('the same directory by another path is the same', async () => {
  const lock = await acquireOwnerLock(dataDir)
  const link = `${dataDir}-link`
  await symlink(dataDir, link)

  await expect(acquireOwnerLock(link)).rejects.toThrow('is in use by')
  await rm(link)
  await lock.release()
})

test('a path longer than a socket’s may be is no obstacle', async () => {
  const long = join(dataDir, 'x'.repeat(120), 'y'.repeat(120))
  await mkdir(long, { recursive: true })
  const lock = await acquireOwnerLock(long)

  await expect(acquireOwnerLock(long)).rejects.toThrow('is in use by')
  await lock.release()
  await (await acquireOwnerLock(long)).release()
})

test('of many that start at once exactly one gets it', async () => {
  const outcomes = await Promise.allSettled(
    Array.from({ length: 8 }, () => acquireOwnerLock(dataDir)),
  )

  const owners = outcomes.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  expect(owners.length).toBe(1)
  for (const owner of owners) await owner.release()
})

test('a killed owner is succeeded at once, even if its pid now belongs to another', async () => {
  const socket = join(dataDir, '.owner', 'dead.sock')
  await mkdir(join(dataDir, '.owner'))
  await listenInChildAndKill(socket)
  const owner = { socket: 'dead.sock', pid: process.pid, startedAt: new Date().toISOString() }
  await writeFile(join(dataDir, '.owner', 'owner.json'), JSON.stringify(owner))
  expect(existsSync(socket)).toBe(true)

  const lock = await acquireOwnerLock(dataDir)

  expect(existsSync(socket)).toBe(false)
  await lock.release()
})

test('an owner that is too busy to answer is still the owner', async () => {
  await mkdir(join(dataDir, '.owner'))
  const child = spawn(process.execPath, [
    '-e',
    `require('net').createServer().listen(${JSON.stringify(join(dataDir, '.owner', 'busy.sock'))},
      () => { require('fs').writeSync(1, 'ready'); for (;;); })`,
  ])
  await once(child.stdout, 'data')

  await expect(acquireOwnerLock(dataDir)).rejects.toThrow('is in use by another process')

  child.kill('SIGKILL')
  await once(child, 'exit')
  await (await acquireOwnerLock(dataDir)).release()
})

async function listenInChildAndKill(socket: string): Promise<void> {
  const child = spawn(process.execPath, [
    '-e',
    `require('net').createServer().listen(${JSON.stringify(socket)}, () => console.log('ready'))`,
  ])
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'exit')
}
