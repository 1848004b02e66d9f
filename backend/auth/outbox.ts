import type { AppKey } from '@/backend/schema/attr'
import { sql } from '@/backend/sql/sql'
import type { Queryable } from '@/backend/store/database'
import type { SendMail } from './mail'

/** A message that waits to be read by the admin of its app. */
export interface OutboxMessage {
  readonly id: number
  /** To the second, in UTC (contract http.md 1.4). */
  readonly at: string
  readonly to: string
  readonly subject: string
  readonly text: string
}

const maxMessages = 1_000

/**
 * Keeps messages in the store instead of sending them: what a backend does that has not been told
 * of a mail server. Codes stand in them in the clear, so each is gone after a day.
 */
export function toOutbox(db: Queryable): SendMail {
  return async ({ app, to, subject, text }) => {
    await db.query(sql`
      insert into outbox (app, recipient, subject, text)
      values (${app}, ${to}, ${subject}, ${text})`)
    await db.query(sql`
      delete from outbox where at < now() - interval '1 day' or app = ${app} and id <= (
        select o.id from outbox o where o.app = ${app}
        order by o.id desc offset ${maxMessages} limit 1)`)
  }
}

/** The messages of an app of the last day, the latest first. */
export async function readMessages(db: Queryable, app: AppKey): Promise<readonly OutboxMessage[]> {
  return db.query<OutboxMessage>(sql`
    select id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at,
      recipient as "to", subject, text
    from outbox where app = ${app} and at > now() - interval '1 day' order by id desc`)
}
