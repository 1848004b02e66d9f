'use client'

import type { ReactNode } from 'react'
import type { Json } from '@/lib/base/json'
import { formatCount, formatDate } from '@/lib/model/format-value'
import { formatDistance, formatInZone, toTime } from '@/lib/model/moment'
import type { Attribute } from '@/lib/model/schema'
import { Missing, Null } from './cell'
import { describeMismatch, typeMismatch } from './type-mismatch'
import { useTimeZone } from './use-time-zone'

interface WholeValueProps {
  readonly attribute: Attribute
  readonly value: Json | undefined
}

/** So many characters are shown: laying out more would hold up the page. */
const shownLength = 100_000

/** A value on its own, and what a cell has no room to say of it. */
export function WholeValue({ attribute, value }: WholeValueProps) {
  const mismatch = typeMismatch(value, attribute)
  return (
    <div className="space-y-2">
      {mismatch && (
        <p className="rounded bg-notice-soft px-2 py-1 text-notice-text text-xs">
          {describeMismatch(mismatch)}
        </p>
      )}
      <Content attribute={attribute} value={value} />
    </div>
  )
}

function Content({ attribute, value }: WholeValueProps) {
  if (value === undefined) {
    return (
      <p className="flex items-center gap-2 text-muted">
        <Missing /> <span aria-hidden="true">Not set</span>
      </p>
    )
  }
  if (value === null) return <Null />
  if (value === '') return <p className="text-muted">An empty text</p>
  if (typeof value === 'object') return <LongText text={JSON.stringify(value, null, 2)} isCode />
  const time = attribute.type === 'date' && typeof value !== 'boolean' ? toTime(value) : null
  if (time !== null && typeof value !== 'boolean') return <Moment value={value} time={time} />
  return <LongText text={String(value)} isCode={attribute.name === 'id'} />
}

function LongText({ text, isCode }: { text: string; isCode: boolean }) {
  return (
    <>
      {text.length > shownLength && (
        <p className="rounded bg-notice-soft px-2 py-1 text-notice-text text-xs">
          The first {formatCount(shownLength)} of {formatCount(text.length)} characters. Copy takes
          all of them.
        </p>
      )}
      <pre
        className={`whitespace-pre-wrap [overflow-wrap:anywhere] ${isCode ? 'font-mono text-xs' : 'font-sans'}`}
      >
        {text.slice(0, shownLength)}
      </pre>
    </>
  )
}

function Moment({ value, time }: { value: string | number; time: number }) {
  const zone = useTimeZone()
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
      <Fact name={zone}>{formatInZone(value, zone)}</Fact>
      <Fact name="UTC">{formatDate(value)}</Fact>
      <Fact name="ISO">
        <code className="font-mono text-xs">{new Date(time).toISOString()}</code>
      </Fact>
      <Fact name="From now">{formatDistance(time, Date.now())}</Fact>
      <Fact name="Stored as">
        <code className="font-mono text-xs">{JSON.stringify(value)}</code>
      </Fact>
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted text-xs leading-5">{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </>
  )
}
