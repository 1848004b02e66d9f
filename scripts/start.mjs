/**
 * `npm start`: the one command. Installs and builds what is missing or stale, runs the embedded
 * backend (unless INSTANT_API_URI, INSTANT_APP_ID and INSTANT_APP_ADMIN_TOKEN name another one) and the dashboard, and stops both on
 * SIGINT or SIGTERM. If either process dies, everything ends with a non-zero code.
 */
import './node-version.mjs'
import { buildBackend, buildDashboard, installPackages, nextBin } from './build-steps.mjs'
import { command, endWith, isEnding } from './command.mjs'
import { launch } from './processes.mjs'
import { startBackend, untilAnswers } from './running.mjs'
import { checkSettings, readSettings } from './settings.mjs'

await command(start, { signalCode: 0 })

async function start() {
  const settings = readSettings()
  await checkSettings(settings)
  await installPackages()
  await Promise.all([runBackend(settings), buildDashboard()])
  if (isEnding()) return
  const address = await runDashboard(settings)
  if (!isEnding()) console.log(`Understudy is ready: ${address}  (Ctrl-C stops it)`)
}

async function runBackend({ backend }) {
  if (!backend.isEmbedded) return
  await buildBackend()
  if (isEnding()) return
  const { process: entry, ready } = startBackend(backend, ['dist/backend/main.js'])
  endWith(entry)
  await ready
}

async function runDashboard({ dashboard, backend }) {
  const { host, port } = dashboard
  const entry = launch('The dashboard', [nextBin, 'start', '-H', host, '-p', String(port)], {
    env: {
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      UNDERSTUDY_CONNECTIONS_FILE: backend.connectionsFile,
    },
    graceMs: 5_000,
  })
  endWith(entry)
  const showOutput = hold(entry.child.stdout)
  const address = `http://${host === '::1' ? '[::1]' : host}:${port}`
  await untilAnswers(entry, address)
  showOutput()
  return address
}

/** Drops what is printed before the returned function is called: Next's banner has addresses too. */
function hold(stdout) {
  let isShown = false
  stdout.on('data', (chunk) => {
    if (isShown) process.stdout.write(chunk)
  })
  return () => {
    isShown = true
  }
}
