import { i, id, init, lookup, tx } from '@instantdb/admin'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeApp, pushSchema } from '@/e2e/support/make-app'
import { type RunningBackend, startBackend } from '@/e2e/support/start-backend'
import { must } from '@/lib/base/must'

const schema = i.schema({
  entities: {
    people: i.entity({
      email: i.string().unique().indexed(),
      name: i.string().indexed(),
      age: i.number().indexed().optional(),
      born: i.date().indexed().optional(),
      extra: i.json().optional(),
    }),
    teams: i.entity({ title: i.string() }),
  },
  links: {
    members: {
      forward: { on: 'people', has: 'one', label: 'team', onDelete: 'cascade' },
      reverse: { on: 'teams', has: 'many', label: 'members' },
    },
  },
})

let backend: RunningBackend

beforeAll(async () => {
  backend = await startBackend()
}, 120_000)

afterAll(() => backend.stop())

test('a schema makes has-one links objects and has-many links lists', async () => {
  const db = await open()
  const [team, ann] = [id(), id()]
  await db.transact([
    record('teams', team).update({ title: 'Core' }),
    record('people', ann).update({ email: 'ann@x.co', name: 'Ann' }).link({ team }),
  ])

  const { people, teams } = await db.query({ people: { team: {} }, teams: { members: {} } })

  expect(people).toEqual([
    {
      id: ann,
      email: 'ann@x.co',
      name: 'Ann',
      age: null,
      born: null,
      team: { id: team, title: 'Core' },
    },
  ])
  expect(teams[0]?.members.map(({ name }) => name)).toEqual(['Ann'])
})

test('a lookup upserts, and a unique value is held by one', async () => {
  const db = await open()
  await db.transact(db.tx.people.lookup('email', 'bo@x.co').update({ name: 'Bo' }))
  await db.transact(db.tx.people.lookup('email', 'bo@x.co').update({ name: 'Bob' }))
  const { people } = await db.query({ people: {} })

  expect(people.map(({ name }) => name)).toEqual(['Bob'])
  await expect(
    db.transact(record('people', id()).update({ email: 'bo@x.co', name: 'Other' })),
  ).rejects.toMatchObject({
    status: 400,
    body: {
      type: 'record-not-unique',
      message:
        '`email` is a unique attribute on `people` and an entity already exists with `people.email` = "bo@x.co"',
    },
  })
})

test('a link by lookup, a deep merge and a cascade', async () => {
  const db = await open()
  const [team, ann] = [id(), id()]
  await db.transact([
    record('teams', team).update({ title: 'Core' }),
    record('people', ann).update({ email: 'ann@x.co', name: 'Ann', extra: { a: { b: 1, c: 2 } } }),
  ])
  await db.transact([
    record('teams', team).link({ members: lookup('email', 'ann@x.co') }),
    record('people', ann).merge({ extra: { a: { b: null, d: 3 } } }),
  ])
  const before = await db.query({ people: { team: {} } })
  await db.transact(record('teams', team).delete())
  const after = await db.query({ people: {}, teams: {} })

  expect(before.people[0]).toMatchObject({ extra: { a: { c: 2, d: 3 } }, team: { id: team } })
  expect(after).toEqual({ people: [], teams: [] })
})

test('a transaction that fails leaves nothing, attributes made on the fly included', async () => {
  const db = await open({ isTyped: false })
  const attempt = db.transact([
    record('notes', id()).update({ text: 'a' }),
    record('people', id()).update({ email: 5, name: 'No' }),
  ])

  await expect(attempt).rejects.toMatchObject({
    message:
      'Invalid value type for people.email. Value must be a string but the provided value type is number.',
  })
  expect(await db.query({ notes: {}, people: {} } as never)).toEqual({ notes: [], people: [] })
})

