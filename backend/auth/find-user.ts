import type { AppKey, AttrKey } from '@/backend/schema/attr'
import type { Schema } from '@/backend/schema/schema'
import type { User } from '@/backend/schema/user'
import { sql } from '@/backend/sql/sql'
import type { Queryable } from '@/backend/store/database'
import type { Json, JsonObject } from '@/lib/base/json'
import { must } from '@/lib/base/must'
import { hashRefreshToken } from './refresh-token'

/** What a user is known by. An e-mail is compared as it is: whoever asks has normalised it. */
export type UserKey =
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'email'; readonly email: string }
  | { readonly kind: 'token'; readonly token: string }

interface Context {
  readonly app: AppKey
  readonly schema: Schema
}

/** The user that the key stands for; null when there is none. */
export async function findUser(
  tx: Queryable,
  context: Context,
  key: UserKey,
): Promise<User | null> {
  const id = await findUserId(tx, context, key)
  return id === null ? null : readUser(tx, context, id)
}

/** The id that a key stands for, whether or not it is that of a user if it is given as such. */
export async function findUserId(
  tx: Queryable,
  context: Context,
  key: UserKey,
): Promise<string | null> {
  switch (key.kind) {
    case 'id':
      return key.id
    case 'email':
      return findByEmail(tx, context, key.email)
    case 'token':
      return findByToken(tx, context, key.token)
  }
}

async function findByEmail(
  tx: Queryable,
  { app, schema }: Context,
  email: string,
): Promise<string | null> {
  const attr = attrKey(schema, '$users', 'email')
  const rows = await tx.query<{ id: string }>(sql`
    select v.id from index_values v
    where v.app = ${app} and v.attr = ${attr} and v.is_text and v.is_unique and v.vt = ${email}`)
  return rows[0]?.id ?? null
}

async function findByToken(
  tx: Queryable,
  { app, schema }: Context,
  token: string,
): Promise<string | null> {
  const rows = await tx.query<{ id: string }>(sql`
    select l.to_id as id
    from index_values v
    join links l on l.app = v.app and l.from_id = v.id
      and l.attr = ${attrKey(schema, '$userRefreshTokens', '$user')}
    where v.app = ${app} and v.attr = ${attrKey(schema, '$userRefreshTokens', 'hashedToken')}
      and v.is_text and v.is_unique and v.vt = ${hashRefreshToken(token)}`)
  return rows[0]?.id ?? null
}

/** A user by its id; null when there is none. */
export async function readUser(
  tx: Queryable,
  { app, schema }: Context,
  id: string,
): Promise<User | null> {
  const links = schema.linksFrom('$users').filter(({ cardinality }) => cardinality === 'one')
  const rows = await tx.query<{ createdAtMs: number; data: JsonObject; links: JsonObject }>(sql`
    select e.created_at as "createdAtMs", e.data, (
      select coalesce(jsonb_object_agg(l.attr::text, l.to_id), '{}')
      from links l
      where l.app = e.app and l.from_id = e.id
        and l.attr = any(${links.map(({ key }) => key)}::int[])
    ) as links
    from entities e
    where e.app = ${app} and e.ns = ${schema.namespaceKey('$users')} and e.id = ${id}::uuid`)
  const [row] = rows
  if (!row) return null
  const stored = { ...row.data, ...row.links }
  const values = [...schema.dataAttrs('$users'), ...links].flatMap(({ key, forward }) => {
    const value = stored[String(key)]
    return value === undefined || forward.label === 'id' ? [] : [[forward.label, value] as const]
  })
  return { id, createdAtMs: row.createdAtMs, values: Object.fromEntries<Json>(values) }
}

/** The number of an attribute that every app has. */
export function attrKey(schema: Schema, namespace: string, label: string): AttrKey {
  const attr = schema.dataAttr(namespace, label) ?? schema.link(namespace, label)?.attr
  return must(attr, `the catalog has ${namespace}.${label}`).key
}
