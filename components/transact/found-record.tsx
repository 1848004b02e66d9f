'use client'

import { useQuery } from '@tanstack/react-query'
import { CircleCheck, CircleDashed, CircleX, LoaderCircle } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useApp } from '@/components/shell/acting'
import { cn } from '@/components/ui/cn'
import type { JsonObject } from '@/lib/base/json'
import { recordSearch } from '@/lib/model/namespace-view'
import type { LinkedRecord } from '@/lib/model/record'
import { pages } from '@/lib/model/routes'
import type { Namespace } from '@/lib/model/schema'
import { findRecordsQuery } from '@/lib/queries/find-records'

interface FoundRecordProps {
  readonly namespace: Namespace
  readonly where: JsonObject
  /** Whether one is wanted, must not be there, or either will do. */
  readonly wanted: 'yes' | 'no' | 'either'
  /** Number of the step that makes it, or null. */
  readonly madeBy: number | null
}

/** Whether the record a card names is there, and by what name people know it. */
export function FoundRecord({ namespace, where, wanted, madeBy }: FoundRecordProps) {
  const app = useApp()
  const { data, error } = useQuery(findRecordsQuery({ app, namespace, where }))
  const [found] = data ?? []

  if (found) return <Found namespace={namespace} record={found} isWanted={wanted !== 'no'} />
  if (data) return <NotFound namespace={namespace} wanted={wanted} madeBy={madeBy} />
  return error ? (
    <Note tone="plain" icon={<CircleDashed />}>
      Could not look whether it is there: {error.message}
    </Note>
  ) : (
    <Note tone="plain" icon={<LoaderCircle className="motion-safe:animate-spin" />}>
      Looking…
    </Note>
  )
}

interface FoundProps {
  readonly namespace: Namespace
  readonly record: LinkedRecord
  readonly isWanted: boolean
}

function Found({ namespace, record, isWanted }: FoundProps) {
  const search = recordSearch({ namespace: namespace.name, id: record.id })
  return (
    <Note tone={isWanted ? 'good' : 'bad'} icon={<CircleCheck />}>
      {isWanted ? 'There: ' : 'This record is there already: '}
      <Link
        href={pages.data(useApp(), namespace.name, search)}
        className="rounded-sm text-ink underline decoration-line-strong underline-offset-2 hover:decoration-current"
      >
        {record.title ?? record.id}
      </Link>
    </Note>
  )
}

function NotFound({ namespace, wanted, madeBy }: Omit<FoundRecordProps, 'where'>) {
  const isAdmin = useApp().as.kind === 'admin'
  if (madeBy !== null) {
    return (
      <Note tone="plain" icon={<CircleDashed />}>
        Not there yet: step {madeBy} makes it
      </Note>
    )
  }
  if (wanted === 'no') return null
  return (
    <Note tone={wanted === 'yes' ? 'bad' : 'plain'} icon={<CircleX />}>
      No such record in {namespace.name}
      {!isAdmin && ', or a rule hides it'}
      {wanted === 'either' && ': it will be made'}
    </Note>
  )
}

interface NoteProps {
  readonly tone: 'good' | 'bad' | 'plain'
  readonly icon: ReactNode
  readonly children: ReactNode
}

function Note({ tone, icon, children }: NoteProps) {
  return (
    <p
      className={cn(
        'flex min-w-0 gap-1.5 text-xs leading-4 [overflow-wrap:anywhere]',
        tone === 'bad' ? 'text-danger-text' : 'text-muted',
      )}
    >
      <span
        aria-hidden="true"
        className={cn(
          'shrink-0 [&>svg]:size-3.5 [&>svg]:mt-px',
          tone === 'good' && 'text-accent-text',
        )}
      >
        {icon}
      </span>
      <span className="min-w-0">{children}</span>
    </p>
  )
}
