import { type OutboxMessage, readMessages } from '@/backend/auth/outbox'
import type { AppKey } from '@/backend/schema/attr'
import type { Engine } from './engine'

export type { OutboxMessage } from '@/backend/auth/outbox'

/**
 * What was mailed to the users of an app and kept here for want of a mail server, the latest
 * first. Codes stand in it in the clear: for the admin alone.
 */
export async function readOutbox({ db }: Engine, app: AppKey): Promise<readonly OutboxMessage[]> {
  return readMessages(db, app)
}
