import { sql } from '@/backend/sql/sql'
import type { AppKey } from '../schema/attr'
import type { Queryable } from './database'

/** A committed change of an app. Ids of one app grow. */
export interface TransactionRow {
  readonly id: number
  /** To the second, in UTC (contract http.md 1.4). */
  readonly createdAt: string
}

/** Gives the transaction its id, by which readers and subscribers learn of it. */
export async function insertTransaction(tx: Queryable, app: AppKey): Promise<TransactionRow> {
  const [row] = await tx.query<TransactionRow>(sql`
    insert into transactions (app) values (${app})
    returning id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "createdAt"`)
  if (!row) throw new Error('An insert returns its row.')
  return row
}
