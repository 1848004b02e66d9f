import type { AppKey } from '@/backend/schema/attr'
import type { Schema } from '@/backend/schema/schema'
import { sql } from '@/backend/sql/sql'
import type { Queryable } from '@/backend/store/database'
import { attrKey } from './find-user'
import { hashCode, isSameHash } from './magic-code'

interface Context {
  readonly app: AppKey
  readonly schema: Schema
}

/** A pending magic code. */
export interface FoundCode {
  readonly id: string
  readonly isExpired: boolean
}

// How long an expired code is kept to say that it has expired, rather than that there is none.
const keptMinutes = 1_440
const maxStale = 100

/**
 * The code that was made for this e-mail; rather one that is still valid, when the same digits
 * have been drawn twice. Every code of the e-mail is compared in constant time.
 */
export async function findCode(
  tx: Queryable,
  { app, schema }: Context,
  { email, code }: { readonly email: string; readonly code: string },
): Promise<FoundCode | null> {
  const rows = await tx.query<FoundCode & { readonly hash: string }>(sql`
    select e.id, e.data ->> ${String(attrKey(schema, '$magicCodes', 'codeHash'))} as hash,
      e.created_at + a.magic_code_minutes * 60000 < extract(epoch from now()) * 1000 as "isExpired"
    from index_values v
    join apps a on a.key = v.app
    join entities e on e.app = v.app and e.id = v.id and e.ns = ${schema.namespaceKey('$magicCodes')}
    where v.app = ${app} and v.attr = ${attrKey(schema, '$magicCodes', 'email')}
      and v.is_text and not v.is_unique and v.vt = ${email}`)
  const given = hashCode(code)
  const same = rows
    .map(({ id, hash, isExpired }) => ({ id, isExpired, isSame: isSameHash(hash, given) }))
    .filter(({ isSame }) => isSame)
  return same.find(({ isExpired }) => !isExpired) ?? same[0] ?? null
}

/** Ids of codes that expired long ago, for whichever e-mail; not all of them when there are many. */
export async function findStaleCodes(
  tx: Queryable,
  { app, schema }: Context,
): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(sql`
    select e.id from entities e
    where e.app = ${app} and e.ns = ${schema.namespaceKey('$magicCodes')}
      and e.created_at < extract(epoch from now()) * 1000 - (
        select (a.magic_code_minutes + ${keptMinutes}::int) * 60000 from apps a where a.key = ${app})
    limit ${maxStale}`)
  return rows.map(({ id }) => id)
}
