/** `npm run export -- FILE` and `npm run import -- FILE`: a store to a file, and from it. */
import './node-version.mjs'
import { resolve } from 'node:path'
import { buildBackend, installPackages } from './build-steps.mjs'
import { command } from './command.mjs'
import { readSettings } from './settings.mjs'

await command(async ({ releaseSignals }) => {
  const { backend } = readSettings()
  await installPackages()
  await buildBackend()
  process.env.BACKEND_DATA_DIR = backend.dataDir
  process.setSourceMapsEnabled(true)
  const [what, file] = process.argv.slice(2)
  // As the person meant it, wherever npm was run.
  if (file) process.argv[3] = resolve(process.env.INIT_CWD ?? '.', file)
  process.argv[2] = what
  releaseSignals()
  await import('../dist/backend/move-command.js')
})
