/**
 * `npm run bench -- [--scale N] [--seconds S] [--only text]`: load and latency of the built backend.
 * `npm run bench -- rules [--rows N] [--rounds R]`: what rules cost, as a user against as the admin.
 */
import './node-version.mjs'
import { buildBackend, installPackages } from './build-steps.mjs'
import { command, end } from './command.mjs'
import { run } from './processes.mjs'

await command(async () => {
  await installPackages()
  await buildBackend()
  const [first, ...rest] = process.argv.slice(2)
  const isRules = first === 'rules'
  const program = [process.execPath, '--import', 'tsx', `e2e/bench/${isRules ? 'rules' : 'run'}.ts`]
  const code = await run('bench', [...program, ...(isRules ? rest : process.argv.slice(2))], {
    env: { UNDERSTUDY_BUILT: '1' },
    loud: true,
  })
  await end(code)
})
