import { isFailure } from '@/lib/model/failure'
import { RequestError } from './request-error'

/**
 * The answer of one of our JSON routes. Raises a RequestError that carries the failure the route
 * told, or `unreachable` when the dashboard itself is gone.
 */
export async function readJson<T>(url: string, signal?: AbortSignal): Promise<T> {
  return readAnswer(await request(url, { signal: signal ?? null }), signal)
}

/** The same for a read whose question is sent as a JSON body. */
export async function askJson<T>(url: string, question: unknown, signal?: AbortSignal): Promise<T> {
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify(question)
  return readAnswer(
    await request(url, { method: 'POST', headers, body, signal: signal ?? null }),
    signal,
  )
}

async function readAnswer<T>(response: Response, signal?: AbortSignal): Promise<T> {
  const body: unknown = await response.json().catch(() => null)
  signal?.throwIfAborted()
  if (response.ok && isAnswer<T>(body)) return body.data
  const told = isError(body) ? body.error : null
  throw new RequestError(
    isFailure(told)
      ? told
      : { code: 'unknown', message: `The dashboard answered with status ${response.status}.` },
  )
}

async function request(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { cache: 'no-store', ...init })
  } catch (error) {
    if (init.signal?.aborted) throw error
    throw new RequestError({
      code: 'unreachable',
      message: 'The dashboard does not answer. Is it still running?',
    })
  }
}

// What our own route answered is not parsed twice: the server has typed it.
function isAnswer<T>(body: unknown): body is { data: T } {
  return typeof body === 'object' && body !== null && 'data' in body
}

function isError(body: unknown): body is { error: unknown } {
  return typeof body === 'object' && body !== null && 'error' in body
}
