import { i, id, init, lookup, tx } from '@instantdb/admin'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeApp, pushSchema, type TestApp } from '@/e2e/support/make-app'
import { type RunningBackend, startBackend } from '@/e2e/support/start-backend'
import { must } from '@/lib/base/must'

/**
 * Transactions that run at once leave what they would have left one after another: requests to one
 * backend on PGlite, and to three on one Postgres.
 */
const backendCount = process.env.DATABASE_URL ? 3 : 1

const schema = i.schema({
  entities: {
    people: i.entity({
      email: i.string().unique().indexed().optional(),
      name: i.string().optional(),
      facts: i.json().optional(),
    }),
    projects: i.entity({ title: i.string().optional() }),
    tasks: i.entity({ title: i.string().optional(), rank: i.number().indexed().optional() }),
    parts: i.entity({ title: i.string().optional() }),
    accounts: i.entity({ amount: i.number() }),
  },
  links: {
    owner: {
      forward: { on: 'tasks', has: 'one', label: 'owner' },
      reverse: { on: 'people', has: 'many', label: 'tasks' },
    },
    desk: {
      forward: { on: 'people', has: 'one', label: 'deputy' },
      reverse: { on: 'people', has: 'one', label: 'principal' },
    },
    project: {
      forward: { on: 'tasks', has: 'one', label: 'project', required: true },
      reverse: { on: 'projects', has: 'many', label: 'tasks' },
    },
    whole: {
      forward: { on: 'parts', has: 'one', label: 'project', onDelete: 'cascade' },
      reverse: { on: 'projects', has: 'many', label: 'parts' },
    },
  },
})

let backends: readonly RunningBackend[] = []

beforeAll(async () => {
  backends = await Promise.all(Array.from({ length: backendCount }, () => startBackend()))
}, 120_000)
afterAll(() => Promise.all(backends.map((backend) => backend.stop())))

test('no merge is lost', async () => {
  const { at } = await open()
  const ann = id()
  await at(0).transact([start('people', ann).update({ facts: {} })])
  await atOnce(60, (n) => at(n).transact([start('people', ann).merge({ facts: { [`k${n}`]: n } })]))

  const { people } = await at(0).query({ people: {} })
  expect(Object.keys(people?.[0]?.facts ?? {})).toHaveLength(60)
})

test('one of many gets a unique value, whether they make it or change to it', async () => {
  const { at } = await open()
  const made = await atOnce(20, (n) =>
    at(n).transact([start('people', id()).update({ email: 'a', name: `${n}` })]),
  )
  expect(won(made)).toBe(1)
  const ids = Array.from({ length: 20 }, () => id())
  await at(0).transact(ids.map((each) => start('people', each).update({ name: each })))
  const changed = await atOnce(20, (n) =>
    at(n).transact([start('people', must(ids[n], 'there are 20')).update({ email: 'b' })]),
  )
  expect(won(changed)).toBe(1)
  expect(errors([...made, ...changed])).toEqual(['record-not-unique'])

  const { people } = await at(0).query({ people: { $: { where: { email: { $in: ['a', 'b'] } } } } })
  expect(people).toHaveLength(2)
})

test('an upsert of one id or one look-up makes one entity, however many do it at once', async () => {
  const { at } = await open()
  const same = id()
  const outcomes = [
    ...(await atOnce(20, (n) =>
      at(n).transact([start('projects', same).update({ title: `${n}` })]),
    )),
    ...(await atOnce(20, (n) =>
      at(n).transact([start('people', lookup('email', 'x')).merge({ facts: { [`k${n}`]: 1 } })]),
    )),
  ]
  expect(errors(outcomes)).toEqual([])

  const { projects, people } = await at(0).query({ projects: {}, people: {} })
  expect(projects).toHaveLength(1)
  expect(people).toHaveLength(1)
  expect(Object.keys(people?.[0]?.facts ?? {})).toHaveLength(20)
})

test('a strict create of one id succeeds once', async () => {
  const { at } = await open()
  const same = id()
  const made = await atOnce(20, (n) =>
    at(n).transact([start('projects', same).create({ title: `${n}` })]),
  )

  expect(won(made)).toBe(1)
  expect(errors(made)).toEqual(['validation-failed'])
})

