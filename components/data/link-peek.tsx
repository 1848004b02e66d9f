'use client'

import { PreviewCard } from '@base-ui/react/preview-card'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useApp } from '@/components/shell/acting'
import { FailureNote } from '@/components/shell/failure-note'
import { Skeleton } from '@/components/ui/skeleton'
import { filesNamespace } from '@/lib/model/file'
import { shortId, toCellValue } from '@/lib/model/format-value'
import { linkedText } from '@/lib/model/linked'
import type { RecordDetail, RecordRef } from '@/lib/model/record'
import { findNamespace, type Namespace } from '@/lib/model/schema'
import { recordQuery } from '@/lib/queries/records'
import { schemaQuery } from '@/lib/queries/schema'
import { Cell } from './cell'
import { FileView } from './file/file-view'
import { linkPeek } from './peek-handle'
import { recordTitle } from './record-title'

/** A look at the record that a link leads to, without going there. */
export function LinkPeek() {
  return (
    <PreviewCard.Root handle={linkPeek}>
      {({ payload }) => (
        <PreviewCard.Portal>
          <PreviewCard.Positioner
            sideOffset={6}
            align="start"
            collisionPadding={8}
            className="z-50"
          >
            <PreviewCard.Popup className="w-80 max-w-[calc(100vw-16px)] rounded-lg border border-line bg-raised p-3 shadow-raised">
              {payload && <RecordGlance record={payload} />}
            </PreviewCard.Popup>
          </PreviewCard.Positioner>
        </PreviewCard.Portal>
      )}
    </PreviewCard.Root>
  )
}

/** The first fields of a record, as whoever is acted as sees them. */
export function RecordGlance({ record }: { record: RecordRef }) {
  const app = useApp()
  const { data: schema } = useQuery(schemaQuery(app.appId))
  const { data, error } = useQuery({ ...recordQuery({ ...app, ...record }), staleTime: 30_000 })
  const namespace = schema && findNamespace(schema, record.namespace)
  return (
    <div>
      <p className="truncate text-2xs text-muted">
        {record.namespace} <span className="font-mono">{shortId(record.id)}</span>
      </p>
      {error ? (
        <FailureNote title="It cannot be shown" error={error} />
      ) : data && namespace ? (
        <>
          <Glance namespace={namespace} record={data} />
          {record.namespace === filesNamespace && (
            <div className="mt-2">
              <FileView id={record.id} values={data.values} />
            </div>
          )}
        </>
      ) : (
        <div role="status" className="space-y-2 py-1">
          <span className="sr-only">Loading</span>
          <Skeleton className="h-4 w-40" />
          <Skeleton className="h-3 w-full" />
          <Skeleton className="h-3 w-full" />
        </div>
      )}
    </div>
  )
}

/** So many lines a glance takes in. */
const linesShown = 6

function Glance({ namespace, record }: { namespace: Namespace; record: RecordDetail }) {
  const { titleAttribute } = namespace
  const attributes = namespace.attributes
    .filter(({ name }) => name !== 'id' && name !== titleAttribute)
    .filter(({ name }) => record.values[name] !== undefined && record.values[name] !== null)
    .slice(0, linesShown)
  const links = namespace.links
    .filter(({ label }) => (record.links[label]?.total ?? 0) > 0)
    .slice(0, Math.max(0, linesShown - attributes.length))
  return (
    <>
      <p className="mb-1.5 truncate font-medium">{recordTitle(record.values, namespace)}</p>
      <dl className="grid grid-cols-[minmax(0,7rem)_minmax(0,1fr)] gap-x-3 gap-y-0.5">
        {attributes.map((attribute) => (
          <Line key={attribute.name} name={attribute.name}>
            <Cell value={toCellValue(record.values, attribute)} />
          </Line>
        ))}
        {links.map(({ label }) => (
          <Line key={label} name={label}>
            <span className="truncate">
              {linkedText(record.links[label] ?? { total: 0, records: [] })}
            </span>
          </Line>
        ))}
      </dl>
    </>
  )
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="truncate text-muted text-xs leading-5">{name}</dt>
      <dd className="flex min-w-0 items-center">{children}</dd>
    </>
  )
}
