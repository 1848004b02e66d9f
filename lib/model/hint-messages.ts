import type { Failure } from './failure'

/**
 * What Instant says of a failure beyond its message: the reasons in `hint.errors[].message`, and at
 * times one more in `hint.message`. Without what the message says already.
 */
export function hintMessages({ hint, message }: Failure): readonly string[] {
  if (typeof hint !== 'object' || hint === null) return []
  const errors = 'errors' in hint && Array.isArray(hint.errors) ? hint.errors : []
  const messages = [...errors.map(messageOf), messageOf(hint)]
  return [...new Set(messages)].filter((each) => each !== '' && !message.includes(each))
}

function messageOf(value: unknown): string {
  const isTold = typeof value === 'object' && value !== null && 'message' in value
  return isTold && typeof value.message === 'string' ? value.message : ''
}
