import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Engine } from '@/backend/operations/engine'
import {
  createTestApp,
  define,
  openTestEngine,
  type TestApp,
  uuid,
} from '@/backend/operations/testing'
import type { AttrKey } from '@/backend/schema/attr'
import { sql } from '@/backend/sql/sql'
import { createTrigramIndexes } from './trigram-indexes'

let engine: Engine
let app: TestApp

beforeAll(async () => {
  engine = await openTestEngine()
  app = await createTestApp(engine)
  await app.push(
    define({ books: { title: 'string indexed' }, few: { title: 'string indexed' } }, {}),
  )
  for (let done = 0; done < 6_000; done += 1_000) {
    await app.write(
      ...Array.from({ length: 1_000 }, (_, n) => [
        'create',
        'books',
        uuid(done + n + 1),
        { title: `Été number ${done + n}` },
      ]),
    )
  }
  await app.write(['create', 'few', uuid(9_000), { title: 'one' }])
})
afterAll(() => engine.db.close())

test('many values that are searched by a pattern get an index, and the answers stay the same', async () => {
  const before = await search('%NUMBER 12%')
  // Whether letters beyond ASCII have a case is up to the collation of the database.
  const accented = await search('%éTÉ number 5999%')
  await engine.trigrams.settle()
  expect(await indexes()).toHaveLength(1)
  expect(await search('%NUMBER 12%')).toEqual(before)
  expect(before).toHaveLength(111)
  expect(await search('%éTÉ number 5999%')).toEqual(accented)
})

test('few values get none', async () => {
  await app.read({ few: { $: { where: { title: { $ilike: '%on%' } } } } })
  await engine.trigrams.settle()
  expect(await indexes()).toHaveLength(1)
})

test('an index that was left half made is made again', async () => {
  const [index] = await indexes()
  // What the end of the server in the middle of `create index concurrently` leaves behind.
  await engine.db.query(sql`
    update pg_index set indisvalid = false where indexrelid = ${`understudy.${index?.indexname}`}::text::regclass`)
  const again = createTrigramIndexes(engine.db)
  const attr = Number(index?.indexname.split('_')[1]) as AttrKey
  again.want(app.app, attr)
  await again.settle()
  expect(await indexes()).toEqual([{ indexname: index?.indexname, indisvalid: true }])
})

test('an index whose rows are replaced goes with them', async () => {
  await app.push(
    define({ books: { title: 'string indexed unique' }, few: { title: 'string indexed' } }, {}),
  )
  await engine.jobs.settle()
  await engine.trigrams.settle()
  expect(await indexes()).toEqual([])
  const found = await search('%NUMBER 12%')
  await engine.trigrams.settle()
  expect(await indexes()).toHaveLength(1)
  expect(await search('%NUMBER 12%')).toEqual(found)
})

async function search(pattern: string) {
  const { books } = await app.read({ books: { $: { where: { title: { $ilike: pattern } } } } })
  return books ?? []
}

function indexes() {
  return engine.db.query<{ indexname: string; indisvalid: boolean }>(sql`
    select relname as indexname, indisvalid from pg_index join pg_class on oid = indexrelid
    where relname like 'trigrams_%'`)
}
