import { join, raw, type Sql, sql } from '@/backend/sql/sql'
import type { Database, Queryable } from '@/backend/store/database'
import type { Json, JsonObject } from '@/lib/base/json'
import { type Baseline, idsOf } from './baseline'
import { bookLabels, libraryTables, userLabels } from './library'

type Row = { readonly id: string }
const types: Readonly<Record<string, string>> = {
  age: 'float8',
  price: 'float8',
  pages: 'float8',
  rating: 'float8',
  position: 'float8',
  isActive: 'boolean',
  isInPrint: 'boolean',
  joinedAt: 'timestamptz',
  soldAt: 'timestamptz',
}
const typeOf = (label: string) => types[label] ?? 'text'
const shelfLabels = ['name', 'position', 'owner']
const columns = (labels: readonly string[]) =>
  labels.map((label) => `"${label}" ${label === 'owner' ? 'uuid' : typeOf(label)}`).join(', ')

/** Hand-written SQL over a plain typed table for each kind: the fastest that the driver allows. */
export function limitBaseline(db: Database): Baseline {
  const ask = (statement: Sql) => db.query<Row>(statement).then(idsOf)
  return {
    async load() {
      for (const statement of tables) await db.query(raw(statement))
      for (const { namespace, records } of libraryTables) {
        for (const batch of batches([...records()])) {
          const links = batch.flatMap((record) =>
            (record.links.books ?? []).map((book) => ({ shelf: record.id, book })),
          )
          await db.transaction(async (tx) => {
            await insert(tx, `plain.${namespace}`, labelsOf(namespace), batch)
            await tx.query(sql`
              insert into plain.placings select * from unnest(
                ${links.map(({ shelf }) => shelf)}::uuid[], ${links.map(({ book }) => book)}::uuid[])`)
          })
        }
      }
      for (const statement of indexes) await db.query(raw(statement))
    },
    pageByCreation: () =>
      ask(sql`select * from plain.books order by created_at desc, id desc limit 50`),
    pageAtOffset: (offset) =>
      ask(sql`
        select b.* from (select id, price from plain.books order by price, id offset ${offset} limit 50) p
        join plain.books b on b.id = p.id order by p.price, p.id`),
    pageAfter: ({ createdAt, id }) =>
      ask(sql`
        select * from plain.books where (created_at, id) > (${createdAt}::bigint, ${id}::uuid)
        order by created_at, id limit 50`),
    pageByPriceAfter: ({ price, id }) =>
      ask(sql`
        select * from plain.books where (price, id) > (${price}::float8, ${id}::uuid)
        order by price, id limit 50`),
    byId: (id) => ask(sql`select * from plain.books where id = ${id}::uuid`),
    byUnique: (isbn) => ask(sql`select * from plain.books where isbn = ${isbn}`),
    async threeLevels() {
      const users = await db.query<Row>(
        sql`select * from plain.users order by created_at, id limit 50`,
      )
      const shelves = await db.query<Row>(sql`
        select s.* from unnest(${idsOf(users)}::uuid[]) u(id) join plain.shelves s on s.owner = u.id
        order by s.created_at, s.id`)
      const books = await db.query<Row>(sql`
        select s.id as shelf, b.* from unnest(${idsOf(shelves)}::uuid[]) s(id)
        join plain.placings p on p.shelf = s.id join plain.books b on b.id = p.book
        order by b.created_at, b.id`)
      return [...idsOf(users), ...idsOf(shelves), ...idsOf(books)]
    },
    usersOfBook: (isbn) =>
      ask(sql`
        select * from plain.users u where exists (
          select 1 from plain.shelves s join plain.placings p on p.shelf = s.id
          join plain.books b on b.id = p.book where s.owner = u.id and b.isbn = ${isbn})
        order by created_at, id`),
    usersOfDearBooks: (price) =>
      ask(sql`
        select * from plain.users u where exists (
          select 1 from plain.shelves s join plain.placings p on p.shelf = s.id
          join plain.books b on b.id = p.book where s.owner = u.id and b.price > ${price}::float8)
        order by created_at, id limit 50`),
    titled: (pattern) =>
      ask(sql`select * from plain.books where title ilike ${pattern} order by created_at, id`),
    count: async () =>
      (await db.query<{ n: number }>(sql`select count(*)::int as n from plain.books`))[0]?.n ?? 0,
    export: (count) => ask(sql`select * from plain.books order by created_at, id limit ${count}`),
    write: (tx, books) =>
      insert(
        tx,
        'plain.imports',
        bookLabels,
        books.map((book) => ({ ...book, createdAt: 1, links: {} })),
      ),
  }
}

const tables = [
  'create schema plain',
  `create table plain.users (id uuid primary key, created_at bigint not null, ${columns(userLabels)})`,
  `create table plain.shelves (id uuid primary key, created_at bigint not null, ${columns(shelfLabels)})`,
  ...['books', 'imports'].map(
    (name) =>
      `create table plain.${name} (id uuid primary key, created_at bigint not null, ${columns(bookLabels)})`,
  ),
  'create table plain.placings (shelf uuid, book uuid, primary key (shelf, book))',
]

const indexes = [
  'create unique index on plain.users (handle)',
  'create index on plain.users (email)',
  'create index on plain.users (age, id)',
  'create index on plain.users ("joinedAt", id)',
  'create index on plain.users (created_at, id)',
  'create index on plain.shelves (name)',
  'create index on plain.shelves (owner)',
  ...['books', 'imports'].flatMap((name) => [
    `create unique index on plain.${name} (isbn)`,
    `create index on plain.${name} (price, id)`,
    `create index on plain.${name} (title)`,
    `create index on plain.${name} (created_at, id)`,
  ]),
  'create extension if not exists pg_trgm',
  'create index on plain.books using gin (title gin_trgm_ops)',
  'create index on plain.placings (book, shelf)',
]

interface Insertable {
  readonly id: string
  readonly createdAt: number
  readonly values: JsonObject
  readonly links: Readonly<Record<string, readonly string[]>>
}

async function insert(
  tx: Queryable,
  table: string,
  labels: readonly string[],
  records: readonly Insertable[],
): Promise<void> {
  const stored = ({ values, links }: Insertable, label: string): Json =>
    label === 'owner' ? (links.owner?.[0] ?? null) : (values[label] ?? null)
  const arrays = labels.map((label) => {
    const texts = records.map((record) => {
      const value = stored(record, label)
      return value === null ? null : String(value)
    })
    return sql`${texts}::text[]`
  })
  const names = labels.map((label) => raw(`"${label}"`))
  const typed = labels.map((label) =>
    raw(`w."${label}"::${label === 'owner' ? 'uuid' : typeOf(label)}`),
  )
  await tx.query(sql`
    insert into ${raw(table)} (id, created_at, ${join(names, sql`, `)})
    select w.id, w.created_at, ${join(typed, sql`, `)} from unnest(
      ${records.map(({ id }) => id)}::uuid[], ${records.map(({ createdAt }) => createdAt)}::bigint[],
      ${join(arrays, sql`, `)}) w(id, created_at, ${join(names, sql`, `)})`)
}

function labelsOf(namespace: string): readonly string[] {
  return { users: userLabels, shelves: shelfLabels, books: bookLabels }[namespace] ?? []
}

export function batches<T>(all: readonly T[], size = 1_000): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, n) =>
    all.slice(n * size, (n + 1) * size),
  )
}
