import { stat } from 'node:fs/promises'
import { startProgress } from '@/backend/demo/progress'
import { readSettings, SettingsError } from '@/backend/settings'
import type { Database } from '@/backend/store/database'
import { countRows } from '@/backend/store/dump'
import { migrate } from '@/backend/store/migrate'
import { migrations } from '@/backend/store/migrations'
import { openDatabase } from '@/backend/store/open-database'
import { StoreError } from '@/backend/store/store-error'
import { exportTo, importFrom } from './dump-file'

/**
 * `npm run export -- FILE` and `npm run import -- FILE`: all of a store to a file, and from it into an
 * empty one. The store is the one that the environment names, and is opened directly.
 */
const [what, file] = process.argv.slice(2)

try {
  if ((what !== 'export' && what !== 'import') || !file) {
    throw new SettingsError(`Usage: npm run ${what ?? 'export'} -- FILE`)
  }
  const { timeoutMs: _, ...location } = readSettings(process.env)
  const db = await openDatabase(location)
  try {
    await migrate(db, migrations)
    await (what === 'export' ? runExport(db, file) : runImport(db, file))
  } finally {
    await db.close()
  }
} catch (error) {
  const isExplained = error instanceof SettingsError || error instanceof StoreError
  console.error(isExplained ? error.message : error)
  process.exitCode = 1
}

async function runExport(db: Database, to: string): Promise<void> {
  const total = await db.transaction(countRows, 'read')
  const progress = startProgress(total, 'rows')
  await exportTo(db, to, progress.update)
  progress.stop()
  console.log(
    `Exported ${total.toLocaleString('en')} rows to ${to}. It holds admin tokens: keep it to yourself. The bytes of files are not in it.`,
  )
}

async function runImport(db: Database, from: string): Promise<void> {
  const { size } = await stat(from).catch(() => ({ size: 0 }))
  const progress = startProgress(size, 'bytes')
  const rows = await importFrom(db, from, progress.update).finally(progress.stop)
  await db.maintain()
  console.log(`Imported ${rows.toLocaleString('en')} rows from ${from}.`)
}
