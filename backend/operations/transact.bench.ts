import { bench, describe } from 'vitest'
import type { Json } from '@/lib/base/json'
import { createTestApp, define, openTestEngine } from './testing'

/** `npx vitest bench --project sql backend/operations`: the cost of a transaction, SQL included. */

const app = await createTestApp(await openTestEngine())
await app.push(
  define(
    {
      books: {
        title: 'string indexed',
        isbn: 'string unique indexed',
        price: 'number indexed',
        soldAt: 'date indexed optional',
        note: 'any optional',
        meta: 'json optional',
      },
      shelves: {},
    },
    {
      shelf: {
        forward: { on: 'books', has: 'one', label: 'shelf' },
        reverse: { on: 'shelves', has: 'many', label: 'books' },
      },
    },
  ),
)
const shelf = crypto.randomUUID()
const ids = Array.from({ length: 1_000 }, () => crypto.randomUUID())
await app.write(['create', 'shelves', shelf, {}], ...ids.map(create))

describe('1,000 steps in one transaction', () => {
  bench('create', () => send(ids.map(() => create(crypto.randomUUID()))))
  bench('update', () => send(ids.map((id) => ['update', 'books', id, { note: 'new' }])))
  bench('update, indexed', () => send(ids.map((id) => ['update', 'books', id, { price: 1 }])))
  bench('merge', () => send(ids.map((id) => ['merge', 'books', id, { meta: { b: 2 } }])))
  bench('link', () => send(ids.map((id) => ['link', 'books', id, { shelf }])))
  bench('update by look-up', () => send(ids.map((id) => ['update', 'books', ['isbn', id], {}])))
})

describe('one step', () => {
  const [id = ''] = ids
  bench('create', () => send([create(crypto.randomUUID())]))
  bench('update', () => send([['update', 'books', id, { note: 'new' }]]))
  bench('update, indexed', () => send([['update', 'books', id, { price: Math.random() }]]))
  bench('link', () => send([['link', 'books', id, { shelf }]]))
})

async function send(steps: readonly Json[]): Promise<void> {
  await app.write(...steps)
}

function create(id: string): Json {
  const soldAt = new Date().toISOString()
  const values = {
    title: `A book called ${id}`,
    isbn: id,
    price: 12.5,
    soldAt,
    note: 'x'.repeat(100),
  }
  return ['create', 'books', id, { ...values, meta: { a: 1 } }]
}
