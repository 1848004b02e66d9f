import { sql } from '@/backend/sql/sql'
import type { Json } from '@/lib/base/json'
import type { Queryable } from './database'

/**
 * The index of the first value that is no date, or is larger than an index takes; null when all
 * pass. Postgres itself decides what is a date (contract semantics.md 5.6).
 */
export async function judgeValues(
  tx: Queryable,
  values: readonly { readonly doubt: 'date' | 'size'; readonly value: Json }[],
): Promise<number | null> {
  if (values.length === 0) return null
  const rows = await tx.query<{ n: number }>(sql`
    select w.n
    from unnest(
      ${values.map(({ doubt }) => doubt)}::text[],
      ${values.map(({ value }) => JSON.stringify(value))}::text[]
    ) with ordinality w(doubt, value, n)
    where case w.doubt
      when 'date' then instant_of(w.value::jsonb) is null
      else pg_column_size(w.value::jsonb) > 1024
    end
    order by w.n limit 1`)
  return rows[0] ? rows[0].n - 1 : null
}
