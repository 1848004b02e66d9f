/**
 * `npm run screenshots`: every page in light and dark, at 1440 and 390 px, into docs/screenshots. The
 * demo app is always the same, so pictures change only when pages do.
 */
import './node-version.mjs'
import { buildBackend, buildDashboard, installPackages } from './build-steps.mjs'
import { provideChromium } from './chromium.mjs'
import { command, end } from './command.mjs'
import { run } from './processes.mjs'

await command(async () => {
  await installPackages()
  await Promise.all([buildBackend(), buildDashboard()])
  const chromium = await provideChromium()
  const cli = [process.execPath, 'node_modules/@playwright/test/cli.js', 'test']
  const code = await run('screenshots', [...cli, '--grep', '@screenshot'], {
    env: { SCREENSHOTS: '1', ...(chromium ? { CHROME_PATH: chromium } : {}) },
    loud: true,
  })
  await end(code)
})
