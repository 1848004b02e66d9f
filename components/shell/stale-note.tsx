import type { UseQueryResult } from '@tanstack/react-query'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { toFailure } from '@/lib/queries/request-error'

interface StaleNoteProps {
  readonly query: Pick<UseQueryResult, 'data' | 'error' | 'isFetching' | 'refetch'>
  readonly className: string
}

/** Above data that could not be refreshed: says so and offers a retry. Nothing while all is well. */
export function StaleNote({ query, className }: StaleNoteProps) {
  const { data, error, isFetching, refetch } = query
  if (!error || data === undefined) return null
  return (
    <Alert
      className={className}
      title="Not up to date: the last refresh failed"
      actions={
        <Button size="small" onClick={() => void refetch()} disabled={isFetching}>
          Retry
        </Button>
      }
    >
      {toFailure(error).message}
    </Alert>
  )
}
