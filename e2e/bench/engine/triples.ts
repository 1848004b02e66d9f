import { raw, type Sql, sql } from '@/backend/sql/sql'
import type { Database, Queryable } from '@/backend/store/database'
import type { JsonObject } from '@/lib/base/json'
import { type Baseline, type Ids, idsOf } from './baseline'
import { libraryTables } from './library'
import { batches } from './limit'

type Row = { readonly id: string }

/** One app, and a number for every attribute where Instant has a uuid. */
const app = '00000000-0000-4000-8000-000000000001'
const attrIds = new Map<string, string>()
function attrOf(namespace: string, label: string): string {
  const key = `${namespace}.${label}`
  const known = attrIds.get(key)
  if (known) return known
  const id = `00000000-0000-4000-8000-${(attrIds.size + 100).toString(16).padStart(12, '0')}`
  attrIds.set(key, id)
  return id
}

const isLink = (label: string) => label === 'owner' || label === 'placed'
const uniques = new Set(['handle', 'isbn', 'id'])
const indexedLabels = new Set([
  'handle',
  'isbn',
  'email',
  'age',
  'joinedAt',
  'name',
  'title',
  'price',
])
const numbers = new Set(['age', 'price'])

/**
 * The best SQL over Instant's own layout: one row for every fact, with its indexes. Facts of one
 * entity are fetched together, and put together by whoever asked.
 */
