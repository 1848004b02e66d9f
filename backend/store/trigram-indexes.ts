import { raw, type Sql, sql } from '@/backend/sql/sql'
import type { AppKey, AttrKey } from '../schema/attr'
import type { Database } from './database'

/** Makes an index for searching inside texts where it is wanted. */
export interface TrigramIndexes {
  /**
   * To be told of each attribute that was searched by a pattern. One with many values gets an index of
   * its own, in a while: what searches it meanwhile reads all values, as before.
   */
  want(app: AppKey, attr: AttrKey): void
  /** Lets go of the indexes of rows that no attribute has any more. */
  tidy(): void
  /** Waits for what is being made. */
  settle(): Promise<void>
}

/** Fewer values are read through in a few milliseconds. */
const leastValues = 5_000

/** Each index costs the planning of every statement on the table a little. */
const mostIndexes = 50

/** None is made where the server does not let us have the extension `pg_trgm`. */
export function createTrigramIndexes(db: Database): TrigramIndexes {
  const asked = new Set<AttrKey>()
  let isAllowed = true
  let making: Promise<void> = Promise.resolve()
  return {
    want(app, attr) {
      if (!isAllowed || asked.has(attr)) return
      asked.add(attr)
      making = making
        .then(() => makeIndex(db, app, attr))
        .then((isMade) => {
          // It may have enough values by the next time.
          if (!isMade) asked.delete(attr)
        })
        .catch((error: Error) => {
          isAllowed = false
          process.emitWarning(`Searches inside texts stay slow: ${error.message}`)
        })
    },
    tidy() {
      making = making
        .then(() => dropUnused(db))
        // It is in nobody's way until the next job is done.
        .catch((error: Error) => process.emitWarning(`An index is left over: ${error.message}`))
    },
    settle: () => making,
  }
}

/** False where it is not worth it. */
async function makeIndex(db: Database, app: AppKey, attr: AttrKey): Promise<boolean> {
  const values = await db.query(sql`
    select 1 as found from index_values where app = ${app} and attr = ${attr} limit ${leastValues}`)
  if (values.length < leastValues) return false
  const made = await db.query<{ name: string; usable: boolean }>(sql`
    select c.relname as name, i.indisvalid or exists (
      select from pg_stat_progress_create_index p where p.index_relid = i.indexrelid
    ) as usable from pg_index i
    join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'understudy' and c.relname like 'trigrams_%'`)
  const name = `trigrams_${attr}`
  // One that another process is making counts as made.
  const own = made.find((index) => index.name === name)
  if (own?.usable) return true
  if (!own && made.length >= mostIndexes) return true
  await db.query(sql`create extension if not exists pg_trgm`)
  const [extension] = await db.query<{ schema: string }>(sql`
    select quote_ident(n.nspname) as schema from pg_extension e
    join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm'`)
  const operators = raw(`${extension?.schema}.gin_trgm_ops`)
  // What an end in the middle has left is written to at every change, and read by no query.
  if (own) await dropIndex(db, name)
  await db.query(sql`
    create index ${way(db)} if not exists ${raw(name)} on index_values
    using gin (vt collate "default" ${operators}) where attr = ${raw(String(attr))}`)
  await db.query(sql`analyze index_values`)
  return true
}

/** Those of numbers that no attribute of an app has its rows under; the system's stay below 1,000. */
async function dropUnused(db: Database): Promise<void> {
  const unused = await db.query<{ name: string }>(sql`
    select t.name from (
      select c.relname as name, substr(c.relname, length('trigrams_') + 1)::int as key from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'understudy' and c.relkind = 'i' and c.relname like 'trigrams_%'
    ) t where t.key >= 1000
      and not exists (select from attrs a where coalesce(a.index_key, a.key) = t.key)`)
  for (const { name } of unused) await dropIndex(db, name)
}

async function dropIndex(db: Database, name: string): Promise<void> {
  await db.query(sql`drop index ${way(db)} if exists ${raw(name)}`)
}

/** PGlite has one connection, which nobody else can use meanwhile either way. */
function way(db: Database): Sql {
  return db.kind === 'postgres' ? sql`concurrently` : sql``
}
