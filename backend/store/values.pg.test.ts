import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { raw, sql } from '@/backend/sql/sql'
import type { Database } from './database'
import { testDatabases } from './testing'

const everyCharacter = 'plain \' " \\ , {} \t\n é ü 漢字 🙂 \u{10FFFF} NULL'

describe.each(testDatabases)('$kind', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await open()
  })
  afterAll(() => db.close())

  test.each<[type: string, value: unknown]>([
    ['int2', -32_768],
    ['int4', 2_147_483_647],
    ['int8', Number.MAX_SAFE_INTEGER],
    ['int8', Number.MIN_SAFE_INTEGER],
    ['float8', 0.1 + 0.2],
    ['float8', Number.MAX_VALUE],
    ['float8', Number.MIN_VALUE],
    ['float8', Number.POSITIVE_INFINITY],
    ['float8', Number.NEGATIVE_INFINITY],
    ['float8', Number.NaN],
    ['float4', 1.5],
    ['numeric', 12.25],
    ['bool', true],
    ['bool', false],
    ['text', ''],
    ['text', everyCharacter],
    ['varchar', 'NULL'],
    ['uuid', '7b5a1b4e-3c0f-4b9e-9d5e-0123456789ab'],
    ['bytea', Buffer.from([])],
    ['bytea', Buffer.from([0, 1, 92, 127, 128, 255])],
    ['timestamptz', new Date('2024-02-29T12:34:56.789Z')],
    ['timestamptz', new Date('0099-01-01T00:00:00.000Z')],
    ['date', '2024-02-29'],
    ['timestamp', '2024-02-29 12:34:56.123456'],
    ['interval', '1 day 02:00:00'],
    ['int4[]', []],
    ['int4[]', [1, null, -3]],
    ['int8[]', [Number.MAX_SAFE_INTEGER]],
    ['float8[]', [0.5, Number.POSITIVE_INFINITY, null, Number.NaN]],
    ['bool[]', [true, null, false]],
    ['text[]', ['', everyCharacter, null, 'NULL', 'null', '"', '\\', '{}']],
    ['text[]', [null, null]],
    ['uuid[]', ['7b5a1b4e-3c0f-4b9e-9d5e-0123456789ab', null]],
    ['timestamptz[]', [new Date(0), null]],
    ['bytea[]', [Buffer.from([0, 34, 92]), null]],
    [
      'int4[]',
      [
        [1, 2],
        [3, null],
      ],
    ],
    ['text', null],
    ['jsonb', null],
    ['bytea', null],
    ['text[]', null],
  ])('%s comes back as it was bound: %j', async (type, value) => {
    const statement = sql`select ${value}::${raw(type)} as value`

    expect(await db.query(statement)).toEqual([{ value }])
    // Once more, through the plan of the first time.
    expect(await db.query(statement)).toEqual([{ value }])
  })

  test.each(['jsonb', 'json'])('%s comes back parsed', async (type) => {
    const value = { a: [1, null, 'é🙂"\\'], b: { c: 1e300, d: -0.5, e: true }, f: '' }

    const rows = await db.query(sql`select ${JSON.stringify(value)}::${raw(type)} as value`)

    expect(rows).toEqual([{ value }])
  })

  test('arrays of jsonb bind as texts', async () => {
    const values = [{ a: '"' }, [1], 'text', 2, null].map((value) => JSON.stringify(value))

    const rows = await db.query(sql`select ${values}::text[]::jsonb[] as value`)

    expect(rows).toEqual([{ value: [{ a: '"' }, [1], 'text', 2, null] }])
  })

  test('uuids come back in lower case', async () => {
    const rows = await db.query(sql`select ${'7B5A1B4E-3C0F-4B9E-9D5E-0123456789AB'}::uuid as id`)

    expect(rows).toEqual([{ id: '7b5a1b4e-3c0f-4b9e-9d5e-0123456789ab' }])
  })

  test('counts and sums are numbers', async () => {
    const rows = await db.query(sql`
      select count(*), sum(n), avg(n)::float8 from generate_series(1, 4) n`)

    expect(rows).toEqual([{ count: 4, sum: 10, avg: 2.5 }])
  })

  test('times are of UTC whatever the process thinks', async () => {
    const rows = await db.query(sql`
      select '2024-06-01 12:00'::timestamptz as at, current_setting('timezone') as zone`)

    expect(rows).toEqual([{ at: new Date('2024-06-01T12:00:00Z'), zone: 'UTC' }])
  })

  test('a bigint beyond what a number holds binds exactly', async () => {
    const rows = await db.query(sql`select (${2n ** 62n}::int8)::text as value`)

    expect(rows).toEqual([{ value: '4611686018427387904' }])
  })

  test('a value of 10 MB goes there and back', async () => {
    const text = 'é12345678'.repeat(1_048_576)

    const rows = await db.query<{ text: string; size: number }>(
      sql`select ${text}::text as text, octet_length(${text}::text) as size`,
    )

    expect(rows[0]?.size).toBe(10_485_760)
    expect(rows[0]?.text === text).toBe(true)
  })

  test('50,000 rows arrive whole and in order', async () => {
    const rows = await db.query<{ n: number }>(sql`
      select n, repeat('x', n % 100) as filler from generate_series(1, 50000) n order by n`)

    expect(rows.length).toBe(50_000)
    expect(rows.every((row, index) => row.n === index + 1)).toBe(true)
  })

  test.each([
    ['undefined', undefined],
    ['an object', { a: 1 }],
    ['an array with undefined', [undefined]],
  ])('%s is refused before it reaches the database', async (_name, value) => {
    await expect(db.query(sql`select ${value}::text`)).rejects.toThrow(TypeError)
  })

  test('a NUL character is an error of the value, and the connection goes on', async () => {
    await expect(db.query(sql`select ${'a\0b'}::text`)).rejects.toMatchObject({ code: '22021' })
    expect(await db.query(sql`select ${'ab'}::text as value`)).toEqual([{ value: 'ab' }])
  })
})
