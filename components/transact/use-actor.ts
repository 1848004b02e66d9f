import { useQuery } from '@tanstack/react-query'
import { useApp } from '@/components/shell/acting'
import { normalizeEmail } from '@/lib/base/email'
import { asAdmin } from '@/lib/model/identity'
import { type AppSchema, findNamespace } from '@/lib/model/schema'
import { findRecordsQuery } from '@/lib/queries/find-records'

/** Whom the dashboard acts as, as people and programs call them. */
export interface Actor {
  /** Fits into a sentence: `a guest`, or an e-mail, or an id. */
  readonly name: string
  /** Null when it is nobody with an e-mail, or not known yet. */
  readonly email: string | null
}

/** Users are named as the admin sees them: somebody need not be allowed to see themselves. */
export function useActor(schema: AppSchema): Actor {
  const { appId, as } = useApp()
  const namespace = findNamespace(schema, '$users')
  const { data } = useQuery({
    ...findRecordsQuery({
      app: asAdmin(appId),
      namespace: { name: '$users', titleAttribute: 'email' },
      where: { id: as.kind === 'user' ? as.id : '' },
    }),
    enabled: as.kind === 'user' && namespace !== undefined,
  })
  if (as.kind !== 'user') return { name: as.kind === 'guest' ? 'a guest' : 'admin', email: null }
  const email = normalizeEmail(data?.[0]?.title)
  return { name: email ?? as.id, email }
}
