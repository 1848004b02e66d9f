import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { toFailure } from '@/lib/queries/request-error'

interface MoreNoteProps {
  readonly records: Pick<
    UseInfiniteQueryResult,
    'error' | 'isFetching' | 'isFetchPreviousPageError' | 'fetchNextPage' | 'fetchPreviousPage'
  >
  readonly className: string
}

/** Above records that are still good, when those before or after them could not be read. */
export function MoreNote({ records, className }: MoreNoteProps) {
  const isBefore = records.isFetchPreviousPageError
  const readMore = isBefore ? records.fetchPreviousPage : records.fetchNextPage
  return (
    <Alert
      className={className}
      title={`The records ${isBefore ? 'before' : 'after'} these could not be read`}
      actions={
        <Button size="small" onClick={() => void readMore()} disabled={records.isFetching}>
          {records.isFetching ? 'Retrying…' : 'Retry'}
        </Button>
      }
    >
      {records.error ? toFailure(records.error).message : null}
    </Alert>
  )
}