export function triplesBaseline(db: Database): Baseline {
  const books = attrOf('books', 'id')
  const price = attrOf('books', 'price')
  const isbn = attrOf('books', 'isbn')
  const title = attrOf('books', 'title')
  const owner = attrOf('shelves', 'owner')
  const placed = attrOf('shelves', 'placed')
  const users = attrOf('users', 'id')

  /** All facts of the entities of a page, in its order. */
  const facts = async (page: Sql): Promise<Ids> => {
    const rows = await db.query<Row>(sql`
      with page as materialized (${page})
      select t.entity_id as id, t.attr_id, t.value from page
      join triples t on t.app_id = ${app}::uuid and t.entity_id = page.id and t.ea
      order by page.n`)
    return [...new Set(idsOf(rows))]
  }
  const ofAttr = (attr: string) => sql`app_id = ${app}::uuid and attr_id = ${attr}::uuid`
  return {
    async load() {
      for (const statement of tables) await db.query(raw(statement))
      for (const { namespace, records } of libraryTables) {
        for (const batch of batches([...records()])) {
          await db.transaction((tx) =>
            insert(
              tx,
              batch.flatMap((record) => factsOf(namespace, record)),
            ),
          )
        }
      }
      for (const statement of indexes) await db.query(raw(statement))
    },
    pageByCreation: () =>
      facts(sql`
        select entity_id as id, row_number() over (order by created_at desc, entity_id desc) as n
        from triples where ${ofAttr(books)} order by created_at desc, entity_id desc limit 50`),
    pageAtOffset: (offset) =>
      facts(sql`
        select entity_id as id, row_number() over (order by number_of(value), entity_id) as n
        from triples where ${ofAttr(price)} and ave and checked_data_type = 'number'
        order by number_of(value), entity_id offset ${offset} limit 50`),
    pageAfter: ({ createdAt, id }) =>
      facts(sql`
        select entity_id as id, row_number() over (order by created_at, entity_id) as n from triples
        where ${ofAttr(books)} and (created_at, entity_id) > (${createdAt}::bigint, ${id}::uuid)
        order by created_at, entity_id limit 50`),
    pageByPriceAfter: (after) =>
      facts(sql`
        select entity_id as id, row_number() over (order by number_of(value), entity_id) as n from triples
        where ${ofAttr(price)} and ave and checked_data_type = 'number'
          and (number_of(value), entity_id) > (${after.price}::float8, ${after.id}::uuid)
        order by number_of(value), entity_id limit 50`),
    byId: (id) => facts(sql`select ${id}::uuid as id, 1 as n`),
    byUnique: (value) =>
      facts(sql`
        select entity_id as id, 1 as n from triples
        where ${ofAttr(isbn)} and av and value = to_jsonb(${value}::text)`),
    async threeLevels() {
      const found = await facts(sql`
        select entity_id as id, row_number() over (order by created_at, entity_id) as n
        from triples where ${ofAttr(users)} order by created_at, entity_id limit 50`)
      const below = async (ids: Ids, attr: string, isReverse: boolean): Promise<Ids> => {
        const link = isReverse
          ? sql`join triples l on l.app_id = ${app}::uuid and l.attr_id = ${attr}::uuid and l.vae
              and uuid_of(l.value) = p.id`
          : sql`join triples l on l.app_id = ${app}::uuid and l.attr_id = ${attr}::uuid and l.eav
              and l.entity_id = p.id`
        const target = isReverse ? sql`l.entity_id` : sql`uuid_of(l.value)`
        const rows = await db.query<Row>(sql`
          select p.id as parent, ${target} as id, t.attr_id, t.value
          from unnest(${ids}::uuid[]) p(id) ${link}
          join triples t on t.app_id = ${app}::uuid and t.entity_id = ${target} and t.ea`)
        return idsOf(rows)
      }
      const shelves = [...new Set(await below(found, owner, true))]
      const all = [...new Set(await below(shelves, placed, false))]
      return [...found, ...shelves, ...all]
    },
    usersOfBook: (value) =>
      facts(sql`
        select u.entity_id as id, row_number() over (order by u.created_at, u.entity_id) as n
        from triples u where u.app_id = ${app}::uuid and u.attr_id = ${users}::uuid and exists (
          select 1 from triples b
          join triples p on p.app_id = ${app}::uuid and p.attr_id = ${placed}::uuid and p.vae
            and uuid_of(p.value) = b.entity_id
          join triples o on o.app_id = ${app}::uuid and o.attr_id = ${owner}::uuid and o.eav
            and o.entity_id = p.entity_id
          where b.app_id = ${app}::uuid and b.attr_id = ${isbn}::uuid and b.av
            and b.value = to_jsonb(${value}::text) and uuid_of(o.value) = u.entity_id)
        order by u.created_at, u.entity_id`),
    usersOfDearBooks: (above) =>
      facts(sql`
        select u.entity_id as id, row_number() over (order by u.created_at, u.entity_id) as n
        from triples u where u.app_id = ${app}::uuid and u.attr_id = ${users}::uuid and exists (
          select 1 from triples o
          join triples p on p.app_id = ${app}::uuid and p.attr_id = ${placed}::uuid and p.eav
            and p.entity_id = o.entity_id
          join triples b on b.app_id = ${app}::uuid and b.attr_id = ${price}::uuid and b.ea
            and b.entity_id = uuid_of(p.value) and b.checked_data_type = 'number'
          where o.app_id = ${app}::uuid and o.attr_id = ${owner}::uuid and o.vae
            and uuid_of(o.value) = u.entity_id and number_of(b.value) > ${above}::float8)
        order by u.created_at, u.entity_id limit 50`),
    titled: (pattern) =>
      facts(sql`
        select t.entity_id as id, row_number() over (order by i.created_at, t.entity_id) as n
        from triples t join triples i on i.app_id = ${app}::uuid and i.attr_id = ${books}::uuid
          and i.entity_id = t.entity_id and i.ea
        where t.app_id = ${app}::uuid and t.attr_id = ${title}::uuid and t.checked_data_type = 'string'
          and t.ave and text_of(t.value) ilike ${pattern}
        order by i.created_at, t.entity_id`),
    count: async () =>
      (
        await db.query<{ n: number }>(
          sql`select count(*)::int as n from triples where ${ofAttr(books)} and ea`,
        )
      )[0]?.n ?? 0,
    export: (count) =>
      facts(sql`
        select entity_id as id, row_number() over (order by created_at, entity_id) as n
        from triples where ${ofAttr(books)} order by created_at, entity_id limit ${count}`),
    write: (tx, list) =>
      insert(
        tx,
        list.flatMap((book) => factsOf('imports', { ...book, createdAt: 1, links: {} })),
      ),
  }
}

