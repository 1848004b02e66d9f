import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from '@/backend/sql/sql'
import type { Database } from './database'
import { type Migration, migrate } from './migrate'
import { testDatabases } from './testing'

const first: Migration = {
  id: '0001-things',
  statements: ['create table things (a int)', 'insert into things values (1)'],
}
const second: Migration = { id: '0002-more', statements: ['insert into things values (2)'] }

describe.each(testDatabases)('$kind', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await open()
  })
  afterAll(() => db.close())

  test('migrations run once, in order, also when several start at once', async () => {
    await Promise.all([migrate(db, [first]), migrate(db, [first]), migrate(db, [first])])
    await migrate(db, [first, second])
    await migrate(db, [first, second])

    expect(await db.query(sql`select a from understudy.things order by a`)).toEqual([
      { a: 1 },
      { a: 2 },
    ])
    expect(await db.query(sql`select id from migrations order by id`)).toEqual([
      { id: '0001-things' },
      { id: '0002-more' },
    ])
  })

  test('a migration that fails leaves nothing of itself', async () => {
    const broken = {
      id: '0003-broken',
      statements: ['insert into things values (3)', 'select 1 / 0'],
    }

    await expect(migrate(db, [first, second, broken])).rejects.toMatchObject({ code: '22012' })

    expect(await db.query(sql`select a from things where a = 3`)).toEqual([])
    expect(await db.query(sql`select id from migrations where id = '0003-broken'`)).toEqual([])
  })

  test('a store that is newer than the code is refused', async () => {
    await migrate(db, [first, second])

    await expect(migrate(db, [first])).rejects.toThrow(
      'This store was written by a newer version (it has the migration 0002-more). ' +
        'Update Understudy, or use another store.',
    )
  })
})
