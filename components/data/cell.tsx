'use client'

import { Check, Minus, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { untitledLength } from '@/components/grid/measures'
import { cn } from '@/components/ui/cn'
import type { CellValue } from '@/lib/model/format-value'
import { formatInZone } from '@/lib/model/moment'
import { describeMismatch, type TypeMismatch } from './type-mismatch'
import { useTimeZone } from './use-time-zone'

/** A value in one line. Each kind of nothing looks different. */
export function Cell({ value }: { value: CellValue }) {
  switch (value.kind) {
    case 'missing':
      return <Missing />
    case 'null':
      return <Null />
    case 'empty':
      return (
        <span className="font-mono text-faint text-xs" title="An empty text">
          ""
        </span>
      )
    case 'text':
      return (
        <span
          className="truncate"
          title={value.text.length > untitledLength ? value.text : undefined}
        >
          {value.text}
        </span>
      )
    case 'number':
      return <span className="truncate tabular-nums">{value.text}</span>
    case 'boolean':
      return <BooleanMark value={value.value} />
    case 'date':
      return <DateText text={value.text} stored={value.stored} />
    case 'json':
      return (
        <span className="truncate font-mono text-muted text-xs" title={value.text}>
          {value.text}
        </span>
      )
  }
}

/** A date in the reader's zone; on hover in everybody's. */
function DateText({ text, stored }: { text: string; stored: string | number }) {
  const zone = useTimeZone()
  return (
    <time className="truncate" title={`${text} UTC\nStored as ${stored}`}>
      {formatInZone(stored, zone) ?? text}
    </time>
  )
}

/** A value that is not of its attribute's type, with a sign that says so. */
export function Mismatched({
  mismatch,
  children,
}: {
  mismatch: TypeMismatch
  children: ReactNode
}) {
  const note = describeMismatch(mismatch)
  return (
    <span className="flex min-w-0 items-center gap-1.5" title={note}>
      <TriangleAlert aria-hidden="true" className="size-3 shrink-0 text-notice-text" />
      <span className="sr-only">{note}</span>
      {children}
    </span>
  )
}

export function Null() {
  return (
    <span className="rounded border border-line-strong border-dashed px-1 font-mono text-2xs text-muted leading-4">
      null
    </span>
  )
}

export function Missing() {
  return (
    <span className="text-line-strong" title="Not set">
      <Minus aria-hidden="true" className="size-3" />
      <span className="sr-only">Not set</span>
    </span>
  )
}

function BooleanMark({ value }: { value: boolean }) {
  return (
    <span className={cn('inline-flex items-center gap-1.5', !value && 'text-muted')}>
      <span
        aria-hidden="true"
        className={cn(
          'flex size-3.5 items-center justify-center rounded-[3px] border',
          value ? 'border-accent bg-accent text-accent-ink' : 'border-line-strong',
        )}
      >
        {value && <Check className="size-2.5" strokeWidth={3} />}
      </span>
      {String(value)}
    </span>
  )
}
