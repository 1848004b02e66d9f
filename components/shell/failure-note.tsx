import { Alert } from '@/components/ui/alert'
import { hintMessages } from '@/lib/model/hint-messages'
import { toFailure } from '@/lib/queries/request-error'

interface FailureNoteProps {
  /** What did not happen, such as "Not saved". */
  readonly title: string
  readonly error: Error
}

/** A failed write, in the backend's own words, beside what was to be written. */
export function FailureNote({ title, error }: FailureNoteProps) {
  const failure = toFailure(error)
  return (
    <Alert title={title}>
      <p>{failure.message}</p>
      {hintMessages(failure).map((message) => (
        <p key={message} className="text-xs">
          {message}
        </p>
      ))}
    </Alert>
  )
}