test('a link that has one end is left with one, seen from both sides', async () => {
  const { at } = await open()
  const [project, task] = [id(), id()]
  const owners = Array.from({ length: 12 }, () => id())
  await at(0).transact([
    start('projects', project).update({}),
    start('tasks', task).update({}).link({ project }),
    ...owners.map((each) => start('people', each).update({})),
  ])
  const linked = await atOnce(36, (n) =>
    at(n).transact([start('tasks', task).link({ owner: must(owners[n % 12], 'there are 12') })]),
  )
  expect(errors(linked)).toEqual([])
  const deputies = await atOnce(36, (n) =>
    at(n).transact([
      start('people', must(owners[n % 12], 'there are 12')).link({
        deputy: must(owners[(n * 5 + 1) % 12], 'there are 12'),
      }),
    ]),
  )
  expect(errors(deputies).filter((type) => type !== 'record-not-unique')).toEqual([])

  const { tasks, people } = await at(0).query({
    tasks: { owner: {} },
    people: { tasks: {}, deputy: {}, principal: {} },
  })
  const holders = (people ?? []).filter((person) => person.tasks.length > 0)
  expect(holders.map((person) => person.id)).toEqual([tasks?.[0]?.owner?.id])
  for (const person of people ?? []) {
    if (!person.deputy) continue
    const deputy = people?.find((other) => other.id === person.deputy?.id)
    expect(deputy?.principal?.id).toBe(person.id)
  }
})

test('what requires a link is never left without one by a deletion at the same time', async () => {
  const { at } = await open()
  for (let round = 0; round < 8; round++) {
    const [project, task] = [id(), id()]
    await at(0).transact([start('projects', project).update({})])
    await atOnce(6, (n) =>
      n % 2
        ? at(n).transact([start('projects', project).delete()])
        : at(n).transact([
            start('tasks', n ? id() : task)
              .update({})
              .link({ project }),
          ]),
    )
  }

  const { tasks } = await at(0).query({ tasks: { $: { where: { project: { $isNull: true } } } } })
  expect(tasks).toEqual([])
})

test('a cascade takes all of what is linked at that moment, or none of what comes later', async () => {
  const { at } = await open()
  for (let round = 0; round < 8; round++) {
    const project = id()
    await at(0).transact([start('projects', project).update({})])
    const outcomes = await atOnce(12, (n) =>
      n === 5
        ? at(n).transact([start('projects', project).delete()])
        : at(n).transact([start('parts', id()).update({}).link({ project })]),
    )
    expect(errors(outcomes)).toEqual([])
  }

  const { parts } = await at(0).query({ parts: { $: { where: { project: { $isNull: true } } } } })
  expect(parts).toEqual([])
})

test('an attribute that many make necessary at once is made once', async () => {
  const { app, at } = await open({ isBare: true })
  const outcomes = await atOnce(24, (n) =>
    at(n).transact([start('fresh', id()).update({ label: n, [`own${n % 4}`]: n })]),
  )
  expect(errors(outcomes)).toEqual([])

  const labels = Object.keys(await pullAttrs(app, 'fresh'))
  expect(labels.sort()).toEqual(['id', 'label', 'own0', 'own1', 'own2', 'own3'])
  expect((await at(0).query({ fresh: {} } as never as { people: object })) as object).toMatchObject(
    {
      fresh: { length: 24 },
    },
  )
})

test('a constraint that is set during writes holds for all that is stored, or is not set', async () => {
  for (let round = 0; round < 4; round++) {
    const { app, at } = await open({ isBare: true })
    await at(0).transact([start('things', id()).update({ n: 0, code: 'c0' })])
    const write = (n: number) =>
      at(n).transact([
        start('things', id()).update({ n: n % 9 === 8 ? 'text' : n, code: `c${n % 30}` }),
      ])
    const [outcomes] = await Promise.all([atOnce(40, write), pushSchema(app, constrained)])
    expect(errors(outcomes).filter((type) => !/validation|unique/.test(type))).toEqual([])

    const things = (await at(0).query({ things: {} } as never)) as {
      things: { n: unknown; code: string }[]
    }
    const attrs = await pullAttrs(app, 'things')
    if (attrs.n?.['checked-data-type'] === 'number') {
      expect(things.things.filter(({ n }) => typeof n !== 'number')).toEqual([])
      const ordered = await at(0).query({
        things: { $: { order: { n: 'asc' }, limit: 1_000 } },
      } as never)
      expect((ordered as typeof things).things).toHaveLength(things.things.length)
    }
    if (attrs.code?.['unique?']) {
      expect(new Set(things.things.map(({ code }) => code)).size).toBe(things.things.length)
    }
  }
}, 120_000)

test('a query sees one moment, also over several namespaces and levels', async () => {
  const { at } = await open()
  const [a, b] = [id(), id()]
  const move = (n: number) =>
    at(n).transact([
      start('accounts', a).update({ amount: n }),
      start('accounts', b).update({ amount: 100 - n }),
      start('projects', a).update({ title: String(n) }),
    ])
  await move(0)
  let isOver = false
  const reading = atOnce(6, async (n) => {
    let reads = 0
    while (!isOver) {
      const { accounts, projects } = await at(n).query({ accounts: {}, projects: {} })
      const [first, second] = [a, b].map((each) => accounts?.find((one) => one.id === each)?.amount)
      expect(Number(first) + Number(second)).toBe(100)
      expect(projects?.[0]?.title).toBe(String(first))
      reads += 1
    }
    return reads
  })
  for (let n = 1; n < 60; n++) await move(n)
  isOver = true

  for (const outcome of await reading) expect(outcome).toMatchObject({ status: 'fulfilled' })
})

