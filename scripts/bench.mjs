/**
 * `npm run bench -- [--scale N] [--seconds S] [--only text]`: load and latency of the built backend.
 * `npm run bench -- rules [--rows N] [--rounds R]`: what rules cost, as a user against as the admin.
 * `npm run bench -- engine [--rounds R] [--facts N] [--only text]`: the engine against hand-written SQL over plain
 * tables and over triples, on PGlite, or on the Postgres of DATABASE_URL.
 * `npm run bench -- load [--seconds S]`: many readers and writers at once. `npm run bench -- scale`: a page of a million.
 * `npm run bench -- browser [--records N] [--scroll N]`: the Data page in Chromium.
 */
import './node-version.mjs'
import { buildBackend, installPackages } from './build-steps.mjs'
import { provideChromium } from './chromium.mjs'
import { command, end } from './command.mjs'
import { run } from './processes.mjs'

await command(async () => {
  await installPackages()
  await buildBackend()
  const [first, ...rest] = process.argv.slice(2)
  const known = {
    rules: 'rules.ts',
    engine: 'engine/run.ts',
    load: 'load.ts',
    scale: 'scale.ts',
    browser: 'browser.ts',
  }
  const file = Object.hasOwn(known, first ?? '') ? known[first] : null
  const program = [process.execPath, '--import', 'tsx', `e2e/bench/${file ?? 'run.ts'}`]
  const code = await run('bench', [...program, ...(file ? rest : process.argv.slice(2))], {
    env: { UNDERSTUDY_BUILT: '1', ...(await browserSettings(file)) },
    loud: true,
  })
  await end(code)
})

async function browserSettings(file) {
  if (file !== 'browser.ts') return {}
  const path = await provideChromium()
  return path === null ? {} : { CHROME_PATH: path }
}
