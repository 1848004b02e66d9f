/** `npm run dev`: both programs from their sources, restarted or reloaded when these change. */
import './node-version.mjs'
import { installPackages, nextBin } from './build-steps.mjs'
import { command, endWith, isEnding } from './command.mjs'
import { launch } from './processes.mjs'
import { startBackend } from './running.mjs'
import { checkSettings, readSettings } from './settings.mjs'

await command(develop, { signalCode: 0 })

async function develop() {
  const settings = readSettings()
  await checkSettings(settings)
  await installPackages()
  const { backend, dashboard } = settings
  if (backend.isEmbedded) {
    const tsx = ['node_modules/tsx/dist/cli.mjs', 'watch', '--clear-screen=false']
    const { process: entry, ready } = startBackend(backend, [...tsx, 'backend/main.ts'])
    endWith(entry)
    console.log(`The embedded backend is ready on ${await ready}`)
  }
  if (isEnding()) return
  const next = [nextBin, 'dev', '-H', dashboard.host, '-p', String(dashboard.port)]
  endWith(
    launch('The dashboard', next, {
      env: {
        NEXT_TELEMETRY_DISABLED: '1',
        UNDERSTUDY_CONNECTIONS_FILE: backend.connectionsFile,
      },
      stdout: 'inherit',
      graceMs: 5_000,
    }),
  )
}
