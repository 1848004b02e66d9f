'use client'

import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { useApp } from '@/components/shell/acting'
import { FailureNote } from '@/components/shell/failure-note'
import { Skeleton } from '@/components/ui/skeleton'
import { formatCount } from '@/lib/model/format-value'
import { linkedAtOnce } from '@/lib/model/linked'
import { linksShown, type RecordRef, type RecordRow } from '@/lib/model/record'
import type { Link } from '@/lib/model/schema'
import { linkedQuery } from '@/lib/queries/linked'
import { recordQuery } from '@/lib/queries/records'
import { Missing } from './cell'
import { LinkChip } from './link-chip'

/** Ids of the records whose targets are asked for together, by the id of each. */
type Neighbours = ReadonlyMap<string, readonly string[]>

const NeighboursContext = createContext<Neighbours>(new Map())

/** Lets the cells of many-valued links below ask for the targets of several records at once. */
export function LinkedNeighbours(props: {
  readonly pages: readonly (readonly RecordRow[])[]
  readonly children: ReactNode
}) {
  const { pages } = props
  const neighbours = useMemo(() => new Map(pages.flatMap(neighboursOf)), [pages])
  return <NeighboursContext value={neighbours}>{props.children}</NeighboursContext>
}

function neighboursOf(rows: readonly RecordRow[]): [string, readonly string[]][] {
  return chunksOf(rows.map(({ id }) => id)).flatMap((ids) =>
    ids.map((id): [string, readonly string[]] => [id, ids]),
  )
}

export function chunksOf(ids: readonly string[]): readonly (readonly string[])[] {
  const count = Math.ceil(ids.length / linkedAtOnce)
  return Array.from({ length: count }, (_, at) =>
    ids.slice(at * linkedAtOnce, (at + 1) * linkedAtOnce),
  )
}

interface LinkedCellProps {
  readonly namespace: string
  readonly link: Link
  readonly id: string
  readonly onOpen: (ref: RecordRef) => void
}

/** How many records a link leads to, and the first of them by name. */
export function LinkedCell({ namespace, link, id, onOpen }: LinkedCellProps) {
  const app = useApp()
  const ids = useContext(NeighboursContext).get(id) ?? [id]
  const request = { ...app, namespace, label: link.label, ids: [...ids] }
  const { data, error } = useQuery(linkedQuery(request))
  if (error && !data) {
    return (
      <span className="truncate text-muted" title={error.message}>
        not read
      </span>
    )
  }
  if (!data) return <Skeleton className="h-3 w-24" />
  const linked = data[id]
  if (!linked) return <span className="truncate text-muted">not seen</span>
  const { total, records } = linked
  if (total === 0) return <Missing />
  return (
    <span className="flex min-w-0 items-center gap-1">
      <span className="mr-0.5 shrink-0 text-muted text-xs tabular-nums">{formatCount(total)}</span>
      {records.map((record) => (
        <LinkChip
          key={record.id}
          record={record}
          namespace={link.target}
          tabIndex={-1}
          className="max-w-36 shrink-0"
          onOpen={() => onOpen({ namespace: link.target, id: record.id })}
        />
      ))}
    </span>
  )
}

/** The records that a link leads to, each with the way there. */
export function LinkedList({ namespace, link, id, onOpen }: LinkedCellProps) {
  const app = useApp()
  const { data, error } = useQuery(recordQuery({ ...app, namespace, id }))
  if (error) return <FailureNote title="The links could not be read" error={error} />
  if (!data) {
    return (
      <div role="status">
        <span className="sr-only">Loading</span>
        <Skeleton className="h-4 w-48" />
      </div>
    )
  }
  const { total, records } = data.links[link.label] ?? { total: 0, records: [] }
  if (total === 0) return <p className="text-muted">Linked to no {link.target}</p>
  return (
    <>
      <p className="mb-1.5 text-muted text-xs">
        {formatCount(total)} of {link.target}
        {total > linksShown && `, the first ${linksShown} of them`}
      </p>
      <ul className="space-y-1">
        {records.map((record) => (
          <li key={record.id} className="flex">
            <LinkChip
              record={record}
              namespace={link.target}
              onOpen={() => onOpen({ namespace: link.target, id: record.id })}
            />
          </li>
        ))}
      </ul>
    </>
  )
}
