import { parseArgs } from 'node:util'
import { makeApp, pushSchema, setRules, type TestApp } from '@/e2e/support/make-app'
import { startBackend } from '@/e2e/support/start-backend'

/**
 * What rules cost: the same query as a user and as the admin, turn by turn in one run, over apps
 * of 1,000 and `--rows` rows. The goals are ratios: 1.5 for a rule that becomes part of the SQL,
 * 2.5 for one that is evaluated.
 */
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '15' },
  },
})
const rounds = Number(values.rounds)
const email = 'ada@example.com'

/** Every row passes, so that both answer the same. */
const rules: readonly { readonly name: string; readonly goal: number; readonly view: string }[] = [
  {
    name: 'five terms, as SQL',
    goal: 1.5,
    view: "auth.id != null && data.isPublic == true && data.kind != 'secret' && data.likes != -1 && data.state in ['open', 'done']",
  },
  {
    name: 'one ref, as SQL',
    goal: 1.5,
    view: "auth.id in data.ref('owner.id')",
  },
  {
    name: 'five terms, evaluated',
    goal: 2.5,
    view: "auth.id != null && data.isPublic == true && data.kind.startsWith('n') && data.likes >= 0 && data.state in ['open', 'done']",
  },
  {
    name: 'one ref, evaluated',
    goal: 2.5,
    view: "data.ref('owner.email').exists(e, e.endsWith('@example.com'))",
  },
]

const backend = await startBackend()
try {
  for (const rows of [1_000, Number(values.rows)]) await bench(rows)
} finally {
  await backend.stop()
}

async function bench(rows: number): Promise<void> {
  const app = await fillApp(rows)
  console.log(`\n${rows.toLocaleString('en')} rows`)
  for (const { name, goal, view } of rules) {
    await setRules(app, { notes: { allow: { view } } })
    for (const [what, options] of [
      ['first 50', { limit: 50 }],
      ['all', {}],
    ] as const) {
      const { admin, user } = await compare(app, { notes: { $: options } })
      const ratio = (user / admin).toFixed(2)
      const figures = `${admin.toFixed(1)} ms as admin, ${user.toFixed(1)} ms as a user`
      console.log(`${`${name}, ${what}`.padEnd(36)}× ${ratio} (goal ${goal}): ${figures}`)
    }
  }
}

async function compare(app: TestApp, query: object): Promise<{ admin: number; user: number }> {
  const times = { admin: [] as number[], user: [] as number[] }
  for (let round = -2; round < rounds; round++) {
    for (const [who, headers] of [
      ['admin', {}],
      ['user', { 'as-email': email }],
    ] as const) {
      const sentAt = performance.now()
      const answer = await post(app, { path: '/admin/query', body: { query }, headers })
      if (!answer.includes('"id"')) throw new Error(`Nothing was visible to the ${who}.`)
      // The first rounds warm up caches and plans.
      if (round >= 0) times[who].push(performance.now() - sentAt)
    }
  }
  return { admin: median(times.admin), user: median(times.user) }
}

async function fillApp(rows: number): Promise<TestApp> {
  const app = await makeApp({ apiURI: backend.apiURI, title: `Rules over ${rows} rows` })
  const attr = (valueType: string) => ({
    valueType,
    required: true,
    config: { indexed: false, unique: false },
  })
  await pushSchema(app, {
    entities: {
      notes: {
        attrs: {
          isPublic: attr('boolean'),
          kind: attr('string'),
          likes: attr('number'),
          state: attr('string'),
        },
      },
    },
    links: {
      owner: {
        forward: { on: 'notes', has: 'one', label: 'owner' },
        reverse: { on: '$users', has: 'many', label: 'notes' },
      },
    },
  })
  const user = crypto.randomUUID()
  await transact(app, [['create', '$users', user, { email }]])
  for (let done = 0; done < rows; done += 1_000) {
    const ids = Array.from({ length: Math.min(1_000, rows - done) }, () => crypto.randomUUID())
    await transact(
      app,
      ids.flatMap((id, index) => [
        [
          'create',
          'notes',
          id,
          { isPublic: true, kind: 'note', likes: index, state: index % 2 ? 'open' : 'done' },
        ],
        ['link', 'notes', id, { owner: user }],
      ]),
    )
  }
  return app
}

function transact(app: TestApp, steps: readonly unknown[]): Promise<string> {
  return post(app, { path: '/admin/transact', body: { steps }, headers: {} })
}

async function post(
  { apiURI, appId, adminToken }: TestApp,
  { path, body, headers }: { path: string; body: object; headers: Record<string, string> },
): Promise<string> {
  const answer = await fetch(apiURI + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'app-id': appId,
      authorization: `Bearer ${adminToken}`,
      ...headers,
    },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text.slice(0, 500)}`)
  return text
}

function median(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
