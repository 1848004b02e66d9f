import { raw, type Sql, sql } from '@/backend/sql/sql'

/** Types that values are bound as. */
export type SqlType = 'bigint' | 'float8' | 'int' | 'int[]' | 'text' | 'uuid' | 'uuid[]'

/**
 * A bound value that the planner does not look at. A statement in which every value is unseen is
 * planned once for all values; else Postgres plans it anew at each run while it thinks that a plan
 * for the very values is cheaper, which often takes longer than the statement itself. Only for
 * statements whose best plan is the same whatever the values are.
 */
export function unseen(value: unknown, type: SqlType): Sql {
  return sql`(select ${value}::${raw(type)})`
}
