import { z } from 'zod'

/** On whose behalf the dashboard's requests are made. */
export const identity = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('admin') }),
  z.object({ kind: z.literal('guest') }),
  z.object({ kind: z.literal('user'), id: z.uuid() }),
])

export type Identity = z.infer<typeof identity>

export const admin: Identity = { kind: 'admin' }