test('transactions at once leave what they leave one after another, in the order of their ids', async () => {
  const { at } = await open({ isBare: true })
  const ids = Array.from({ length: 8 }, () => id())
  const pick = (n: number) => must(ids[Math.abs((n * 7919) >> 3) % 8], 'there are 8')
  const steps = (n: number) => {
    const [one, two] = [start('nodes', pick(n)), start('nodes', pick(n * 31 + 5))]
    const all = [
      [one.update({ n, [`f${n % 3}`]: n })],
      [one.merge({ facts: { [`k${n % 6}`]: n } })],
      [one.link({ next: pick(n * 13 + 3) })],
      [one.unlink({ next: pick(n * 17 + 1) })],
      [one.delete()],
      [one.update({ n }), two.merge({ facts: { last: n } }), one.link({ next: pick(n + 1) })],
    ]
    return must(all[n % all.length], 'it is one of them')
  }
  const outcomes = await atOnce(240, async (n) => {
    const answer = (await at(n).transact(steps(n))) as { 'tx-id': number }
    return { n, txId: answer['tx-id'] }
  })
  const done = outcomes
    .flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
    .sort((x, y) => x.txId - y.txId)
  expect(done.length).toBeGreaterThan(200)
  const replayed = (await open({ isBare: true })).at
  for (const { n } of done) await replayed(0).transact(steps(n))

  const query = { nodes: { $: { order: { serverCreatedAt: 'asc' } }, next: {} } } as never
  expect(sorted(await at(1).query(query))).toEqual(sorted(await replayed(0).query(query)))
}, 120_000)

const constrained = {
  entities: {
    things: {
      attrs: {
        n: attr('number', { isIndexed: true }),
        code: attr('string', { isIndexed: true, isUnique: true }),
      },
      links: {},
    },
  },
  links: {},
  rooms: {},
}

function attr(
  valueType: string,
  { isIndexed = false, isUnique = false }: { isIndexed?: boolean; isUnique?: boolean },
) {
  return {
    valueType,
    required: false,
    isIndexed,
    config: { indexed: isIndexed, unique: isUnique },
    metadata: {},
  }
}

/** An app, and clients of it at each of the backends. */
async function open({ isBare = false }: { isBare?: boolean } = {}) {
  const { apiURI } = must(backends[0], 'one is started at least')
  const app = await makeApp({ apiURI })
  if (!isBare) await pushSchema(app, JSON.parse(JSON.stringify(schema)))
  const clients = backends.map((backend) => {
    const config = { ...app, apiURI: backend.apiURI, disableValidation: true }
    return init(
      isBare
        ? (config as unknown as typeof config & { schema: typeof schema })
        : { ...config, schema },
    )
  })
  return {
    app,
    at: (n: number) => must(clients[n % clients.length], 'there is one for each backend'),
  }
}

/** The start of a step, spelt the way the SDK's `db.tx` spells it. */
function start(namespace: string, entity: string) {
  return must(tx[namespace]?.[entity], 'the SDK answers every name')
}

function atOnce<T>(
  count: number,
  work: (n: number) => Promise<T>,
): Promise<PromiseSettledResult<T>[]> {
  return Promise.allSettled(Array.from({ length: count }, (_, n) => work(n)))
}

function won(outcomes: readonly PromiseSettledResult<unknown>[]): number {
  return outcomes.filter(({ status }) => status === 'fulfilled').length
}

/** The types of the errors, each once. */
function errors(outcomes: readonly PromiseSettledResult<unknown>[]): readonly string[] {
  const types = outcomes.flatMap((outcome) =>
    outcome.status === 'rejected' ? [String(outcome.reason?.body?.type ?? outcome.reason)] : [],
  )
  return [...new Set(types)]
}

interface WireAttr {
  readonly 'checked-data-type'?: string | null
  readonly 'unique?'?: boolean
}

/** The data attributes of a namespace by their labels, as the backend has them. */
async function pullAttrs(app: TestApp, namespace: string): Promise<Record<string, WireAttr>> {
  const { appId, adminToken, apiURI } = app
  const response = await fetch(`${apiURI}/dash/apps/${appId}/schema/pull`, {
    headers: { authorization: `Bearer ${adminToken}` },
  })
  const { schema } = (await response.json()) as {
    schema: { blobs: Record<string, Record<string, WireAttr>> }
  }
  return must(schema.blobs[namespace], 'the app has the namespace')
}

/** Lists in an order of their own, for those made in one moment have none. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  )
}
