import { sql } from '@/backend/sql/sql'
import { must } from '@/lib/base/must'
import type { Queryable } from './database'

/**
 * A secret that all processes on one store share. It is `fresh` for the first that asks; of several
 * at once, one makes it.
 */
export async function shareSecret(
  db: Queryable,
  name: string,
  fresh: Uint8Array,
): Promise<Uint8Array> {
  await db.query(sql`
    insert into secrets (name, value) values (${name}, ${Buffer.from(fresh)})
    on conflict (name) do nothing`)
  const rows = await db.query<{ value: Uint8Array }>(
    sql`select value from secrets where name = ${name}`,
  )
  return must(rows[0], 'it has just been inserted, or was there').value
}
