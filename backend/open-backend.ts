import type { Hono } from 'hono'
import { toSmtp } from './auth/smtp'
import { seedDemo } from './demo/seed-demo'
import { readFileSettings } from './file-settings'
import { createHttpApp } from './http/http-app'
import { readMailSettings } from './mail-settings'
import { createEngine } from './operations/engine'
import { openFileStorage } from './operations/files/open-file-storage'
import { startJobs } from './operations/jobs/start-jobs'
import { startSweeping } from './operations/start-sweeping'
import type { Settings } from './settings'
import { migrate } from './store/migrate'
import { migrations } from './store/migrations'
import { openDatabase } from './store/open-database'

/** A backend over an open store, before and after it is reached over HTTP. */
export interface OpenBackend {
  readonly fetch: Hono['fetch']
  /** To be called once it is known where it listens: makes the demo app if that is wanted. */
  begin(url: string): Promise<void>
  close(): Promise<void>
}

/** Opens the store and everything on top of it. Raises a SettingsError or a StoreError. */
export async function openBackend(
  settings: Settings,
  env: Readonly<Record<string, string | undefined>>,
): Promise<OpenBackend> {
  const mail = readMailSettings(env)
  const fileSettings = readFileSettings(env)
  const db = await openDatabase(settings)
  try {
    await migrate(db, migrations)
    const engine = createEngine(db, {
      ...(mail && { sendMail: toSmtp(mail) }),
      files: await openFileStorage(db, fileSettings, { dataDir: settings.dataDir }),
    })
    const stopSweeping = startSweeping(engine)
    const stopJobs = await startJobs(engine)
    return {
      fetch: createHttpApp(engine).fetch,
      async begin(url) {
        if (settings.hasDemo) await seedDemo(engine, { dataDir: settings.dataDir, apiURI: url })
      },
      async close() {
        await stopJobs()
        await stopSweeping()
        await db.close()
      },
    }
  } catch (error) {
    await db.close()
    throw error
  }
}