test('dates compare as instants, however they are written', async () => {
  const db = await open()
  await db.transact([
    record('people', id()).update({ email: 'a', name: 'A', born: '2000-01-01T00:00:00Z' }),
    record('people', id()).update({ email: 'b', name: 'B', born: 946_684_800_001 }),
    record('people', id()).update({ email: 'c', name: 'C', born: 'Wed Jul 09 2025' }),
  ])
  const names = async (where: object) => {
    const { people } = await db.query({ people: { $: { where, order: { born: 'asc' } } } } as never)
    return (people as { name: string }[]).map(({ name }) => name)
  }

  expect(await names({ born: { $gt: '2000-01-01' } })).toEqual(['B', 'C'])
  expect(await names({ born: 946_684_800_000 })).toEqual(['A'])
  expect(await names({ born: { $lte: '2000-01-01T01:00:00.001+01:00' } })).toEqual(['A', 'B'])
})

test('pages follow one another by cursor, in both directions', async () => {
  const db = await open()
  for (const name of ['d', 'a', 'c', 'b']) {
    await db.transact(record('people', id()).update({ email: name, name }))
  }
  const first = await page(db, { first: 2, order: { name: 'asc' } })
  const second = await page(db, { first: 2, order: { name: 'asc' }, after: first.info.endCursor })
  const back = await page(db, { last: 1, order: { name: 'asc' }, before: second.info.startCursor })

  expect(first).toMatchObject({ names: ['a', 'b'], info: { hasNextPage: true } })
  expect(second).toMatchObject({ names: ['c', 'd'], info: { hasNextPage: false } })
  expect(back).toMatchObject({ names: ['b'], info: { hasPreviousPage: true, hasNextPage: true } })
})

test('a subscription sees the change of another client', async () => {
  const db = await open()
  const seen: string[][] = []
  const subscription = db.subscribeQuery({ people: {} }, (payload) => {
    if (payload.type === 'ok') seen.push(payload.data.people.map(({ name }) => name))
  })
  await expect.poll(() => seen).toEqual([[]])
  await db.transact(record('people', id()).update({ email: 'x', name: 'New' }))

  await expect.poll(() => seen.at(-1)).toEqual(['New'])
  subscription.close()
})

test.each([
  [
    { people: { $: { where: { name: { $gt: 1 } } } } },
    'Validation failed for query: The data type of `people.name` is `string`, but the query got the value `1` of type `number`.',
  ],
  [
    { teams: { $: { order: { title: 'asc' } } } },
    'Validation failed for query: The `teams.title` attribute is not indexed. Only indexed and typed attributes can be used to order by.',
  ],
  [
    { people: { $: { where: { 'name.x': 1 } } } },
    'Validation failed for attr: people.name needs to be a link',
  ],
])('the query %j is refused by the server in Instant’s words', async (query, message) => {
  const db = await open({ isTyped: false })

  await expect(db.query(query as never)).rejects.toMatchObject({ status: 400, message })
})

test('a wrong admin token is refused, and says so', async () => {
  const app = await makeApp({ apiURI: backend.apiURI })
  const db = init({ ...app, adminToken: crypto.randomUUID() })

  await expect(db.query({ people: {} })).rejects.toMatchObject({
    status: 400,
    message: 'Record not found: app-admin-token',
  })
})

/** The start of a transaction step, spelt the way the SDK's `db.tx` spells it. */
function record(namespace: string, recordId: string) {
  return must(tx[namespace]?.[recordId], 'the SDK answers every name')
}

async function open({ isTyped = true }: { isTyped?: boolean } = {}) {
  const app = await makeApp({ apiURI: backend.apiURI })
  await pushSchema(app, JSON.parse(JSON.stringify(schema)))
  // Without a schema the SDK checks nothing, so the server's own errors are seen.
  return init({ ...app, ...(isTyped ? { schema } : { disableValidation: true }) } as {
    appId: string
    adminToken: string
    apiURI: string
    schema: typeof schema
  })
}

type Db = Awaited<ReturnType<typeof open>>

interface PageAnswer {
  readonly names: readonly string[]
  readonly info: { readonly startCursor?: unknown; readonly endCursor?: unknown }
}

function page(db: Db, $: object): Promise<PageAnswer> {
  return new Promise((resolve, reject) => {
    const subscription = db.subscribeQuery({ people: { $ } } as { people: object }, (payload) => {
      subscription.close()
      if (payload.type === 'error') reject(payload.error)
      else {
        resolve({
          names: (payload.data.people as { name: string }[]).map(({ name }) => name),
          info: payload.pageInfo?.people ?? {},
        })
      }
    })
  })
}
