import { createHash, type Hash } from 'node:crypto'
import { join, raw, type Sql, sql } from '@/backend/sql/sql'
import type { Database, Queryable } from './database'
import { StoreError } from './store-error'

/*
 * A store as text, line by line: a head, then each table's columns followed by its rows, then an end
 * with a checksum. Values are what Postgres prints, so PGlite and every Postgres read them alike.
 */
type Line =
  | { readonly understudy: 1; readonly migrations: readonly string[] }
  | { readonly table: string; readonly columns: readonly Column[] }
  | { readonly rows: readonly Row[] }
  | { readonly end: End }

type Row = readonly (string | null)[]

interface Column {
  readonly name: string
  /** As Postgres names it, such as `timestamp with time zone[]`. */
  readonly type: string
  readonly isIdentity: boolean
}

interface Table {
  readonly name: string
  readonly columns: readonly Column[]
}

/** How many rows are in memory at once. */
const batchRows = 200

/** Few enough that a line is far from the longest string there can be; one row may be longer. */
const longestLine = 4_000_000

/** Told how many rows have been written so far. */
export type OnRows = (rows: number) => void

/** The lines of a store, as one snapshot of it: all apps, with their tokens and secrets. */
export async function* dumpStore(tx: Queryable, onRows: OnRows): AsyncGenerator<string> {
  const checksum = createHash('sha256')
  let rows = 0
  yield lineOf({ understudy: 1, migrations: await readMigrations(tx) }, checksum)
  for (const table of await readTables(tx)) {
    yield lineOf({ table: table.name, columns: table.columns }, checksum)
    for await (const fetched of readRows(tx, table)) {
      for (const batch of splitRows(fetched)) {
        rows += batch.length
        yield lineOf({ rows: batch }, checksum)
        onRows(rows)
      }
    }
  }
  yield `${JSON.stringify({ end: { rows, checksum: checksum.digest('hex') } })}\n`
}

/** Rows of about `longestLine` characters at a time, or one that is longer by itself. */
function* splitRows(rows: readonly Row[]): Generator<readonly Row[]> {
  let batch: Row[] = []
  let length = 0
  for (const row of rows) {
    const more = row.reduce((sum, value) => sum + (value?.length ?? 4), 0)
    if (batch.length > 0 && length + more > longestLine) {
      yield batch
      batch = []
      length = 0
    }
    batch.push(row)
    length += more
  }
  if (batch.length > 0) yield batch
}

/** How many rows a store has, roughly: for telling how far a dump has come. */
export async function countRows(tx: Queryable): Promise<number> {
  const tables = await readTables(tx)
  const counts = await tx.query<{ rows: number }>(
    join(
      tables.map(({ name }) => sql`select count(*)::float8 as rows from ${identifier(name)}`),
      sql` union all `,
    ),
  )
  return counts.reduce((sum, { rows }) => sum + rows, 0)
}

/**
 * Fills an empty store from the lines of another, which are asked for anew at each attempt, in one
 * transaction: a dump that is cut short, or was changed, leaves nothing behind. Answers with the
 * number of rows. Raises a StoreError.
 */
export async function loadStore(db: Database, lines: () => AsyncIterable<string>): Promise<number> {
  return db.transaction(async (tx) => {
    await tx.query(sql`set local statement_timeout = 0`)
    await requireEmpty(tx)
    const rows = await loadLines(tx, lines())
    await restartIdentities(tx)
    return rows
  })
}

async function loadLines(tx: Queryable, lines: AsyncIterable<string>): Promise<number> {
  const checksum = createHash('sha256')
  const known = new Map((await readTables(tx)).map((table) => [table.name, table]))
  let table: Table | null = null
  let rows = 0
  let isHead = true
  for await (const text of lines) {
    const line = parseLine(text)
    if (isHead && !('understudy' in line)) throw unreadable('it does not begin like one')
    isHead = false
    if ('end' in line) {
      requireWhole(line.end, { rows, checksum: checksum.digest('hex') })
      return rows
    }
    checksum.update(`${text}\n`)
    if ('understudy' in line) await requireSameMigrations(tx, line.migrations)
    else if ('table' in line) table = requireTable(known, line)
    else if (table) {
      await insertRows(tx, table, line.rows)
      rows += line.rows.length
    }
  }
  throw unreadable('its end is missing')
}

interface End {
  readonly rows: number
  readonly checksum: string
}

function requireWhole(said: End, found: End): void {
  if (said.rows === found.rows && said.checksum === found.checksum) return
  throw unreadable('its checksum does not match what is in it')
}

