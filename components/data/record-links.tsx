'use client'

import { CornerDownRight, CornerUpLeft } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { formatCount } from '@/lib/model/format-value'
import type { LinkedRecords, RecordDetail, RecordRef } from '@/lib/model/record'
import type { Link, Namespace } from '@/lib/model/schema'
import { ActAsRecord } from './act-as-record'
import { LinkChip } from './link-chip'

interface RecordLinksProps {
  readonly namespace: Namespace
  readonly record: RecordDetail
  readonly onOpen: (ref: RecordRef) => void
}

/** The links of a record: those it was declared with, then those that point to it. */
export function RecordLinks({ namespace, record, onOpen }: RecordLinksProps) {
  if (namespace.links.length === 0) return null
  const links = [...namespace.links].sort((a, b) => Number(b.isForward) - Number(a.isForward))
  return (
    <section aria-label="Links" className="py-2">
      <h3 className="px-3 pt-1 pb-1 font-medium text-muted text-xs">Links</h3>
      <ul>
        {links.map((link) => (
          <LinkField
            key={`${link.label} ${link.isForward}`}
            link={link}
            linked={record.links[link.label] ?? nothing}
            onOpen={onOpen}
          />
        ))}
      </ul>
    </section>
  )
}

const nothing: LinkedRecords = { total: 0, records: [] }

interface LinkFieldProps {
  readonly link: Link
  readonly linked: LinkedRecords
  readonly onOpen: (ref: RecordRef) => void
}

function LinkField({ link, linked, onOpen }: LinkFieldProps) {
  const Icon = link.isForward ? CornerDownRight : CornerUpLeft
  const rest = linked.total - linked.records.length
  return (
    <li className="px-3 py-1.5">
      <div className="flex h-6 items-center gap-1.5 text-xs">
        <Icon
          role="img"
          aria-label={link.isForward ? 'Links to' : 'Linked from'}
          className="size-3 shrink-0 text-faint"
        />
        <span className="truncate font-medium">{link.label}</span>
        <span className="truncate text-muted">
          {link.cardinality === 'one' ? 'one' : 'many'} {link.target}
        </span>
        {link.isRequired && <Badge>required</Badge>}
        {link.cardinality === 'many' && (
          <span className="ml-auto text-muted">{formatCount(linked.total)}</span>
        )}
      </div>
      {linked.total === 0 ? (
        <p className="pl-4.5 text-faint">none</p>
      ) : (
        <ul className="flex flex-wrap gap-1 pl-4.5">
          {linked.records.map((target) => (
            <li key={target.id} className="flex min-w-0 items-center">
              <LinkChip
                record={target}
                namespace={link.target}
                onOpen={() => onOpen({ namespace: link.target, id: target.id })}
              />
              <ActAsRecord
                record={{ namespace: link.target, id: target.id }}
                title={target.title}
              />
            </li>
          ))}
          {rest > 0 && <li className="text-muted">and {formatCount(rest)} more</li>}
        </ul>
      )}
    </li>
  )
}
