import { FileQuestion, Inbox } from 'lucide-react'
import { NothingMatchesState, NothingYetState } from '@/components/shell/states'
import { Button } from '@/components/ui/button'
import type { Namespace } from '@/lib/model/schema'
import { formatCount } from './format-value'

interface NoRecordsProps {
  readonly namespace: Namespace
  readonly page: number
  readonly lastPage: number | null
  readonly onGoTo: (page: number) => void
}

/** In place of rows: either there is none, or this page is past the last. */
export function NoRecords({ namespace, page, lastPage, onGoTo }: NoRecordsProps) {
  if (page > 1) {
    const target = lastPage ?? 1
    return (
      <NothingMatchesState
        title={`There is no page ${formatCount(page)}`}
        icon={<FileQuestion />}
        actions={
          <Button onClick={() => onGoTo(target)}>
            {lastPage === null ? 'Go to the first page' : `Go to page ${formatCount(target)}`}
          </Button>
        }
      >
        {lastPage !== null && <p>The last one is page {formatCount(lastPage)}.</p>}
      </NothingMatchesState>
    )
  }
  return (
    <NothingYetState title={`No records in ${namespace.name} yet`} icon={<Inbox />}>
      {!namespace.isSystem && (
        <>
          <p>The first one can come from your app, or from a script:</p>
          <pre className="mt-3 overflow-x-auto rounded-md border border-line bg-sunken px-3 py-2 text-left font-mono text-xs">
            {`await db.transact(\n  db.tx.${namespace.name}[id()].create({ … }),\n)`}
          </pre>
        </>
      )}
    </NothingYetState>
  )
}
