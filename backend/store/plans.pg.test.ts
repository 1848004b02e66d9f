import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { raw, sql } from '@/backend/sql/sql'
import type { Database } from './database'
import { testDatabases } from './testing'

describe.each(testDatabases)('$kind', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await open()
  })
  afterAll(() => db.close())
  beforeEach(async () => {
    await db.query(sql`drop table if exists things`)
    await db.query(sql`create table things (a int)`)
    await db.query(sql`insert into things values (1)`)
  })

  const all = sql`select * from things`

  test('a statement follows a change of its columns', async () => {
    expect(await db.query(all)).toEqual([{ a: 1 }])
    await db.query(sql`alter table things add b text default 'new'`)
    expect(await db.query(all)).toEqual([{ a: 1, b: 'new' }])
    await db.query(sql`alter table things alter a type text`)
    expect(await db.query(all)).toEqual([{ a: '1', b: 'new' }])
  })

  test('also inside the transaction that makes it, and when that is rolled back', async () => {
    await db.query(all)

    const outcome = db.transaction(async (tx) => {
      await tx.query(all)
      await tx.query(sql`alter table things add b int default 2`)
      expect(await tx.query(all)).toEqual([{ a: 1, b: 2 }])
      throw new Error('no')
    })

    await expect(outcome).rejects.toThrow('no')
    expect(await db.query(all)).toEqual([{ a: 1 }])
  })

  test('on every connection', async () => {
    const readAtOnce = () => Promise.all(Array.from({ length: 20 }, () => db.query(all)))
    await readAtOnce()
    await db.query(sql`alter table things add b int`)

    expect(await readAtOnce()).toEqual(Array.from({ length: 20 }, () => [{ a: 1, b: null }]))
  })

  test('a statement that failed can be right the next time', async () => {
    const later = sql`select * from later`
    await expect(db.query(later)).rejects.toMatchObject({ code: '42P01' })
    await db.query(sql`create table later (a int)`)
    expect(await db.query(later)).toEqual([])
  })

  test('more statements than are kept prepared all run, and do not pile up', async () => {
    for (let round = 0; round < 2; round += 1) {
      for (let n = 0; n < 600; n += 1) {
        expect(await db.query(sql`select ${n}::int as ${raw(`c${n}`)}`)).toEqual([{ [`c${n}`]: n }])
      }
    }

    const [row] = await db.query<{ count: number }>(
      sql`select count(*) from pg_prepared_statements`,
    )
    expect(row?.count).toBeLessThan(520)
  })

  test('a syntax error has its code, and the next statement runs', async () => {
    await expect(db.query(sql`selec 1`)).rejects.toMatchObject({ code: '42601' })
    expect(await db.query(sql`select 1 as one`)).toEqual([{ one: 1 }])
  })
})
