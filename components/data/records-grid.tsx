'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import { type RefObject, useMemo } from 'react'
import { Grid } from '@/components/grid/grid'
import type { GridColumn, GridSort } from '@/components/grid/grid-column'
import type { GridLayout } from '@/components/grid/grid-layout'
import { StaleNote } from '@/components/shell/stale-note'
import { FailedState } from '@/components/shell/states'
import { Button } from '@/components/ui/button'
import type { Count } from '@/lib/model/count'
import type { FilterTerm } from '@/lib/model/filter/filter'
import { defaultView, type NamespaceView } from '@/lib/model/namespace-view'
import { creationTime, type RecordRow } from '@/lib/model/record'
import type { AppSchema, Namespace } from '@/lib/model/schema'
import { toFailure } from '@/lib/queries/request-error'
import { CellMenuItems } from './cell-menu-items'
import { DifferencesNote } from './compare/differences-note'
import { NoDifferences } from './compare/no-differences'
import { toneOf } from './compare/tone-of'
import { useDifferences } from './compare/use-differences'
import { LinkedNeighbours } from './linked-cell'
import type { ChangedCells } from './live/changed-cells'
import { MoreNote } from './more-note'
import { NoRecords } from './no-records'
import { RecordsSkeleton } from './records-skeleton'
import type { useOpenRecord } from './use-open-record'
import type { useRecordsWindow } from './use-records-window'
import type { ChangeView } from './use-view'

interface RecordsGridProps {
  readonly namespace: Namespace
  readonly schema: AppSchema
  readonly columns: readonly GridColumn<RecordRow>[]
  readonly view: NamespaceView
  readonly changeView: ChangeView
  readonly layout: GridLayout
  readonly onLayoutChange: (layout: GridLayout) => void
  readonly around: ReturnType<typeof useRecordsWindow>
  readonly total: number | null
  readonly all?: UseQueryResult<Count | null>
  /** All records there are, whatever the filter. Absent without one. */
  readonly unfiltered?: UseQueryResult<Count | null>
  readonly onClearFilter?: () => void
  /** Adds a condition to the filter. */
  readonly onFilter: (term: FilterTerm) => void
  /** Only records that are seen in another way than by the admin. */
  readonly onlyDifferences: boolean
  readonly changed: ChangedCells
  readonly panel: ReturnType<typeof useOpenRecord>
  readonly gridRef: RefObject<HTMLDivElement | null>
}

/** The grid in each of its states. After a failed refresh the last good rows stay, and it says so. */
export function RecordsGrid(props: RecordsGridProps) {
  const { namespace } = props
  const { records } = props.around
  const retry = () => void records.refetch()
  return (
    <>
      {records.isFetchNextPageError || records.isFetchPreviousPageError ? (
        <MoreNote records={records} className="mx-3 mb-2" />
      ) : (
        <StaleNote query={records} className="mx-3 mb-2" />
      )}
      <div className="flex min-h-0 flex-1 flex-col border-line border-t">
        {records.data ? (
          <LoadedGrid {...props} />
        ) : records.error ? (
          <FailedState
            title={`The records of ${namespace.name} could not be read`}
            failure={toFailure(records.error)}
            onRetry={retry}
            isRetrying={records.isFetching}
            actions={
              isOfRules(records.error) && (
                <Button onClick={() => props.changeView({ isCompared: true })}>
                  See for which records
                </Button>
              )
            }
          />
        ) : (
          <RecordsSkeleton />
        )}
      </div>
    </>
  )
}

function LoadedGrid(props: RecordsGridProps) {
  const { namespace, view, changeView, total, panel, around } = props
  const { open } = panel
  const sortBy = (next: GridSort | null) => {
    around.leave()
    changeView({
      sort: next?.column ?? defaultView.sort,
      direction: next?.direction ?? defaultView.direction,
      page: 1,
    })
  }

  const { data } = around.records
  const pages = useMemo(() => data?.pages.map(({ records }) => records) ?? [], [data])
  const lastPage = total === null ? null : Math.max(1, Math.ceil(total / view.size))
  const goTo = (page: number) => {
    around.leave()
    changeView({ page })
  }

  const { onlyDifferences } = props
  const differences = useDifferences(around, onlyDifferences)
  // Where few records differ, the end is always near: scrolling does not read on, and when looking on
  // leaves the first records behind, what differs among the others begins at the top.
  const listed = onlyDifferences
    ? { rows: differences.rows, part: `${around.part} ${around.offset}`, offset: 0, total: null }
    : {
        rows: around.rows,
        part: around.part,
        offset: around.offset,
        total,
        onNearStart: around.readBack,
        onNearEnd: around.readOn,
        onTopRow: around.showTop,
        onJump: (to: 'start' | 'end') => goTo(to === 'start' ? 1 : (lastPage ?? 1)),
      }

  return (
    <LinkedNeighbours pages={pages}>
      {onlyDifferences && <DifferencesNote differences={differences} />}
      <Grid
        label={`Records of ${namespace.name}`}
        columns={props.columns}
        {...listed}
        toneOf={toneOf}
        layout={props.layout}
        onLayoutChange={props.onLayoutChange}
        sort={view.sort === creationTime ? null : { column: view.sort, direction: view.direction }}
        onSort={sortBy}
        openRow={open?.namespace === namespace.name ? open.id : null}
        onOpenRow={(row) => panel.openRecord({ namespace: namespace.name, id: row.id })}
        onEditCell={panel.editCell}
        onLeave={() => open && panel.close()}
        isBusy={around.records.isPlaceholderData}
        changed={props.changed}
        cellMenu={(row, column) => (
          <CellMenuItems
            row={row}
            column={column}
            namespace={namespace}
            schema={props.schema}
            onFilter={props.onFilter}
            onOpen={() => panel.openRecord({ namespace: namespace.name, id: row.id })}
            onEdit={() => panel.editCell(row, column)}
          />
        )}
        gridRef={props.gridRef}
        empty={
          onlyDifferences && around.rows.length > 0 ? (
            <NoDifferences
              hasMore={differences.hasMore}
              onShowAll={() => changeView({ onlyDifferences: false })}
            />
          ) : (
            <NoRecords
              namespace={namespace}
              {...(props.all && { all: props.all })}
              {...(props.unfiltered && { unfiltered: props.unfiltered })}
              {...(props.onClearFilter && { onClearFilter: props.onClearFilter })}
              page={view.page}
              lastPage={lastPage}
              onGoTo={goTo}
            />
          )
        }
      />
    </LinkedNeighbours>
  )
}

/** Whether a rule could not be evaluated, which fails the whole page for one record of it. */
function isOfRules(error: Error): boolean {
  return toFailure(error).code === 'permission-evaluation-failed'
}
