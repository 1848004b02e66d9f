import { Alert } from '@/components/ui/alert'
import type { Failure } from '@/lib/model/failure'
import { toFailure } from '@/lib/queries/request-error'

/** A failed write, in the backend's own words, beside what was to be written. */
export function FailureNote({ error }: { error: Error }) {
  const failure = toFailure(error)
  const more = hintMessages(failure).filter((message) => !failure.message.includes(message))
  return (
    <Alert title="Not saved">
      <p>{failure.message}</p>
      {more.map((message) => (
        <p key={message} className="text-xs">
          {message}
        </p>
      ))}
    </Alert>
  )
}

// Instant puts the reasons into hint.errors[].message, and sometimes one into hint.message.
function hintMessages({ hint }: Failure): readonly string[] {
  if (typeof hint !== 'object' || hint === null) return []
  const errors = 'errors' in hint && Array.isArray(hint.errors) ? hint.errors : []
  const messages: unknown[] = [...errors.map(messageOf), messageOf(hint)]
  return [...new Set(messages.filter((message) => typeof message === 'string'))]
}

function messageOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'message' in value ? value.message : null
}
