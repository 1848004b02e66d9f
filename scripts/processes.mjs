import { spawn } from 'node:child_process'
import { Refusal, root } from './settings.mjs'

const running = new Set()
let isStopping = false
const exitWithParent = new URL('./exit-with-parent.mjs', import.meta.url).href

/**
 * A long-lived Node child. It has a process group of its own, so that Ctrl-C reaches it only
 * through us and only once, and it ends by itself if we are killed.
 */
export function launch(name, args, { env = {}, stdout = 'pipe', graceMs = 10_000 } = {}) {
  const child = spawn(process.execPath, ['--import', exitWithParent, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', stdout, 'inherit', 'ipc'],
    detached: true,
  })
  return adopt({ name, child, graceMs })
}

/**
 * Runs a command to its end. Its output is kept back and shown only when it fails, unless it is
 * `loud`. Resolves to the exit code; a signal counts as 1.
 */
export async function run(name, [command, ...args], { env = {}, loud = false } = {}) {
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', loud ? 'inherit' : 'pipe', loud ? 'inherit' : 'pipe'],
    detached: true,
  })
  const output = []
  child.stdout?.on('data', (chunk) => output.push(chunk))
  child.stderr?.on('data', (chunk) => output.push(chunk))
  const { exit } = adopt({ name, child, graceMs: 5_000 })
  const { code } = await exit
  // Whatever a command has left behind in its group goes with it.
  signalGroup(child, 'SIGKILL')
  if (code !== 0 && !isStopping) process.stderr.write(Buffer.concat(output))
  return code
}

/** As `run`, but a failure is a Refusal: the output above it says why. */
export async function runOrRefuse(name, command, options) {
  const code = await run(name, command, options)
  if (code !== 0) throw new Refusal(`${name} failed (exit code ${code}); its output is above.`)
}

/** Makes a child one of those that `stopAll` ends, by `signal` and, when that is too slow, by force. */
export function adopt({ name, child, graceMs, signal = 'SIGTERM' }) {
  const exit = new Promise((done) => {
    child.once('error', (error) => done({ code: 1, how: error.message }))
    // 'close' and not 'exit': by then the last words have been read.
    child.once('close', (code, signal) =>
      done({ code: code ?? 1, how: signal ? `was ended by ${signal}` : `ended with code ${code}` }),
    )
  })
  const entry = { name, child, graceMs, signal, exit }
  running.add(entry)
  exit.then(() => running.delete(entry))
  return entry
}

/** Asks the process to end, waits as long as it was granted, then ends it. False if it had to. */
export async function stop({ child, exit, graceMs, signal }) {
  if (child.exitCode !== null || child.signalCode !== null) return true
  child.kill(signal)
  let timer
  const late = new Promise((done) => {
    timer = setTimeout(done, graceMs, 'late')
  })
  const outcome = await Promise.race([exit, late])
  clearTimeout(timer)
  if (outcome !== 'late') return true
  signalGroup(child, 'SIGKILL')
  await exit
  return false
}

/** Stops everything still running, last started first. */
export async function stopAll() {
  isStopping = true
  const forced = []
  for (const entry of [...running].reverse()) {
    if (!(await stop(entry))) forced.push(entry.name)
  }
  return forced
}

/**
 * Calls `then` on the first SIGINT, SIGTERM or SIGHUP, until the returned function is called.
 * npm passes Ctrl-C on to a child that has seen it already, so a repeat means nothing.
 */
export function onSignal(then) {
  let isCaught = false
  const listen = (signal) => {
    if (isCaught) return
    isCaught = true
    then(signal)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, listen)
  return () => {
    for (const signal of signals) process.off(signal, listen)
  }
}

function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal)
  } catch {
    // Nobody left in the group.
  }
}
