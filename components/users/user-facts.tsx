import type { ReactNode } from 'react'
import { Badge } from '@/components/ui/badge'
import { CopyButton } from '@/components/ui/copy-button'
import { formatCount, formatDate, shortId } from '@/lib/model/format-value'
import type { LinkedRecord } from '@/lib/model/record'
import type { UserDetail } from '@/lib/model/user'

interface UserFactsProps {
  readonly user: UserDetail
  readonly onOpenUser: (id: string) => void
}

/** What is to be known of any user first. */
export function UserFacts({ user, onOpenUser }: UserFactsProps) {
  const { email, type, createdAt, sessions, record } = user
  const primary = record.links.linkedPrimaryUser?.records ?? []
  const guests = record.links.linkedGuestUsers
  return (
    <dl className="grid grid-cols-[7rem_1fr] gap-x-3 gap-y-1.5 border-line border-b px-3 py-3">
      <Fact name="E-mail">
        {email === null ? (
          <span className="text-faint">none</span>
        ) : (
          <span className="flex items-center gap-1">
            <span className="[overflow-wrap:anywhere]">{email}</span>
            <CopyButton text={email} label="Copy e-mail" />
          </span>
        )}
      </Fact>
      <Fact name="Type">
        {type === null ? (
          <span className="text-muted">not set: made by a token, not by signing in</span>
        ) : (
          <Badge>{type}</Badge>
        )}
      </Fact>
      <Fact name="Created">
        {createdAt === null ? (
          <span className="text-faint">unknown</span>
        ) : (
          <time dateTime={createdAt}>{formatDate(createdAt) ?? createdAt} UTC</time>
        )}
      </Fact>
      <Fact name="Sessions">
        {sessions === null ? (
          <span className="text-faint">unknown: the backend does not tell</span>
        ) : sessions === 0 ? (
          'none: signed out everywhere'
        ) : (
          formatCount(sessions)
        )}
      </Fact>
      {primary.length > 0 && (
        <Fact name="Guest of">
          <People people={primary} onOpen={onOpenUser} />
        </Fact>
      )}
      {guests && guests.total > 0 && (
        <Fact name="Linked guests">
          <People people={guests.records} onOpen={onOpenUser} />
          {guests.total > guests.records.length && (
            <span className="text-muted"> of {formatCount(guests.total)}</span>
          )}
        </Fact>
      )}
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  )
}

interface PeopleProps {
  readonly people: readonly LinkedRecord[]
  readonly onOpen: (id: string) => void
}

function People({ people, onOpen }: PeopleProps) {
  return (
    <span className="flex flex-wrap gap-1">
      {people.map(({ id, title }) => (
        <button
          key={id}
          type="button"
          onClick={() => onOpen(id)}
          title={id}
          className="max-w-full truncate rounded bg-sunken px-1.5 text-left leading-6 ring-1 ring-line ring-inset hover:bg-accent-soft hover:text-accent-text hover:ring-accent"
        >
          {title ?? shortId(id)}
        </button>
      ))}
    </span>
  )
}
