import { sql } from '@/backend/sql/sql'
import type { AppKey } from '../schema/attr'
import { type Topics, toTopicsJson } from '../schema/topics'
import type { Queryable } from './database'

/** A committed change of an app. Ids of one app grow. */
export interface TransactionRow {
  readonly id: number
  /** To the second, in UTC (contract http.md 1.4). */
  readonly createdAt: string
}

/**
 * Gives the transaction its id, by which readers and subscribers learn of it. `topics` is what it
 * has written, for the other processes on the store; null when there are none.
 */
export async function insertTransaction(
  tx: Queryable,
  app: AppKey,
  topics: Topics | null,
): Promise<TransactionRow> {
  const json = topics && JSON.stringify(toTopicsJson(topics))
  const [row] = await tx.query<TransactionRow>(sql`
    insert into transactions (app, topics) values (${app}, ${json}::jsonb)
    returning id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "createdAt"`)
  if (!row) throw new Error('An insert returns its row.')
  return row
}
