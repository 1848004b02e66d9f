import { onSignal, stopAll } from './processes.mjs'
import { Refusal } from './settings.mjs'

let ending = false

export const isEnding = () => ending

/**
 * Runs a command's body. A Refusal ends it with its one line and code 1; so does, with its
 * stack, a mistake of ours. SIGINT and SIGTERM end it with `signalCode`, unless the body
 * has released them. In every case nothing that was started is left running.
 */
export async function command(body, { signalCode = 130 } = {}) {
  const releaseSignals = onSignal(() => end(signalCode))
  try {
    await body({ releaseSignals })
  } catch (error) {
    // What fails because it is being stopped is not worth a word.
    if (ending) return
    console.error(error instanceof Refusal ? error.message : error)
    await end(1)
  }
}

/** Ends everything if this process does by itself: the others are of no use without it. */
export async function endWith({ name, exit }) {
  const { how } = await exit
  if (ending) return
  console.error(`${name} ${how}; stopping.`)
  await end(1)
}

/** Stops everything that was started, then exits; with code 1 if something had to be killed. */
export async function end(code) {
  if (ending) return
  ending = true
  const forced = await stopAll()
  for (const name of forced) console.error(`${name} did not stop in time and was killed.`)
  process.exit(forced.length > 0 ? 1 : code)
}
