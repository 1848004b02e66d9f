import { openBackend } from './open-backend'
import { type Listening, listen } from './serve'
import { readSettings, type Settings, SettingsError } from './settings'
import { StoreError } from './store/store-error'
import { startGuardedEngine } from './worker/guarded-engine'

/** What has been opened, in the order in which it is closed. */
interface Running {
  readonly listening: Listening
  readonly close: () => Promise<void>
}

async function start(): Promise<Running> {
  const settings = readSettings(process.env)
  const backend = await open(settings)
  try {
    const listening = await listen(backend.fetch, settings)
    await backend.begin(listening.url)
    const place = settings.databaseUrl ? 'Postgres' : `PGlite in ${settings.dataDir}`
    console.log(`Understudy backend ready on ${listening.url} (${place})`)
    return { listening, close: () => backend.close() }
  } catch (error) {
    await backend.close()
    throw error
  }
}

/** Postgres ends statements that take too long by itself; PGlite needs a thread that can be ended. */
async function open(settings: Settings) {
  if (settings.databaseUrl) return openBackend(settings, process.env)
  const engine = await startGuardedEngine(settings)
  engine.broken.catch(fail)
  return engine
}

async function stop({ listening, close }: Running): Promise<void> {
  await listening.close()
  await close()
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
