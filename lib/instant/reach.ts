import 'server-only'
import { InstantAPIError } from '@instantdb/admin'
import { must } from '@/lib/base/must'
import { type Failure, isFailure } from '@/lib/model/failure'
import { InstantError } from '@/lib/model/instant-error'
import type { Connection } from './connection'
import { toRefusal } from './refusal'

/** How long a backend may take before it counts as not answering. */
const limitMs = 30_000

export interface ReachOptions {
  /** Aborted when whoever asked is gone. */
  readonly signal?: AbortSignal | undefined
  readonly timeoutMs?: number
  /** Beside the admin token, what no failure may quote. May grow while the request runs. */
  readonly secrets?: readonly string[]
}

/**
 * Runs a request to a backend, and turns everything that can go wrong with it into an InstantError:
 * the backend's own refusals keep their type, message, hint and status; a backend that is down is
 * `unreachable`, one that is slow is `timed-out`.
 */
export async function reach<T>(
  connection: Connection,
  request: (signal: AbortSignal) => Promise<T>,
  { signal, timeoutMs = limitMs, secrets = [] }: ReachOptions = {},
): Promise<T> {
  const timeout = AbortSignal.timeout(timeoutMs)
  const either = signal ? AbortSignal.any([timeout, signal]) : timeout
  try {
    either.throwIfAborted()
    return await untilAborted(request(either), either)
  } catch (error) {
    if (isBug(error)) throw error
    const circumstances = { connection, timedOut: timeout.aborted, timeoutMs }
    const told = error instanceof InstantError ? error.failure : toFailure(error, circumstances)
    throw new InstantError(withoutSecrets(told, [connection.adminToken, ...secrets]))
  }
}

// The SDK's transact takes no signal, so its promise is raced against one.
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let abort: () => void = () => undefined
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

// A backend that does not know a token quotes it in its hint, and a failure goes to the browser.
function withoutSecrets(told: Failure, [adminToken, ...others]: readonly string[]): Failure {
  const quoted = (secret = '') => JSON.stringify(secret).slice(1, -1)
  const text = JSON.stringify(told).replaceAll(quoted(adminToken), '(the admin token)')
  const safe = others.reduce((rest, each) => rest.replaceAll(quoted(each), '(a token)'), text)
  const failure: unknown = JSON.parse(safe)
  return must(isFailure(failure) ? failure : null, 'what is replaced stands within texts')
}

interface Circumstances {
  readonly connection: Connection
  readonly timedOut: boolean
  readonly timeoutMs: number
}

function toFailure(error: unknown, circumstances: Circumstances): Failure {
  const { connection, timedOut, timeoutMs } = circumstances
  if (timedOut) {
    return {
      code: 'timed-out',
      message: `The backend at ${connection.apiURI} did not answer within ${timeoutMs / 1000} seconds.`,
    }
  }
  if (error instanceof InstantAPIError) {
    return toRefusal(error.status, JSON.stringify(error.body ?? { message: error.message }))
  }
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (error instanceof TypeError) {
    return {
      code: 'unreachable',
      message: `The backend at ${connection.apiURI} cannot be reached (${reason(cause)}).`,
    }
  }
  return {
    code: 'request-failed',
    message: error instanceof Error ? error.message : 'The request failed.',
  }
}

// fetch tells what failed on the way as a TypeError with a cause; without one it is a mistake in code.
function isBug(error: unknown): boolean {
  return error instanceof TypeError && error.cause === undefined
}

function reason(cause: unknown): string {
  if (cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED') {
    return 'connection refused: is it running?'
  }
  return cause instanceof Error ? cause.message : 'no reason given'
}
