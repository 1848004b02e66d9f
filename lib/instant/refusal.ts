import type { Failure } from '@/lib/model/failure'

/** The failure that the error body of a backend tells: its type, message and hint, and the status. */
export function toRefusal(status: number, text: string): Failure {
  const body = parse(text)
  const message = typeof body.message === 'string' ? body.message : null
  return {
    code: typeof body.type === 'string' ? body.type : 'unknown',
    message: message ?? `The backend answered with status ${status}.`,
    ...(body.hint === undefined || body.hint === null ? {} : { hint: body.hint }),
    status,
  }
}

function parse(text: string): { type?: unknown; message?: unknown; hint?: unknown } {
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === 'object' && json !== null ? json : {}
  } catch {
    return {}
  }
}
