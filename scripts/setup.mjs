/** `npm run setup`: installs and builds what is missing or stale, and nothing more. */
import './node-version.mjs'
import { buildBackend, buildDashboard, installPackages } from './build-steps.mjs'
import { command } from './command.mjs'

await command(async () => {
  await installPackages()
  await Promise.all([buildBackend(), buildDashboard()])
  console.log('Ready: npm start')
})
