import { findCascades } from '@/lib/model/cascade'
import { formatCount } from '@/lib/model/format-value'
import { type AppSchema, findNamespace } from '@/lib/model/schema'
import { type UserDetail, usersNamespace } from '@/lib/model/user'

interface DeletionConsequencesProps {
  readonly user: UserDetail
  readonly schema: AppSchema
}

/** What goes with a user, as far as the schema says, and what stays without them. */
export function DeletionConsequences({ user, schema }: DeletionConsequencesProps) {
  const countOf = (label: string) => user.record.links[label]?.total ?? 0
  const cascades = findCascades(schema, usersNamespace).filter(
    ({ link }) => countOf(link.label) > 0,
  )
  const kept = (findNamespace(schema, usersNamespace)?.links ?? []).filter(
    (link) => !link.deletesTargets && countOf(link.label) > 0,
  )
  return (
    <div className="my-3 space-y-3">
      <div className="rounded-md bg-danger-soft px-3 py-2 text-danger-text">
        <p className="font-medium">Deleted with the user:</p>
        <ul className="mt-1 list-disc pl-5">
          <li>{sessionsInWords(user.sessions)}, and what links the user to sign-in providers</li>
          {cascades.map(({ link, further }) => (
            <li key={link.label}>
              {link.label === 'linkedGuestUsers'
                ? `${formatCount(countOf(link.label))} linked ${countOf(link.label) === 1 ? 'guest' : 'guests'}`
                : `${formatCount(countOf(link.label))} of ${link.target} (${link.label})`}
              {further.length > 0 && `, and what these take with them in ${further.join(', ')}`}
            </li>
          ))}
        </ul>
      </div>
      {kept.length > 0 && (
        <div className="text-muted">
          <p>Kept, but no longer linked to the user:</p>
          <ul className="mt-1 list-disc pl-5">
            {kept.map((link) => (
              <li key={link.label}>
                {formatCount(countOf(link.label))} of {link.target} ({link.label})
              </li>
            ))}
          </ul>
        </div>
      )}
      <p className="text-muted">
        It cannot be undone. An app that is open at this moment may go on until its next connection.
      </p>
    </div>
  )
}

function sessionsInWords(sessions: number | null): string {
  if (sessions === null) return 'All sessions'
  if (sessions === 0) return 'No session: there is none now'
  return `${formatCount(sessions)} ${sessions === 1 ? 'session' : 'sessions'}`
}
