import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isStatementTimeout } from '@/backend/operations/statement-timeout'
import { sql } from '@/backend/sql/sql'
import { createPostgresDatabase } from '../testing'
import { openPostgres } from './open-postgres'

const server = process.env.DATABASE_URL ?? ''

const name = server
  ? 'a Postgres server'
  : 'a Postgres server: skipped, since DATABASE_URL names none'

describe.skipIf(!server)(name, () => {
  let url: string
  let drop: () => Promise<void>
  beforeAll(async () => {
    ;({ url, drop } = await createPostgresDatabase(server))
  })
  afterAll(() => drop())

  test('a database that does not exist is one line without the password', async () => {
    const address = new URL(url)
    address.pathname = '/no_such_database'
    address.password = 's3cret'

    await expect(openPostgres({ connectionString: address.href })).rejects.toThrow(
      /^Postgres at [^ ]+\/no_such_database refuses: [^\n]*\. Check DATABASE_URL\.$/,
    )
    await expect(openPostgres({ connectionString: address.href })).rejects.not.toThrow('s3cret')
  })

  test('a connection that the server ends fails its query alone', async () => {
    const db = await openPostgres({ connectionString: url })
    const killed = db.query(sql`select pg_terminate_backend(pg_backend_pid())`)

    await expect(killed).rejects.toMatchObject({ code: '57P01' })
    expect(await db.query(sql`select 1 as one`)).toEqual([{ one: 1 }])
    await db.close()
  })

  test('a statement that runs for too long is given up, and the connection goes on', async () => {
    const db = await openPostgres({ connectionString: url, timeoutMs: 200 })
    const endless = db.query(sql`select pg_sleep(60)`)

    await expect(endless).rejects.toSatisfy(isStatementTimeout)
    expect(await db.query(sql`select 1 as one`)).toEqual([{ one: 1 }])
    await db.close()
  })

  test('a connection that breaks while it is idle is replaced', async () => {
    const db = await openPostgres({ connectionString: url })
    const other = await openPostgres({ connectionString: url })
    const [row] = await db.query<{ pid: number }>(sql`select pg_backend_pid() as pid`)
    await other.query(sql`select pg_terminate_backend(${row?.pid})`)
    await new Promise((resolve) => setTimeout(resolve, 100))

    expect(await db.query(sql`select 1 as one`)).toEqual([{ one: 1 }])
    await db.close()
    await other.close()
  })

  test('a plan made old by another process is made anew', async () => {
    const db = await openPostgres({ connectionString: url })
    const other = await openPostgres({ connectionString: url })
    await db.query(sql`create table stale_plans (a int)`)
    const all = sql`select * from stale_plans`
    await db.query(sql`insert into stale_plans values (1)`)
    await db.query(all)

    await other.query(sql`alter table stale_plans add b int`)
    expect(await db.query(all)).toEqual([{ a: 1, b: null }])
    await other.query(sql`alter table stale_plans drop b`)
    expect(await db.transaction((tx) => tx.query(all))).toEqual([{ a: 1 }])

    await db.close()
    await other.close()
  })

  test('several processes may open a fresh database at once', async () => {
    const fresh = await createPostgresDatabase(server)

    const all = await Promise.all(
      Array.from({ length: 5 }, () => openPostgres({ connectionString: fresh.url })),
    )

    for (const each of all) await each.close()
    await fresh.drop()
  })
})
