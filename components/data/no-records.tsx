import type { UseQueryResult } from '@tanstack/react-query'
import { EyeOff, FileQuestion, FilterX, Inbox } from 'lucide-react'
import { useApp } from '@/components/shell/acting'
import { NothingMatchesState, NothingYetState } from '@/components/shell/states'
import { useActAs } from '@/components/shell/use-act-as'
import { useIdentityName } from '@/components/shell/use-identity-name'
import { Button } from '@/components/ui/button'
import type { Count } from '@/lib/model/count'
import { formatCount, formatTotal } from '@/lib/model/format-value'
import { admin } from '@/lib/model/identity'
import type { Namespace } from '@/lib/model/schema'

interface NoRecordsProps {
  /** How many records that meet the filter there are for the admin; null is unknown. Absent when the admin looks. */
  readonly all?: UseQueryResult<Count | null>
  /** All records there are, whatever the filter. Absent without one. */
  readonly unfiltered?: UseQueryResult<Count | null>
  readonly onClearFilter?: () => void
  readonly namespace: Namespace
  readonly page: number
  readonly lastPage: number | null
  readonly onGoTo: (page: number) => void
}

/**
 * In place of rows, and which of the reasons it is: there is none, the filter excludes them, this page
 * is past the last, or the rules hide all from whom the dashboard acts as.
 */
export function NoRecords(props: NoRecordsProps) {
  const { namespace, all, unfiltered, onClearFilter, page, lastPage, onGoTo } = props
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
  if (all && all.data?.records !== 0) {
    return <AllHidden namespace={namespace} all={all} {...(onClearFilter && { onClearFilter })} />
  }
  if (unfiltered && unfiltered.data?.records !== 0) {
    return <NothingMatches namespace={namespace} unfiltered={unfiltered} onClear={onClearFilter} />
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

interface NothingMatchesProps {
  readonly namespace: Namespace
  readonly unfiltered: UseQueryResult<Count | null>
  readonly onClear: (() => void) | undefined
}

function NothingMatches({ namespace, unfiltered, onClear }: NothingMatchesProps) {
  return (
    <NothingMatchesState
      title={`No record of ${namespace.name} matches`}
      icon={<FilterX />}
      actions={<Button onClick={onClear}>Clear the filter</Button>}
    >
      {unfiltered.data && (
        <p>The filter excludes all {formatTotal(unfiltered.data)} records there are.</p>
      )}
    </NothingMatchesState>
  )
}

interface AllHiddenProps {
  readonly namespace: Namespace
  readonly all: UseQueryResult<Count | null>
  /** Present while a filter is asked for. */
  readonly onClearFilter?: () => void
}

function AllHidden({ namespace, all, onClearFilter }: AllHiddenProps) {
  const { name } = useIdentityName(useApp())
  const actAs = useActAs()
  const matching = onClearFilter ? ' that match' : ''
  if (!all.data) {
    return (
      <NothingMatchesState title={`${name} sees no records here`} icon={<EyeOff />}>
        <p>
          {all.isPending
            ? 'Asking as Admin whether there are any…'
            : 'Either there are none, or the rules hide them: how many there are is not known.'}
        </p>
      </NothingMatchesState>
    )
  }
  return (
    <NothingMatchesState
      title={`The rules hide all ${formatTotal(all.data)} records of ${namespace.name}${matching}`}
      icon={<EyeOff />}
      actions={
        <>
          <Button onClick={() => actAs(admin)}>Look as Admin</Button>
          {onClearFilter && <Button onClick={onClearFilter}>Clear the filter</Button>}
        </>
      }
    >
      <p className="[overflow-wrap:anywhere]">
        There is data, but its view rule is true of no record for {name}.
      </p>
    </NothingMatchesState>
  )
}
