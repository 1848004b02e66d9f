import { toSmtp } from './auth/smtp'
import { seedDemo } from './demo/seed-demo'
import { readFileSettings } from './file-settings'
import { createHttpApp } from './http/http-app'
import { readMailSettings } from './mail-settings'
import { createEngine } from './operations/engine'
import { openFileStorage } from './operations/files/open-file-storage'
import { startSweeping } from './operations/start-sweeping'
import { type Listening, listen } from './serve'
import { readSettings, SettingsError } from './settings'
import type { Database } from './store/database'
import { migrate } from './store/migrate'
import { migrations } from './store/migrations'
import { openDatabase } from './store/open-database'
import { StoreError } from './store/store-error'

/** What has been opened, in the order in which it is closed. */
interface Running {
  readonly listening: Listening
  readonly stopSweeping: () => Promise<void>
  readonly db: Database
}

async function start(): Promise<Running> {
  const settings = readSettings(process.env)
  const mail = readMailSettings(process.env)
  const fileSettings = readFileSettings(process.env)
  const db = await openDatabase(settings)
  try {
    await migrate(db, migrations)
    const engine = createEngine(db, {
      ...(mail && { sendMail: toSmtp(mail) }),
      files: await openFileStorage(db, fileSettings, { dataDir: settings.dataDir }),
    })
    const listening = await listen(createHttpApp(engine), settings)
    if (settings.hasDemo) {
      await seedDemo(engine, { dataDir: settings.dataDir, apiURI: listening.url })
    }
    const place = settings.databaseUrl ? 'Postgres' : `PGlite in ${settings.dataDir}`
    console.log(`Understudy backend ready on ${listening.url} (${place})`)
    return { listening, stopSweeping: startSweeping(engine), db }
  } catch (error) {
    await db.close()
    throw error
  }
}

async function stop({ listening, stopSweeping, db }: Running): Promise<void> {
  await listening.close()
  await stopSweeping()
  await db.close()
}

// Signals that come while it starts wait for the start, so nothing is left half opened.
const running = start()
let isStopping = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (isStopping) return
    isStopping = true
    running
      .then(stop)
      .then(() => process.exit(0))
      .catch(fail)
  })
}
running.catch(fail)

function fail(error: unknown): never {
  const isExplained = error instanceof SettingsError || error instanceof StoreError
  console.error(isExplained ? error.message : error)
  process.exit(1)
}
