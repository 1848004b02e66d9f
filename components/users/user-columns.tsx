import type { GridColumn } from '@/components/grid/grid-column'
import { ActAsLink } from '@/components/shell/act-as-user'
import { Badge } from '@/components/ui/badge'
import { formatDate, shortId } from '@/lib/model/format-value'
import { type CreationTimes, type UserSummary, userLabel } from '@/lib/model/user'

const whyNotSortable = 'Users are listed newest first.'

/** The columns of the list. Creation times come later than the rows: they are asked for separately. */
export function userColumns(
  created: CreationTimes | undefined,
): readonly GridColumn<UserSummary>[] {
  return [
    {
      id: 'email',
      label: 'E-mail',
      width: 304,
      whyNotSortable,
      render: ({ email }) =>
        email === null ? <span className="text-faint">no e-mail</span> : email,
      textClass: 'font-medium',
      text: ({ email }) => email ?? '',
    },
    {
      id: 'name',
      label: 'Name',
      width: 176,
      whyNotSortable,
      render: ({ name }) => name,
      text: ({ name }) => name ?? '',
    },
    {
      id: 'type',
      label: 'Type',
      width: 96,
      whyNotSortable,
      render: ({ type }) =>
        type === null ? <span className="text-faint">not set</span> : <Badge>{type}</Badge>,
      text: ({ type }) => type ?? '',
    },
    {
      id: 'created',
      label: 'Created',
      note: 'UTC',
      width: 168,
      whyNotSortable,
      render: ({ id }) => <Created at={created?.[id]} />,
      text: ({ id }) => created?.[id] ?? '',
    },
    {
      id: 'id',
      label: 'Id',
      width: 104,
      whyNotSortable,
      render: ({ id }) => shortId(id),
      textClass: 'font-mono text-muted text-xs',
      textTitle: ({ id }) => id,
      text: ({ id }) => id,
    },
    {
      id: 'act',
      label: 'Act as',
      width: 80,
      whyNotSortable,
      render: (user) => <ActAsLink id={user.id} name={userLabel(user)} />,
      text: () => '',
    },
  ]
}

function Created({ at }: { at: string | null | undefined }) {
  if (at === undefined) return <span className="text-faint">…</span>
  if (at === null) return <span className="text-faint">unknown</span>
  return <time dateTime={at}>{formatDate(at) ?? at}</time>
}
