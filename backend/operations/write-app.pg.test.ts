import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lockApp } from '@/backend/store/app-lock'
import type { Database } from '@/backend/store/database'
import { migrate } from '@/backend/store/migrate'
import { migrations } from '@/backend/store/migrations'
import { openPostgres } from '@/backend/store/postgres/open-postgres'
import { createPostgresDatabase } from '@/backend/store/testing'
import { createEngine, type Engine } from './engine'
import { createTestApp } from './testing'

const server = process.env.DATABASE_URL ?? ''

describe.skipIf(!server)('writes to one app on Postgres', () => {
  let own: Awaited<ReturnType<typeof createPostgresDatabase>>
  let engine: Engine
  let other: Database
  beforeAll(async () => {
    own = await createPostgresDatabase(server)
    engine = createEngine(await openPostgres({ connectionString: own.url }))
    other = await openPostgres({ connectionString: own.url })
    await migrate(engine.db, migrations)
  })
  afterAll(async () => {
    await engine.db.close()
    await other.close()
    await own.drop()
  })

  test('that wait for another process leave connections for reads and other apps', async () => {
    const [busy, quiet] = [await createTestApp(engine), await createTestApp(engine)]
    let release = () => {}
    const isReleased = new Promise<void>((resolve) => {
      release = resolve
    })
    let isHeld = () => {}
    const held = new Promise<void>((resolve) => {
      isHeld = resolve
    })
    const holding = other.transaction(async (tx) => {
      await lockApp(tx, busy.app)
      isHeld()
      await isReleased
    })
    await held
    let done = 0
    const waiting = Array.from({ length: 40 }, async (_, n) => {
      await busy.write(['create', 'notes', crypto.randomUUID(), { n }])
      done += 1
    })

    expect(await busy.read({ notes: {} })).toEqual({ notes: [] })
    await quiet.write(['create', 'notes', crypto.randomUUID(), {}])
    expect((await quiet.read({ notes: {} })).notes).toHaveLength(1)
    expect(done).toBe(0)
    release()
    await Promise.all([holding, ...waiting])
    expect((await busy.read({ notes: {} })).notes).toHaveLength(40)
  })

  test('that fail leave their turn to the next', async () => {
    const { write, read } = await createTestApp(engine)
    const steps = Array.from({ length: 20 }, (_, n) =>
      write(['create', 'notes', n % 2 ? 'no id' : crypto.randomUUID(), { n }]),
    )
    const outcomes = await Promise.allSettled(steps)

    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
    expect((await read({ notes: {} })).notes).toHaveLength(10)
  })
})
