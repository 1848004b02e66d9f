'use client'

import { useQuery } from '@tanstack/react-query'
import { ArrowLeft, ChevronDown, ChevronUp, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useApp } from '@/components/shell/acting'
import { isTyping } from '@/components/shell/is-typing'
import { StaleNote } from '@/components/shell/stale-note'
import { FailedState, LoadingState } from '@/components/shell/states'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { must } from '@/lib/base/must'
import { filesNamespace } from '@/lib/model/file'
import { shortId } from '@/lib/model/format-value'
import type { RecordRef, RecordRow } from '@/lib/model/record'
import { type AppSchema, findNamespace } from '@/lib/model/schema'
import { recordQuery } from '@/lib/queries/records'
import { toFailure } from '@/lib/queries/request-error'
import { ActAsRecord } from './act-as-record'
import { CopyRecord } from './copy-record'
import { DeleteRecord } from './delete-record'
import { FileView } from './file/file-view'
import { RecordFields } from './record-fields'
import { RecordLinks } from './record-links'
import { recordTitle } from './record-title'

interface RecordPanelProps {
  readonly schema: AppSchema
  readonly record: RecordRef
  /** The records through which this one was reached, itself last. */
  readonly trail: readonly RecordRef[]
  /** Its neighbours in the grid, to step through. Empty when it is not of the grid. */
  readonly rows: readonly RecordRow[]
  readonly editing: string | null
  readonly onEdit: (attribute: string | null) => void
  readonly onOpen: (trail: readonly RecordRef[]) => void
  readonly onClose: () => void
}

/** One record beside the grid: every value, its links in both directions, and what can be done. */
export function RecordPanel(props: RecordPanelProps) {
  const { schema, record, trail, onOpen, onClose } = props
  const namespace = must(
    findNamespace(schema, record.namespace),
    'resolveView() keeps only records of namespaces there are',
  )
  const query = useQuery(recordQuery({ ...useApp(), ...record }))
  const { data, error, refetch, isFetching } = query
  // Deleted meanwhile: the last good data would be a lie.
  const isGone = error !== null && toFailure(error).code === 'unknown-record'
  const title = data ? recordTitle(data.values, namespace) : null
  const headingRef = useRef<HTMLHeadingElement>(null)

  // So that the keyboard and a screen reader are where something new appeared: not while stepping
  // through neighbours, which keeps the button, nor when a field is to be edited, which takes over.
  const isEditing = useRef(props.editing !== null)
  isEditing.current = props.editing !== null
  const depth = trail.length
  useEffect(() => {
    if (depth > 0 && !isEditing.current) headingRef.current?.focus({ preventScroll: true })
  }, [depth])

  const { previous, next } = neighboursOf(record, props.rows)
  const step = (row: RecordRow | undefined) =>
    row && onOpen([{ namespace: record.namespace, id: row.id }])

  function press(event: KeyboardEvent) {
    // A dialog of the panel is inside it for React, not in the document: its keys are its own.
    const isOwn = event.target instanceof Node && event.currentTarget.contains(event.target)
    if (!isOwn) return
    if (event.key === 'Escape') onClose()
    else if (event.altKey && event.key === 'ArrowUp' && !isTyping(event.target)) step(previous)
    else if (event.altKey && event.key === 'ArrowDown' && !isTyping(event.target)) step(next)
    else return
    event.preventDefault()
  }

  return (
    <aside
      aria-label={`Record of ${record.namespace}`}
      onKeyDown={press}
      className="flex min-h-0 w-full shrink-0 flex-col bg-surface shadow-panel motion-safe:animate-[slide-in_140ms_ease-out] md:z-20 md:w-[clamp(340px,36vw,520px)] md:border-line-strong md:border-l"
    >
      <div className="flex h-12 shrink-0 items-center gap-1 border-line border-b px-2">
        {trail.length > 1 && (
          <IconButton label={backLabel(trail)} onClick={() => onOpen(trail.slice(0, -1))}>
            <ArrowLeft aria-hidden="true" />
          </IconButton>
        )}
        <div className="min-w-0 flex-1 px-1">
          <h2
            ref={headingRef}
            tabIndex={-1}
            className="truncate font-semibold text-sm leading-4 outline-none"
          >
            {title ?? shortId(record.id)}
          </h2>
          <p className="flex items-center gap-1 truncate text-2xs text-muted leading-4">
            {record.namespace}
            <span className="truncate font-mono">{record.id}</span>
          </p>
        </div>
        <ActAsRecord record={record} title={title} />
        <CopyRecord namespace={namespace} record={record} detail={data ?? null} />
        {(previous || next) && (
          <>
            <IconButton
              label="Previous record  (Alt ↑)"
              disabled={!previous}
              onClick={() => step(previous)}
            >
              <ChevronUp aria-hidden="true" />
            </IconButton>
            <IconButton label="Next record  (Alt ↓)" disabled={!next} onClick={() => step(next)}>
              <ChevronDown aria-hidden="true" />
            </IconButton>
          </>
        )}
        <IconButton label="Close  (Esc)" onClick={onClose}>
          <X aria-hidden="true" />
        </IconButton>
      </div>
      {data && !isGone ? (
        <>
          <StaleNote query={query} className="m-3 mb-0" />
          <div className="min-h-0 flex-1 overflow-y-auto" aria-busy={isFetching}>
            {record.namespace === filesNamespace && (
              <div className="border-line border-b p-3">
                <FileView id={record.id} values={data.values} />
              </div>
            )}
            <RecordFields
              key={record.id}
              namespace={namespace}
              record={data}
              editing={props.editing}
              onEdit={props.onEdit}
            />
            <RecordLinks
              namespace={namespace}
              record={data}
              onOpen={(ref) => onOpen([...trail, ref])}
            />
          </div>
          <div className="flex h-11 shrink-0 items-center justify-end border-line border-t bg-canvas px-3">
            <DeleteRecord
              key={record.id}
              namespace={namespace}
              record={data}
              title={title}
              onDeleted={() => (trail.length > 1 ? onOpen(trail.slice(0, -1)) : onClose())}
            />
          </div>
        </>
      ) : error ? (
        <FailedState
          title={isGone ? 'This record is not there' : 'The record could not be read'}
          failure={toFailure(error)}
          onRetry={() => void refetch()}
          isRetrying={isFetching}
          actions={<Button onClick={onClose}>Close</Button>}
        />
      ) : (
        <LoadingState lines={Math.min(14, namespace.attributes.length)} lineClass="h-9" />
      )}
    </aside>
  )
}

/** The records before and after one in the grid; none when it is not of the grid. */
function neighboursOf({ id }: RecordRef, rows: readonly RecordRow[]) {
  const index = rows.findIndex((row) => row.id === id)
  return index < 0 ? {} : { previous: rows[index - 1], next: rows[index + 1] }
}

function backLabel(trail: readonly RecordRef[]): string {
  const previous = trail.at(-2)
  return previous ? `Back to ${previous.namespace} ${shortId(previous.id)}` : 'Back'
}
