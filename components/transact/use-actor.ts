import { useQuery } from '@tanstack/react-query'
import { useApp } from '@/components/shell/acting'
import { useIdentityName } from '@/components/shell/use-identity-name'
import { normalizeEmail } from '@/lib/base/email'
import { userSummaryQuery } from '@/lib/queries/users'

/** Whom the dashboard acts as, as people and programs call them. */
export interface Actor {
  readonly name: string
  /** Null when it is nobody with an e-mail, or not known yet. */
  readonly email: string | null
}

export function useActor(): Actor {
  const app = useApp()
  const { as, appId } = app
  const { name } = useIdentityName(app)
  const id = as.kind === 'user' ? as.id : ''
  const { data } = useQuery({ ...userSummaryQuery({ appId, id }), enabled: as.kind === 'user' })
  return { name, email: normalizeEmail(data?.email) }
}
