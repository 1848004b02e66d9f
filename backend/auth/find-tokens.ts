import type { AppKey } from '@/backend/schema/attr'
import type { Schema } from '@/backend/schema/schema'
import { sql } from '@/backend/sql/sql'
import type { Queryable } from '@/backend/store/database'
import { attrKey } from './find-user'
import { hashRefreshToken } from './refresh-token'

interface Context {
  readonly app: AppKey
  readonly schema: Schema
}

/** Ids of the `$userRefreshTokens` of a user. */
export async function findTokensOf(
  tx: Queryable,
  { app, schema }: Context,
  userId: string,
): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(sql`
    select l.from_id as id from links l
    where l.app = ${app} and l.attr = ${attrKey(schema, '$userRefreshTokens', '$user')}
      and l.to_id = ${userId}::uuid`)
  return rows.map(({ id }) => id)
}

/** Id of the `$userRefreshTokens` of a token: none or one. */
export async function findTokens(
  tx: Queryable,
  { app, schema }: Context,
  token: string,
): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(sql`
    select v.id from index_values v
    where v.app = ${app} and v.attr = ${attrKey(schema, '$userRefreshTokens', 'hashedToken')}
      and v.is_text and v.is_unique and v.vt = ${hashRefreshToken(token)}`)
  return rows.map(({ id }) => id)
}
