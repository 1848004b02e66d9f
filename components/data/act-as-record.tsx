import { ActAsIcon } from '@/components/shell/act-as-user'
import { shortId } from '@/lib/model/format-value'
import type { RecordRef } from '@/lib/model/record'
import { usersNamespace } from '@/lib/model/user'

interface ActAsRecordProps {
  readonly record: RecordRef
  readonly title: string | null
}

/** For a record that is one of the app's users, the way to act as them; nothing for any other. */
export function ActAsRecord({ record: { namespace, id }, title }: ActAsRecordProps) {
  if (namespace !== usersNamespace) return null
  return <ActAsIcon id={id} name={title ?? shortId(id)} />
}
