import { raw, sql } from '@/backend/sql/sql'
import type { Database, Queryable } from './database'
import { StoreError } from './store-error'

/** One step of the schema, applied once and never changed afterwards. */
export interface Migration {
  /** Sorts after the ids before it, such as `0002-files`. */
  readonly id: string
  /** One SQL statement each. */
  readonly statements: readonly string[]
}

/**
 * Brings the store up to the last of `migrations`, each in a transaction of its own. Several
 * processes may start at once: one migrates, the others wait and find it done. A store with a
 * migration that is not in the list was written by a newer version and is refused untouched.
 */
export async function migrate(db: Database, migrations: readonly Migration[]): Promise<void> {
  await db.transaction(async (tx) => {
    await lock(tx, db.kind)
    await tx.query(sql`create schema if not exists understudy`)
    await tx.query(sql`
      create table if not exists understudy.migrations (
        id text collate "C" primary key, applied_at timestamptz not null default now())`)
    await refuseNewer(tx, migrations)
  })
  for (const migration of migrations) await apply(db, migration)
}

async function apply(db: Database, { id, statements }: Migration): Promise<void> {
  await db.transaction(async (tx) => {
    await lock(tx, db.kind)
    const applied = await tx.query(sql`select from understudy.migrations where id = ${id}`)
    if (applied.length > 0) return
    // A big store may need longer for it than any request may take.
    await tx.query(sql`set local statement_timeout = 0`)
    for (const statement of statements) await tx.query(raw(statement))
    await tx.query(sql`insert into understudy.migrations (id) values (${id})`)
  })
}

async function refuseNewer(tx: Queryable, migrations: readonly Migration[]): Promise<void> {
  const ids = migrations.map(({ id }) => id)
  const unknown = await tx.query<{ id: string }>(sql`
    select id from understudy.migrations where id <> all(${ids}::text[]) order by id desc limit 1`)
  if (!unknown[0]) return
  throw new StoreError(
    `This store was written by a newer version (it has the migration ${unknown[0].id}). ` +
      'Update Understudy, or use another store.',
  )
}

// Until the transaction ends. PGlite has one process and one connection.
async function lock(tx: Queryable, kind: Database['kind']): Promise<void> {
  if (kind === 'pglite') return
  await tx.query(sql`select pg_advisory_xact_lock(hashtextextended('understudy.migrations', 0))`)
}
