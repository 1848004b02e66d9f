/** `npm run seed -- --scale N [--title T]`: adds a generated app to the embedded store. */
import './node-version.mjs'
import { buildBackend, installPackages } from './build-steps.mjs'
import { command } from './command.mjs'
import { readSettings } from './settings.mjs'

await command(async ({ releaseSignals }) => {
  const { backend } = readSettings()
  await installPackages()
  await buildBackend()
  process.env.BACKEND_DATA_DIR = backend.dataDir
  process.setSourceMapsEnabled(true)
  releaseSignals()
  await import('../dist/backend/seed-command.js')
})
