/** `npm run bench -- [--scale N] [--seconds S] [--only text]`: load and latency of the built backend. */
import './node-version.mjs'
import { buildBackend, installPackages } from './build-steps.mjs'
import { command, end } from './command.mjs'
import { run } from './processes.mjs'

await command(async () => {
  await installPackages()
  await buildBackend()
  const program = [process.execPath, '--import', 'tsx', 'e2e/bench/run.ts']
  const code = await run('bench', [...program, ...process.argv.slice(2)], {
    env: { UNDERSTUDY_BUILT: '1' },
    loud: true,
  })
  await end(code)
})
