/** `npm run backend`: the embedded backend alone, in this very process. */
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
  await import('../dist/backend/main.js')
})