/** A fresh store has no rows but those of its migrations. */
async function requireEmpty(tx: Queryable): Promise<void> {
  for (const { name } of await readTables(tx)) {
    const found = await tx.query(sql`select 1 as found from ${identifier(name)} limit 1`)
    if (found.length === 0) continue
    throw new StoreError(
      'The store to import into is not empty. Choose a new BACKEND_DATA_DIR or another database.',
    )
  }
}

async function requireSameMigrations(tx: Queryable, theirs: readonly string[]): Promise<void> {
  const ours = await readMigrations(tx)
  if (JSON.stringify(ours) === JSON.stringify(theirs)) return
  throw new StoreError(
    'The export was made by another version of Understudy. Import it with that version, and update then.',
  )
}

function requireTable(
  known: ReadonlyMap<string, Table>,
  { table, columns }: { table: string; columns: readonly Column[] },
): Table {
  const own = known.get(table)
  const isSame = own && JSON.stringify(own.columns) === JSON.stringify(columns)
  if (isSame) return own
  throw unreadable(`the table ${table} is another one here`)
}

async function readMigrations(tx: Queryable): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(sql`select id from understudy.migrations order by id`)
  return rows.map(({ id }) => id)
}

/** All tables but that of the migrations; what others refer to comes first. */
async function readTables(tx: Queryable): Promise<readonly Table[]> {
  const rows = await tx.query<{
    table: string
    depth: number
    name: string
    type: string
    identity: boolean
  }>(sql`
    with recursive tables as (
      select c.oid, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'understudy' and c.relkind = 'r' and c.relname <> 'migrations'
    ), depths(oid, depth) as (
      select oid, 0 from tables
      union
      select k.conrelid, d.depth + 1 from depths d
      join pg_constraint k on k.confrelid = d.oid and k.contype = 'f' and k.conrelid <> d.oid
    )
    select t.relname as table, (select max(depth) from depths d where d.oid = t.oid) as depth,
      a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attidentity <> '' as identity
    from tables t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
    order by depth, t.relname, a.attnum`)
  const tables = new Map<string, Column[]>()
  for (const { table, name, type, identity } of rows) {
    const columns = tables.get(table) ?? []
    columns.push({ name, type, isIdentity: identity })
    tables.set(table, columns)
  }
  return [...tables].map(([name, columns]) => ({ name, columns }))
}

async function* readRows(tx: Queryable, { name, columns }: Table): AsyncGenerator<readonly Row[]> {
  const values = join(
    columns.map((column) => sql`${identifier(column.name)}::text`),
    sql`, `,
  )
  await tx.query(
    sql`declare dump no scroll cursor for select array[${values}] as row from ${identifier(name)}`,
  )
  for (;;) {
    const rows = await tx.query<{ row: Row }>(sql`fetch ${raw(String(batchRows))} from dump`)
    if (rows.length > 0) yield rows.map(({ row }) => row)
    if (rows.length < batchRows) break
  }
  await tx.query(sql`close dump`)
}

async function insertRows(
  tx: Queryable,
  { name, columns }: Table,
  rows: readonly Row[],
): Promise<void> {
  const names = columns.map((column) => identifier(column.name))
  const list = join(names, sql`, `)
  const typed = join(
    columns.map((column) => sql`x.${identifier(column.name)}::${raw(column.type)}`),
    sql`, `,
  )
  const arrays = join(
    columns.map((_, at) => sql`${rows.map((row) => row[at] ?? null)}::text[]`),
    sql`, `,
  )
  await tx.query(sql`
    insert into ${identifier(name)} (${list}) overriding system value
    select ${typed} from unnest(${arrays}) x(${list})`)
}

/** What is added after an import must not get the number of what came with it. */
async function restartIdentities(tx: Queryable): Promise<void> {
  for (const { name, columns } of await readTables(tx)) {
    for (const column of columns.filter(({ isIdentity }) => isIdentity)) {
      const of = identifier(column.name)
      await tx.query(sql`
        select setval(pg_get_serial_sequence(${`understudy.${name}`}::text, ${column.name}::text), max(${of}))
        from ${identifier(name)} having max(${of}) is not null`)
    }
  }
}

/** Names of our own tables and columns, as the catalog has them. */
function identifier(name: string): Sql {
  return raw(`"${name.replaceAll('"', '""')}"`)
}

function lineOf(line: Line, checksum: Hash): string {
  const text = `${JSON.stringify(line)}\n`
  checksum.update(text)
  return text
}

function parseLine(text: string): Line {
  try {
    return JSON.parse(text) as Line
  } catch {
    throw unreadable('a line of it is not JSON')
  }
}

function unreadable(reason: string): StoreError {
  return new StoreError(`This is no whole export of Understudy: ${reason}. Nothing was imported.`)
}
