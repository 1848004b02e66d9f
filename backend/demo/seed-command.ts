import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { readFileSettings } from '@/backend/file-settings'
import { openBlobStore } from '@/backend/files/open-blob-store'
import { readSettings, SettingsError } from '@/backend/settings'
import { migrate } from '@/backend/store/migrate'
import { migrations } from '@/backend/store/migrations'
import { openDatabase } from '@/backend/store/open-database'
import { StoreError } from '@/backend/store/store-error'
import { connectionsFile, saveConnection } from './connections-file'
import { demoTables } from './data'
import { leastTotal } from './plan'
import { startProgress } from './progress'
import { seedApp } from './seed-app'
import { noteSeedFiles, putSeedFiles } from './seed-files'

/**
 * `npm run seed -- --scale N [--title T]`: adds an app of N records to the embedded store, and its
 * connection to the list that the dashboard reads. The store is opened directly, so with PGlite
 * no backend may be running on it.
 */
const usage = `Usage: npm run seed -- --scale N [--title T]   (N is ${leastTotal} or more)`

class UsageError extends Error {}

try {
  await seed(parseOptions())
} catch (error) {
  const isExplained = [SettingsError, StoreError, UsageError].some((kind) => error instanceof kind)
  console.error(isExplained && error instanceof Error ? error.message : error)
  process.exitCode = 1
}

interface Options {
  readonly scale: number
  readonly title: string
}

function parseOptions(): Options {
  const { scale, title } = parseArguments()
  const total = Number(scale)
  if (!/^\d+$/.test(scale) || total < leastTotal) throw new UsageError(usage)
  return { scale: total, title: title ?? `Helpdesk, ${total.toLocaleString('en')} records` }
}

function parseArguments(): { scale: string; title: string | undefined } {
  try {
    const options = {
      scale: { type: 'string', default: '100000' },
      title: { type: 'string' },
    } as const
    const { values } = parseArgs({ options })
    return { scale: values.scale, title: values.title }
  } catch {
    throw new UsageError(usage)
  }
}

async function seed({ scale, title }: Options): Promise<void> {
  const { host, port, ...settings } = readSettings(process.env)
  const fileSettings = readFileSettings(process.env)
  const db = await openDatabase(settings)
  try {
    await migrate(db, migrations)
    const appId = randomUUID()
    const adminToken = randomUUID()
    const startedAt = performance.now()
    const progress = startProgress(scale, 'records')
    await seedApp(
      db,
      { id: appId, title, adminToken },
      { tables: demoTables(scale), onProgress: progress.update },
    )
    const source = { appId, total: scale }
    const { dataDir } = settings
    const blobs = await openBlobStore(fileSettings, { dataDir, isOwn: db.kind === 'pglite' })
    await putSeedFiles(blobs, source)
    await noteSeedFiles(db, source)
    progress.stop()
    // The backend corrects the address when it starts on another port.
    const apiURI = `http://${host}:${port}`
    await saveConnection(connectionsFile(dataDir), { title, apiURI, appId, adminToken })
    report({ title, scale, seconds: (performance.now() - startedAt) / 1000 })
  } finally {
    await db.close()
  }
}

function report({
  title,
  scale,
  seconds,
}: {
  title: string
  scale: number
  seconds: number
}): void {
  const perSecond = Math.round(scale / seconds).toLocaleString('en')
  const memoryMb = Math.round(process.resourceUsage().maxRSS / 1024)
  console.log(
    `Added "${title}": ${scale.toLocaleString('en')} records in ${seconds.toFixed(1)} s (${perSecond} per second, ${memoryMb} MB at most). npm start shows it.`,
  )
}
