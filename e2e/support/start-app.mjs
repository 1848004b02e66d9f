/**
 * What Playwright starts: the one command, with a data directory that is empty at first and gone
 * at the end. The tests read the connections file in it, and add to it.
 */
import { rmSync } from 'node:fs'

const dataDir = process.env.BACKEND_DATA_DIR
if (!dataDir) throw new Error('BACKEND_DATA_DIR says where the data of the tests may be.')

const remove = () => rmSync(dataDir, { recursive: true, force: true })
remove()
process.on('exit', remove)
// Playwright, when it is killed, leaves its web server running.
const parent = process.ppid
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM')
}, 1_000).unref()
await import('../../scripts/start.mjs')
