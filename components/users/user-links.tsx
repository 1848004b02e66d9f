'use client'

import Link from 'next/link'
import { useApp } from '@/components/shell/acting'
import { formatCount, shortId } from '@/lib/model/format-value'
import { admin } from '@/lib/model/identity'
import { recordSearch } from '@/lib/model/namespace-view'
import type { LinkedRecords, RecordDetail } from '@/lib/model/record'
import { pages } from '@/lib/model/routes'
import type { Link as LinkOf, Namespace } from '@/lib/model/schema'
import { usersNamespace } from '@/lib/model/user'

interface UserLinksProps {
  readonly namespace: Namespace
  readonly record: RecordDetail
  readonly onOpenUser: (id: string) => void
}

// Said already, at the top.
const facts = ['linkedPrimaryUser', 'linkedGuestUsers']

/** What is linked to a user, and the way to each of it. */
export function UserLinks({ namespace, record, onOpenUser }: UserLinksProps) {
  const links = namespace.links.filter(({ label }) => !facts.includes(label))
  if (links.length === 0) return null
  return (
    <section aria-label="Links" className="py-2">
      <h3 className="px-3 pt-1 pb-1 font-medium text-muted text-xs">Links</h3>
      <dl>
        {links.map((link) => (
          <div
            key={`${link.label} ${link.isForward}`}
            className="grid grid-cols-[7rem_1fr] gap-x-3 px-3 py-1"
          >
            <dt className="min-w-0 self-start text-muted">
              <span className="block truncate" title={`${link.label}: ${link.target}`}>
                {link.label}
              </span>
            </dt>
            <dd className="min-w-0">
              <Targets link={link} linked={record.links[link.label]} onOpenUser={onOpenUser} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

interface TargetsProps {
  readonly link: LinkOf
  readonly linked: LinkedRecords | undefined
  readonly onOpenUser: (id: string) => void
}

const chipClass =
  'block max-w-full truncate rounded bg-sunken px-1.5 text-left leading-6 ring-1 ring-line ring-inset hover:bg-accent-soft hover:text-accent-text hover:ring-accent'

function Targets({ link, linked, onOpenUser }: TargetsProps) {
  const { appId } = useApp()
  if (!linked || linked.total === 0) return <span className="text-faint">none</span>
  const rest = linked.total - linked.records.length
  return (
    <ul className="flex flex-wrap gap-1">
      {linked.records.map(({ id, title }) => (
        <li key={id} className="min-w-0">
          {link.target === usersNamespace ? (
            <button type="button" title={id} onClick={() => onOpenUser(id)} className={chipClass}>
              {title ?? shortId(id)}
            </button>
          ) : (
            <Link
              href={pages.data(
                // What is listed here was read as admin: a rule may hide it from anyone else.
                { appId, as: admin },
                link.target,
                recordSearch({ namespace: link.target, id }),
              )}
              title={`${link.target} ${id}`}
              className={chipClass}
            >
              {title ?? shortId(id)}
            </Link>
          )}
        </li>
      ))}
      {rest > 0 && <li className="text-muted">and {formatCount(rest)} more</li>}
    </ul>
  )
}