// Instant's: a key over all, an index for each way to look a fact up, one for each type that sorts.
const tables = [
  `create function uuid_of(value jsonb) returns uuid language sql immutable as
    $$ select (value #>> '{}')::uuid $$`,
  `create function number_of(value jsonb) returns float8 language sql immutable as
    $$ select case when jsonb_typeof(value) = 'number' then (value #>> '{}')::float8 end $$`,
  `create function text_of(value jsonb) returns text language sql immutable as
    $$ select case when jsonb_typeof(value) = 'string' then value #>> '{}' end $$`,
  `create table triples (
    app_id uuid not null, entity_id uuid not null, attr_id uuid not null, value jsonb not null,
    value_md5 text not null, ea boolean not null, eav boolean not null, av boolean not null,
    ave boolean not null, vae boolean not null, checked_data_type text, created_at bigint not null,
    pg_size int, primary key (app_id, entity_id, attr_id, value_md5))`,
]

const indexes = [
  'create unique index on triples (app_id, entity_id, attr_id) include (value) where ea',
  'create unique index on triples (app_id, entity_id, attr_id, uuid_of(value)) where eav',
  'create unique index on triples (app_id, attr_id, value) include (entity_id) where av',
  'create index on triples (app_id, attr_id, value, entity_id) where ave',
  'create index on triples (app_id, uuid_of(value), attr_id, entity_id) where vae',
  'create index on triples (app_id, attr_id, entity_id)',
  'create index on triples (app_id, attr_id, created_at, entity_id)',
  `create index on triples (app_id, attr_id, number_of(value), entity_id)
    where ave and checked_data_type = 'number'`,
  `create index on triples (app_id, attr_id, text_of(value), entity_id)
    where ave and checked_data_type = 'string'`,
  'create extension if not exists pg_trgm',
  `create index on triples using gin (text_of(value) gin_trgm_ops)
    where ave and checked_data_type = 'string'`,
]

interface Fact {
  readonly entity: string
  readonly attr: string
  readonly label: string
  readonly value: string
  readonly createdAt: number
}

interface Recorded {
  readonly id: string
  readonly createdAt: number
  readonly values: JsonObject
  readonly links: Readonly<Record<string, readonly string[]>>
}

function factsOf(namespace: string, { id, createdAt, values, links }: Recorded): Fact[] {
  const fact = (label: string, value: string): Fact => ({
    entity: id,
    attr: attrOf(namespace, label),
    label,
    value,
    createdAt,
  })
  return [
    fact('id', JSON.stringify(id)),
    ...Object.entries(values).map(([label, value]) => fact(label, JSON.stringify(value))),
    ...Object.entries(links).flatMap(([label, ids]) =>
      ids.map((to) => fact(label === 'books' ? 'placed' : label, JSON.stringify(to))),
    ),
  ]
}

async function insert(tx: Queryable, facts: readonly Fact[]): Promise<void> {
  const of = <T>(read: (fact: Fact) => T): T[] => facts.map(read)
  await tx.query(sql`
    insert into triples (app_id, entity_id, attr_id, value, value_md5, ea, eav, av, ave, vae,
      checked_data_type, created_at, pg_size)
    select ${app}::uuid, w.entity, w.attr, w.value::jsonb, md5(w.value), w.ea, w.link, w.av, w.ave,
      w.link, w.type, w.at, length(w.value) + 100
    from unnest(${of(({ entity }) => entity)}::uuid[], ${of(({ attr }) => attr)}::uuid[],
      ${of(({ value }) => value)}::text[], ${of(({ label }) => label !== 'placed')}::boolean[],
      ${of(({ label }) => isLink(label))}::boolean[], ${of(({ label }) => uniques.has(label))}::boolean[],
      ${of(({ label }) => indexedLabels.has(label))}::boolean[],
      ${of(({ label }) => (numbers.has(label) ? 'number' : label === 'joinedAt' || isLink(label) ? null : 'string'))}::text[],
      ${of(({ createdAt }) => createdAt)}::bigint[]
    ) w(entity, attr, value, ea, link, av, ave, type, at)`)
}
