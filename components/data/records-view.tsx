'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useRef } from 'react'
import { useApp } from '@/components/shell/acting'
import { cn } from '@/components/ui/cn'
import type { Count } from '@/lib/model/count'
import { exactTotal } from '@/lib/model/format-value'
import { admin } from '@/lib/model/identity'
import type { RecordRow, RecordsRequest } from '@/lib/model/record'
import type { AppSchema, Namespace } from '@/lib/model/schema'
import { countQuery } from '@/lib/queries/records'
import { schemaKeys } from '@/lib/queries/schema'
import { FilterRow } from './filter/filter-row'
import { useFilter } from './filter/use-filter'
import { useChangedCells } from './live/use-changed-cells'
import { useLive } from './live/use-live'
import { Pager } from './pager'
import { recordColumns } from './record-columns'
import { RecordPanel } from './record-panel'
import { RecordsGrid } from './records-grid'
import { RecordsToolbar } from './records-toolbar'
import { useOpenRecord } from './use-open-record'
import { useRecordsWindow } from './use-records-window'
import { type ChangeView, useView } from './use-view'
import { ViewProblems } from './view-problems'

interface RecordsViewProps {
  readonly namespace: Namespace
  readonly schema: AppSchema
}

const noRows: readonly RecordRow[] = []

/** The records of a namespace: toolbar, grid, pager, and the open record beside them. */
export function RecordsView({ namespace, schema }: RecordsViewProps) {
  const app = useApp()
  const { view, problems, changeView } = useView({ namespace, schema })
  const { asked, edit } = useFilter({ namespace, schema, view, changeView })
  const { sort, direction, page, size } = view
  const where = asked.where ?? undefined
  const of = { ...app, namespace: namespace.name }
  const request: RecordsRequest = { ...of, where, sort, direction, page, size }
  const showPage = useCallback((top: number) => changeView({ page: top }, 'replace'), [changeView])
  const around = useRecordsWindow({ request, onPage: showPage })
  const { records, rows } = around
  const count = useQuery(countQuery(request))
  // What the rules hide shows only beside what there is for the admin.
  const isAdmin = app.as.kind === 'admin'
  const all = useQuery({ ...countQuery({ ...request, as: admin }), enabled: !isAdmin })
  // Only when nothing matches is it asked whether there is anything at all.
  const isNoMatch = asked.where !== null && records.data !== undefined && rows.length === 0
  const unfiltered = useQuery({ ...countQuery({ ...of, as: admin }), enabled: isNoMatch })
  const live = useLive(request, view.isLive)
  const queryClient = useQueryClient()
  const gridRef = useRef<HTMLDivElement>(null)
  const panel = useOpenRecord({ namespace, view, changeView, gridRef })
  const { open, openRecord } = panel
  const columns = useMemo(() => recordColumns(namespace, openRecord), [namespace, openRecord])

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
    void count.refetch()
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
          live={live}
          isFetching={records.isFetching}
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
          columns={columns}
          view={view}
          changeView={changeView}
          around={around}
          total={exactTotal(count.data)}
          {...(!isAdmin && { all })}
          {...(asked.where && { unfiltered, onClearFilter: edit.clear })}
          changed={changed}
          panel={panel}
          gridRef={gridRef}
        />
        <Pager
          page={page}
          size={size}
          shown={records.data ? shownOf({ page, size }, around) : null}
          total={count.data ?? null}
          hidden={isAdmin ? 0 : hiddenBetween(all.data, count.data)}
          isCounting={count.isPending}
          onChange={goTo}
        />
      </section>
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

/** How many records the rules hide, or null when one of the two numbers is not known for certain. */
function hiddenBetween(all: Count | null | undefined, seen: Count | null | undefined) {
  const there = exactTotal(all)
  const shown = exactTotal(seen)
  return there === null || shown === null ? null : Math.max(0, there - shown)
}
