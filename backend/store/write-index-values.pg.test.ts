import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '@/backend/sql/sql'
import type { Json } from '@/lib/base/json'
import { must } from '@/lib/base/must'
import type { AttrKey, CheckedType, DataAttr } from '../schema/attr'
import { draftDataAttr } from '../schema/draft'
import { indexValue } from '../schema/index-value'
import type { Database } from './database'
import { migrate } from './migrate'
import { migrations } from './migrations'
import { openTestDatabase } from './testing'

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
  await migrate(db, migrations)
})
afterAll(() => db.close())

test.each<[type: CheckedType, value: Json]>([
  ['string', ''],
  ['string', 'é "quoted"\n\\ 😀'],
  ['number', 0],
  ['number', -1.5],
  ['number', 0.1],
  ['number', 1e21],
  ['number', 1.7976931348623157e308],
  ['number', 5e-324],
  ['number', 9007199254740992],
  ['boolean', true],
  ['boolean', false],
  ['date', '2025-01-02T03:04:05.678Z'],
  ['date', '0001-01-01T00:00:00.000Z'],
  ['date', '1969-12-31T23:59:59.999Z'],
  ['date', '9999-12-31T23:59:59.999Z'],
  ['date', '2024-02-29T12:00:00.000Z'],
])('of a %s, JavaScript and Postgres make the same of %j', async (type, value) => {
  const attr = indexed(type)
  const [row] = await db.query<{ number: number | null; text: string | null }>(sql`
    select index_number(${JSON.stringify(value)}::jsonb, ${type}) as number,
      index_text(${JSON.stringify(value)}::jsonb, ${type}) as text`)
  expect(indexValue(attr, value)).toEqual(row)
})

test.each<[type: CheckedType | null, value: Json]>([
  [null, 'x'],
  [null, 1],
  ['date', 0],
  ['date', '2025-02-30T00:00:00.000Z'],
  ['date', '2025-01-01'],
  ['date', '0000-01-01T00:00:00.000Z'],
  ['string', 1],
])('of a %s, only Postgres knows what to make of %j', (type, value) => {
  expect(indexValue(indexed(type), value)).toBeNull()
})

test('null and a missing value are neither number nor text', () => {
  for (const value of [null, undefined]) {
    expect(must(indexValue(indexed('date'), value), 'known')).toEqual({ number: null, text: null })
  }
})

function indexed(checkedType: CheckedType | null): DataAttr {
  const draft = draftDataAttr({ namespace: 'x', label: 'y' }, { isIndexed: true, checkedType })
  return { ...draft, key: 1000 as AttrKey, indexKey: 1000 as AttrKey }
}
