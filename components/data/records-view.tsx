'use client'

import { useQueryClient } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import { useApp } from '@/components/shell/acting'
import { cn } from '@/components/ui/cn'
import { exactTotal } from '@/lib/model/format-value'
import type { RecordRow } from '@/lib/model/record'
import { recordsAsked } from '@/lib/model/records-asked'
import type { RecordsRequest } from '@/lib/model/requests/record'
import type { AppSchema, Namespace } from '@/lib/model/schema'
import { schemaKeys } from '@/lib/queries/schema'
import { FilterRow } from './filter/filter-row'
import { useFilter } from './filter/use-filter'
import { LinkPeek } from './link-peek'
import { useChangedCells } from './live/use-changed-cells'
import { useLive } from './live/use-live'
import { Pager } from './pager'
import { useRecordColumns } from './record-columns'
import { RecordsGrid } from './records-grid'
import { RecordsToolbar } from './records-toolbar'
import { useLayout } from './use-layout'
import { useOpenRecord } from './use-open-record'
import { useRecordsWindow } from './use-records-window'
import { hiddenOf, useTotals } from './use-totals'
import { type ChangeView, useView } from './use-view'
import { ViewProblems } from './view-problems'

interface RecordsViewProps {
  readonly namespace: Namespace
  readonly schema: AppSchema
}

const loadPanel = () => import('./record-panel').then(({ RecordPanel }) => RecordPanel)

/** Comes after the records: it is not needed to see them. */
const RecordPanel = dynamic(loadPanel)

const noRows: readonly RecordRow[] = []

/** The records of a namespace: toolbar, grid, pager, and the open record beside them. */
export function RecordsView({ namespace, schema }: RecordsViewProps) {
  const app = useApp()
  const { view, problems, changeView } = useView({ namespace, schema })
  const { asked, edit } = useFilter({ namespace, schema, view, changeView })
  const { page, size } = view
  const isAdmin = app.as.kind === 'admin'
  const { where } = asked
  const request = recordsAsked(app, { namespace: namespace.name, view, where })
  const isCompared = request.isCompared === true
  const showPage = useCallback((top: number) => changeView({ page: top }, 'replace'), [changeView])
  const around = useRecordsWindow({ request, onPage: showPage })
  const { records, rows } = around
  const totals = useTotals(request, records.data !== undefined && rows.length === 0)
  const count = isCompared ? totals.all : totals.seen
  const live = useLive(request, view.isLive)
  const queryClient = useQueryClient()
  const gridRef = useRef<HTMLDivElement>(null)
  // Before a cell is edited: what is typed right after Enter is meant for the panel.
  useEffect(() => void loadPanel(), [])
  const panel = useOpenRecord({ namespace, view, changeView, gridRef })
  const { open, openRecord } = panel
  const columns = useRecordColumns(namespace, openRecord)
  const columnIds = useMemo(() => columns.map(({ id }) => id), [columns])
  const { layout, changeLayout } = useLayout({
    namespace: namespace.name,
    columnIds,
    view,
    changeView,
  })

  const changed = useChangedCells(rows, {
    part: around.extent,
    isOn: view.isLive && !records.isPlaceholderData,
  })
  const isOfGrid = open?.namespace === namespace.name && view.open.length === 1

  // A page that is asked for, unlike one that was scrolled to, begins at its top.
  const goTo: ChangeView = (change, history) => {
    around.leave()
    changeView(change, history)
  }

  function refresh() {
    void records.refetch()
    void totals.seen.refetch()
    if (!isAdmin) void totals.all.refetch()
    void queryClient.invalidateQueries({ queryKey: schemaKeys.counts(app) })
  }

  return (
    <>
      {/* Outside the section, which a narrow screen hides while a record is open. */}
      <h1 className="sr-only">{namespace.name}</h1>
      <section
        aria-label={namespace.name}
        className={cn('min-w-0 flex-1 flex-col', open ? 'hidden md:flex' : 'flex')}
      >
        <RecordsToolbar
          namespace={namespace}
          schema={schema}
          columns={columns}
          view={view}
          changeView={changeView}
          layout={layout}
          onLayoutChange={changeLayout}
          live={live}
          isFetching={records.isFetching}
          totals={totals}
          onRefresh={refresh}
        />
        <ViewProblems problems={problems} onDismiss={() => changeView({}, 'replace')} />
        <FilterRow
          namespace={namespace}
          schema={schema}
          view={view}
          changeView={goTo}
          asked={asked}
          edit={edit}
        />
        <RecordsGrid
          namespace={namespace}
          schema={schema}
          columns={columns}
          view={view}
          changeView={changeView}
          layout={layout}
          onLayoutChange={changeLayout}
          around={around}
          total={exactTotal(count.data)}
          {...(!isAdmin && { all: totals.all })}
          {...(asked.where && { unfiltered: totals.unfiltered, onClearFilter: edit.clear })}
          onFilter={edit.add}
          onlyDifferences={isCompared && view.onlyDifferences}
          changed={changed}
          panel={panel}
          gridRef={gridRef}
        />
        <Pager
          page={page}
          size={size}
          shown={records.data ? shownOf({ page, size }, around) : null}
          total={count.data ?? null}
          hidden={isAdmin ? 0 : hiddenOf(totals)}
          isCounting={count.isPending}
          onChange={goTo}
        />
      </section>
      <LinkPeek />
      {open && (
        <RecordPanel
          schema={schema}
          record={open}
          trail={view.open}
          rows={isOfGrid ? rows : noRows}
          editing={panel.editedAttribute}
          onEdit={panel.edit}
          onOpen={panel.openTrail}
          onClose={panel.close}
        />
      )}
    </>
  )
}

/** How many of the records at hand are on the page of the address. */
function shownOf(
  { page, size }: Pick<RecordsRequest, 'page' | 'size'>,
  { rows, offset }: ReturnType<typeof useRecordsWindow>,
): number {
  return Math.max(0, Math.min(size, offset + rows.length - (page - 1) * size))
}
