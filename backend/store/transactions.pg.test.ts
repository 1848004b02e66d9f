import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sql } from '@/backend/sql/sql'
import type { Database } from './database'
import { SqlError } from './sql-error'
import { testDatabases } from './testing'

describe.each(testDatabases)('$kind', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await open()
    await db.query(sql`create table accounts (id int primary key, amount int not null)`)
  })
  afterAll(() => db.close())
  beforeEach(async () => {
    await db.query(sql`delete from accounts`)
  })

  test('what a transaction wrote is there once it resolves, and its result is returned', async () => {
    const result = await db.transaction(async (tx) => {
      await tx.query(sql`insert into accounts values (1, 10)`)
      return 'done'
    })

    expect(result).toBe('done')
    expect(await amounts()).toEqual([10])
  })

  test('an error of work leaves nothing and is thrown as it is', async () => {
    const error = new Error('changed my mind')

    const outcome = db.transaction(async (tx) => {
      await tx.query(sql`insert into accounts values (1, 10)`)
      throw error
    })

    await expect(outcome).rejects.toBe(error)
    expect(await amounts()).toEqual([])
  })

  test('a statement that fails leaves nothing, and says which constraint and why', async () => {
    await db.query(sql`insert into accounts values (1, 10)`)

    const outcome = db.transaction(async (tx) => {
      await tx.query(sql`insert into accounts values (2, 20)`)
      await tx.query(sql`insert into accounts values (1, 30)`)
    })

    await expect(outcome).rejects.toThrow(SqlError)
    await expect(outcome).rejects.toMatchObject({
      code: '23505',
      constraint: 'accounts_pkey',
      table: 'accounts',
      detail: 'Key (id)=(1) already exists.',
    })
    expect(await amounts()).toEqual([10])
  })

  test('a failure that work swallows still fails the transaction', async () => {
    const outcome = db.transaction(async (tx) => {
      await tx.query(sql`insert into accounts values (1, 10)`)
      await tx.query(sql`select 1 / 0`).catch(() => {})
    })

    await expect(outcome).rejects.toMatchObject({ code: '25P02' })
    expect(await amounts()).toEqual([])
  })

  test('a constraint that is checked at the commit fails the transaction', async () => {
    await db.query(sql`create table deferred (id int unique deferrable initially deferred)`)

    const outcome = db.transaction((tx) => tx.query(sql`insert into deferred values (1), (1)`))

    await expect(outcome).rejects.toMatchObject({ code: '23505' })
    expect(await db.query(sql`select from deferred`)).toEqual([])
  })

  test('a snapshot has the same number as long as nothing is written, where it has one', async () => {
    const snapshot = () => db.transaction(async (tx) => tx.snapshot, 'read')
    const first = await snapshot()
    await db.query(sql`select from accounts`)
    expect(await snapshot()).toBe(first)
    expect(await db.transaction(async (tx) => tx.snapshot)).toBeUndefined()
    const afterTransaction = await snapshot()
    await db.query(sql`insert into accounts values (1, 10)`)
    const afterQuery = await snapshot()

    const numbers = [first, afterTransaction, afterQuery]
    if (db.kind === 'pglite') expect(new Set(numbers).size).toBe(3)
    else expect(numbers).toEqual([undefined, undefined, undefined])
  })

  test('a read transaction cannot write', async () => {
    const outcome = db.transaction(
      (tx) => tx.query(sql`insert into accounts values (1, 10)`),
      'read',
    )

    await expect(outcome).rejects.toMatchObject({ code: '25006' })
  })

  test('a read transaction sees one snapshot', async () => {
    await db.query(sql`insert into accounts values (1, 10)`)
    let write: Promise<unknown> = Promise.resolve()

    const sums = await db.transaction(async (tx) => {
      const before = await tx.query(sql`select sum(amount) from accounts`)
      // On PGlite it waits for its turn; on Postgres it is done in between.
      write = db.kind === 'postgres' ? insertSecond() : Promise.resolve()
      await write
      return [...before, ...(await tx.query(sql`select sum(amount) from accounts`))]
    }, 'read')

    expect(sums).toEqual([{ sum: 10 }, { sum: 10 }])
  })

  test('100 transactions at once lose no update', async () => {
    await db.query(sql`insert into accounts values (1, 0)`)

    await Promise.all(
      Array.from({ length: 100 }, () =>
        db.transaction(async (tx) => {
          const [row] = await tx.query<{ amount: number }>(
            sql`select amount from accounts where id = 1 for update`,
          )
          await tx.query(sql`update accounts set amount = ${(row?.amount ?? 0) + 1} where id = 1`)
        }),
      ),
    )

    expect(await amounts()).toEqual([100])
  })

  test('failures among parallel transactions stay their own', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 100 }, (_, id) =>
        db.transaction(async (tx) => {
          await tx.query(sql`insert into accounts values (${id}, ${id})`)
          if (id % 3 === 0) await tx.query(sql`insert into accounts values (${id}, 0)`)
        }),
      ),
    )

    expect(outcomes.map(({ status }) => status === 'rejected')).toEqual(
      outcomes.map((_, id) => id % 3 === 0),
    )
    expect(await amounts()).toEqual(outcomes.map((_, id) => id).filter((id) => id % 3 !== 0))
  })

  test('transactions that lock in opposite orders both succeed', async () => {
    await db.query(sql`insert into accounts values (1, 0), (2, 0)`)
    const add = (first: number, second: number) =>
      db.transaction(async (tx) => {
        for (const id of [first, second]) {
          await tx.query(sql`update accounts set amount = amount + 1 where id = ${id}`)
          await new Promise((resolve) => setTimeout(resolve, 20))
        }
      })

    await Promise.all([add(1, 2), add(2, 1)])

    expect(await amounts()).toEqual([2, 2])
  })

  test('queries of one transaction may be started together', async () => {
    const rows = await db.transaction((tx) =>
      Promise.all([1, 2, 3].map((n) => tx.query(sql`select ${n}::int as n`))),
    )

    expect(rows).toEqual([[{ n: 1 }], [{ n: 2 }], [{ n: 3 }]])
  })

  test('a transaction that is over runs nothing more', async () => {
    const escaped = await db.transaction(async (tx) => tx)

    await expect(escaped.query(sql`insert into accounts values (1, 1)`)).rejects.toThrow('is over')
    expect(await amounts()).toEqual([])
  })

  test('a closed database refuses work, and closing twice is fine', async () => {
    const other = await open()
    await other.close()
    await other.close()

    await expect(other.query(sql`select 1`)).rejects.toThrow('The database is closed.')
    await expect(other.transaction(async () => {})).rejects.toThrow('The database is closed.')
  })

  async function amounts(): Promise<number[]> {
    const rows = await db.query<{ amount: number }>(sql`select amount from accounts order by id`)
    return rows.map(({ amount }) => amount)
  }

  function insertSecond(): Promise<unknown> {
    return db.query(sql`insert into accounts values (2, 20)`)
  }
})
