import { bulkLoad } from '@/backend/demo/bulk-load'
import { admin } from '@/backend/operations/actor'
import type { Engine } from '@/backend/operations/engine'
import { pushSchema } from '@/backend/operations/push-schema'
import { runQuery } from '@/backend/operations/query'
import { transact } from '@/backend/operations/transact'
import type { AppKey } from '@/backend/schema/attr'
import { sql } from '@/backend/sql/sql'
import { loadSchema } from '@/backend/store/load-schema'
import type { Json, JsonObject } from '@/lib/base/json'
import { must } from '@/lib/base/must'
import { type Ids, idsOf } from './baseline'
import { librarySchema, libraryTables } from './library'

type Tree = { readonly id: string; readonly [label: string]: unknown }

/** The engine itself, asked in InstaQL and told in steps, as a client over HTTP would. */
export async function openLibrary(engine: Engine) {
  const [row] = await engine.db.query<{ key: AppKey }>(
    sql`insert into apps (id, title) values (${crypto.randomUUID()}, 'library') returning key`,
  )
  const app = must(row, 'an insert returns its row').key
  const run = (query: JsonObject) =>
    runQuery(engine, {
      app,
      actor: admin,
      requestOrigin: { ip: null, origin: null },
      query,
      isInferred: false,
      wantsPageInfo: false,
    })
  const ask = async (namespace: string, options: JsonObject, links: JsonObject = {}) => {
    const { tree } = await run({ [namespace]: { $: options, ...links } })
    return (tree[namespace] ?? []) as unknown as readonly Tree[]
  }
  const books = async (options: JsonObject): Promise<Ids> => idsOf(await ask('books', options))
  let creation = ''
  let prices = ''
  return {
    async load() {
      await pushSchema(engine, {
        app,
        body: { schema: librarySchema as unknown as Json, check_types: true },
      })
      const schema = await loadSchema(engine.db, app)
      creation = must(schema.dataAttr('books', 'id'), 'every namespace has an id').id
      prices = must(schema.dataAttr('books', 'price'), 'the schema has prices').id
      await bulkLoad(
        (work) => engine.db.transaction(work),
        { app, schema },
        { tables: libraryTables },
      )
    },
    pageByCreation: () => books({ order: { serverCreatedAt: 'desc' }, limit: 50 }),
    pageAtOffset: (offset: number) => books({ order: { price: 'asc' }, offset, limit: 50 }),
    pageAfter: ({ id, createdAt }: { id: string; createdAt: number }) =>
      books({ first: 50, after: [id, creation, id, createdAt] }),
    pageByPriceAfter: ({
      id,
      price,
      createdAt,
    }: {
      id: string
      price: number
      createdAt: number
    }) => books({ order: { price: 'asc' }, first: 50, after: [id, prices, price, createdAt] }),
    byId: (id: string) => books({ where: { id } }),
    byUnique: (isbn: string) => books({ where: { isbn } }),
    async threeLevels(): Promise<Ids> {
      const users = await ask('users', { limit: 50 }, { shelves: { books: {} } })
      const shelves = users.flatMap((user) => user.shelves as readonly Tree[])
      const found = shelves.flatMap((shelf) => shelf.books as readonly Tree[])
      return [...idsOf(users), ...idsOf(shelves), ...idsOf(found)]
    },
    usersOfBook: async (isbn: string) =>
      idsOf(await ask('users', { where: { 'shelves.books.isbn': isbn } })),
    usersOfDearBooks: async (price: number) =>
      idsOf(await ask('users', { where: { 'shelves.books.price': { $gt: price } }, limit: 50 })),
    titled: (pattern: string) => books({ where: { title: { $ilike: pattern } } }),
    /** Waits for the indexes that searches have asked for. */
    settle: () => engine.trigrams.settle(),
    count: async () => (await run({ books: { $: { aggregate: 'count' } } })).counts.books ?? 0,
    export: (count: number) => books({ limit: count }),
    /** One transaction that creates an entity with each step. */
    async write(list: readonly { id: string; values: JsonObject }[]) {
      await transact(engine, {
        app,
        actor: admin,
        steps: list.map(({ id, values }): Json => ['create', 'imports', id, values]),
        throwOnMissingAttrs: true,
      })
    },
  }
}
