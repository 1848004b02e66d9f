import { get } from 'node:http'
import { launch } from './processes.mjs'

/** Starts the embedded backend; `ready` resolves to its address once it has printed its line. */
export function startBackend({ host, port, dataDir }, args, { env = {} } = {}) {
  const entry = launch('The embedded backend', ['--enable-source-maps', ...args], {
    env: {
      BACKEND_HOST: host,
      BACKEND_PORT: String(port),
      BACKEND_DATA_DIR: dataDir,
      BACKEND_DEMO: '1',
      ...env,
    },
    // It writes a checkpoint before it leaves.
    graceMs: 15_000,
  })
  const ready = new Promise((done) => {
    let printed = ''
    entry.child.stdout.setEncoding('utf8')
    entry.child.stdout.on('data', (chunk) => {
      if (printed === null) {
        process.stdout.write(chunk)
        return
      }
      printed += chunk
      const address = /ready on (http:\/\/\S+)/.exec(printed)?.[1]
      if (!address) return
      printed = null
      done(address)
    })
  })
  return { process: entry, ready }
}

/** Resolves when the address gives any HTTP answer at all, or the process has ended. */
export async function untilAnswers({ child, exit }, address) {
  const startedAt = performance.now()
  let hasEnded = false
  exit.then(() => {
    hasEnded = true
  })
  while (!hasEnded) {
    if (await hasAnswer(address)) return
    const isEarly = performance.now() - startedAt < 5_000
    await new Promise((done) => setTimeout(done, isEarly ? 50 : 250))
    if (child.exitCode !== null) return
  }
}

/** On a connection of its own, which is closed: one kept alive would hold up a stop. */
function hasAnswer(address) {
  return new Promise((done) => {
    const request = get(address, { agent: false, timeout: 10_000 }, (answer) => {
      answer.resume()
      done(true)
    })
    request.once('timeout', () => request.destroy())
    request.once('error', () => done(false))
  })
}
