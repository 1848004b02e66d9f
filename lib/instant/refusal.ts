import type { Failure } from '@/lib/model/failure'

/** The failure that the error body of a backend tells: its type, message and hint, and the status. */
export function toRefusal(status: number, text: string): Failure {
  const body = parse(text)
  const message = typeof body.message === 'string' ? body.message : null
  return {
    code: typeof body.type === 'string' ? body.type : 'unknown',
    message: message ?? `The backend answered with status ${status}.`,
    ...hintOf(body.hint),
    status,
  }
}

/** The dashboard routes of Instant say no more of a wrong token than that there is no such person. */
function hintOf(hint: unknown): Pick<Failure, 'hint'> {
  if (hint === undefined || hint === null) return {}
  const isOfToken =
    typeof hint === 'object' && 'record-type' in hint && hint['record-type'] === 'instant-user'
  return { hint: isOfToken ? { ...hint, message: wrongToken } : hint }
}

const wrongToken =
  'The backend does not know the admin token of this connection. Check INSTANT_APP_ADMIN_TOKEN, or the list of connections.'

function parse(text: string): { type?: unknown; message?: unknown; hint?: unknown } {
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === 'object' && json !== null ? json : {}
  } catch {
    return {}
  }
}
