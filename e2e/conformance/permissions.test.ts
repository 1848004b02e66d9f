import { type DebugCheckResult, id, init, lookup } from '@instantdb/admin'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeApp, pushSchema, setRules, type TestApp } from '@/e2e/support/make-app'
import { type RunningBackend, startBackend } from '@/e2e/support/start-backend'

let backend: RunningBackend
let app: TestApp
let db: ReturnType<typeof init>

const attr = (valueType: string, isUnique = false) => ({
  valueType,
  required: false,
  isIndexed: isUnique,
  config: { indexed: isUnique, unique: isUnique },
})
const schema = {
  entities: {
    goals: {
      attrs: { title: attr('string'), secret: attr('string'), slug: attr('string', true) },
      links: {},
    },
    todos: { attrs: { text: attr('string') }, links: {} },
  },
  links: {
    goalsOwner: {
      forward: { on: 'goals', has: 'one', label: 'owner' },
      reverse: { on: '$users', has: 'many', label: 'goals' },
    },
    goalsTodos: {
      forward: { on: 'goals', has: 'many', label: 'todos' },
      reverse: { on: 'todos', has: 'one', label: 'goal' },
    },
  },
}
const rules = {
  goals: {
    allow: {
      view: 'isOwner || data.title == "public"',
      create: 'auth.id != null',
      update: 'isOwner',
      delete: 'isOwner',
    },
    bind: { isOwner: "auth.id in data.ref('owner.id')" },
    fields: { secret: 'isOwner' },
  },
}
const [mine, open, hidden, todo, free] = [id(), id(), id(), id(), id()]
let annId: string

beforeAll(async () => {
  backend = await startBackend({ env: { SMTP_URL: '' } })
  app = await makeApp({ apiURI: backend.apiURI, title: 'Goals', rules })
  await pushSchema(app, schema)
  db = init(app)
  await db.auth.createToken({ email: 'ann@example.com' })
  annId = (await db.auth.getUser({ email: 'ann@example.com' }))?.id ?? ''
  await db.transact([
    tx('goals', mine).update({ title: 'mine', secret: 's1', slug: 'mine' }).link({ owner: annId }),
    tx('goals', open).update({ title: 'public', secret: 's2' }),
    tx('goals', hidden).update({ title: 'hidden', secret: 's3' }),
    tx('todos', todo).update({ text: 'run' }),
    tx('todos', free).update({ text: 'run' }),
    tx('goals', hidden).link({ todos: todo }),
  ])
}, 120_000)

afterAll(() => backend.stop())

describe('asUser', () => {
  test('sees by the rules: as a user by e-mail and by token, and as a guest', async () => {
    const token = await db.auth.createToken({ email: 'ann@example.com' })
    const ids = async (as: typeof db) => {
      const { goals } = await as.query({ goals: {} })
      return (goals ?? []).map((goal) => goal.id).sort()
    }

    expect(await ids(db.asUser({ email: 'ann@example.com' }))).toEqual([mine, open].sort())
    expect(await ids(init({ ...app, adminToken: '' }).asUser({ token }))).toEqual(
      [mine, open].sort(),
    )
    expect(await ids(db.asUser({ guest: true }))).toEqual([open])
    expect(await ids(db)).toEqual([mine, open, hidden].sort())
  })

  test('writes by the rules, and is told when it may not', async () => {
    const ann = db.asUser({ email: 'ann@example.com' })
    const guest = db.asUser({ guest: true })
    await ann.transact(tx('goals', lookup('slug', 'mine')).update({ title: 'mine too' }))

    await expect(
      guest.transact(tx('goals', lookup('slug', 'mine')).update({ title: 'stolen' })),
    ).rejects.toMatchObject({
      status: 400,
      body: {
        type: 'permission-denied',
        message: 'Permission denied: not perms-pass?',
        hint: { input: ['goals', 'object'], expected: 'perms-pass?' },
      },
    })
    await expect(guest.transact(tx('goals', id()).create({ title: 'x' }))).rejects.toThrow(
      'Permission denied',
    )
    const { goals } = await db.query({ goals: { $: { where: { slug: 'mine' } } } })
    expect(goals).toMatchObject([{ title: 'mine too' }])
  })

  test('rule parameters reach the rules', async () => {
    const other = await makeApp({
      apiURI: backend.apiURI,
      rules: { notes: { allow: { $default: "ruleParams.key == 'open'" } } },
    })
    const guest = init(other).asUser({ guest: true })
    const note = id()
    await guest.transact(tx('notes', note).ruleParams({ key: 'open' }).update({ text: 'hi' }))

    expect(await guest.query({ notes: {} })).toEqual({ notes: [] })
    expect(await guest.query({ notes: {} }, { ruleParams: { key: 'open' } })).toEqual({
      notes: [{ id: note, text: 'hi' }],
    })
  })

  test('a guest may not write to an app that is not there', async () => {
    const nowhere = init({ ...app, appId: id(), adminToken: '' }).asUser({ guest: true })

    expect(await nowhere.query({ goals: {} })).toEqual({ goals: [] })
    await expect(nowhere.transact(tx('goals', id()).update({}))).rejects.toMatchObject({
      status: 400,
      body: { type: 'record-not-found', message: 'Record not found: app' },
    })
  })
})

describe('debugQuery', () => {
  test('tells of hidden rows, fields and children what their rules say', async () => {
    const guest = db.asUser({ guest: true })
    const { result, checkResults } = await guest.debugQuery({ goals: { todos: {} } })

    expect(result).toEqual({
      goals: [{ id: open, title: 'public', slug: null, todos: [] }],
    })
    const said = (of: string, label: string | null) => find(checkResults, of, label)
    expect(said(hidden, null)).toMatchObject({
      id: hidden,
      entity: 'goals',
      label: null,
      record: { id: hidden, title: 'hidden', secret: 's3' },
      program: {
        etype: 'goals',
        action: 'view',
        'display-code': 'isOwner || data.title == "public"',
        code: `cel.bind(isOwner, auth.id in data.ref('owner.id'), isOwner || data.title == "public")`,
      },
      check: false,
    })
    expect(said(open, null)?.check).toBe(true)
    expect(said(open, 'secret')).toMatchObject({ check: false })
    expect(said(mine, null)).toMatchObject({ record: { owner: annId }, check: false })
    expect(said(todo, null)).toMatchObject({ entity: 'todos', program: {}, check: true })
  })

  test('takes other rules, parameters and another origin for one call', async () => {
    const guest = db.asUser({ guest: true })
    const view = "request.ip == '9.9.9.9' && request.origin == 'https://x.co' && ruleParams.a == 1"
    const options = {
      rules: { goals: { allow: { view } } },
      ip: '9.9.9.9',
      origin: 'https://x.co',
      ruleParams: { a: 1 },
    }

    expect((await guest.debugQuery({ goals: {} }, options)).result.goals).toHaveLength(3)
    expect((await guest.debugQuery({ goals: {} }, { ...options, ip: '1.1.1.1' })).result).toEqual({
      goals: [],
    })
    expect((await guest.debugQuery({ goals: {} }, { rules: {} })).checkResults[0]).toMatchObject({
      program: {},
      check: true,
    })
  })

  test('refuses the admin, bad rules, and says what a failing rule failed on', async () => {
    const guest = db.asUser({ guest: true })

    await expect(db.debugQuery({ goals: {} })).rejects.toMatchObject({
      status: 400,
      message: 'Validation failed for non-admin: Cannot test perms as admin',
    })
    await expect(
      guest.debugQuery({ goals: {} }, { rules: { goals: { allow: { view: '!10' } } } }),
    ).rejects.toMatchObject({ body: { hint: { 'data-type': 'rule' } } })
    await expect(
      guest.debugQuery({ goals: {} }, { rules: { goals: { allow: { view: 'data.nope > 1' } } } }),
    ).rejects.toMatchObject({
      status: 400,
      body: {
        type: 'permission-evaluation-failed',
        message: expect.not.stringContaining('You may have a typo'),
        hint: {
          rule: ['goals', 'view'],
          understudy: {
            rule: 'own',
            path: ['goals', 'allow', 'view'],
            entity: { namespace: 'goals', id: expect.any(String) },
            error: { line: 1, column: 1, start: 0, end: 13 },
            inputs: { data: { title: expect.any(String) } },
          },
        },
      },
    })
  })
})

describe('debugTransact', () => {
  test('tells what is denied, and writes nothing', async () => {
    const guest = db.asUser({ guest: true })
    const goal = id()
    const answer = await guest.debugTransact([
      tx('goals', mine).update({ title: 'stolen' }),
      tx('goals', goal).create({ title: 'new' }),
    ])

    expect(answer).toMatchObject({
      'tx-id': expect.any(Number),
      'all-checks-ok?': false,
      'committed?': false,
      'check-results': [
        {
          scope: 'object',
          action: 'update',
          etype: 'goals',
          eid: mine,
          bindings: {
            data: { id: mine, owner: annId },
            'new-data': { id: mine, title: 'stolen', owner: annId },
            'rule-params': null,
            'modified-fields': ['title'],
          },
          program: { etype: 'goals', action: 'update', 'display-code': 'isOwner' },
          'check-result': false,
          'check-pass?': false,
        },
        {
          scope: 'object',
          action: 'create',
          etype: 'goals',
          eid: goal,
          bindings: {
            data: { id: goal, title: 'new' },
            'new-data': { id: goal, title: 'new' },
            'rule-params': null,
            'modified-fields': ['title'],
          },
          'check-result': false,
        },
      ],
    })
    const { goals } = await db.query({
      goals: { $: { where: { title: { $in: ['stolen', 'new'] } } } },
    })
    expect(goals).toEqual([])
  })

  test('says of links what happens to both sides', async () => {
    const ann = db.asUser({ email: 'ann@example.com' })
    const linking = { goals: { allow: { link: { todos: 'linkedData.text == "run"' } } } }
    const answer = await ann.debugTransact(tx('goals', mine).link({ todos: free }), {
      rules: linking,
    })

    expect(answer).toMatchObject({
      'all-checks-ok?': true,
      'committed?': false,
      'check-results': [
        {
          action: 'link',
          etype: 'goals',
          bindings: {
            'linked-data': { id: free, text: 'run' },
            'linked-etype': 'todos',
            actions: { data: 'update', linkedData: 'update' },
          },
          'check-pass?': true,
        },
      ],
    })
  })

  test('commits when told to, but only what passes', async () => {
    const ann = db.asUser({ email: 'ann@example.com' })
    const guest = db.asUser({ guest: true })
    const commit = { __dangerouslyCommit: true } as object
    const write = tx('goals', mine).update({ title: 'kept' })

    expect(await guest.debugTransact(write, commit)).toMatchObject({ 'committed?': false })
    expect(await db.query({ goals: { $: { where: { title: 'kept' } } } })).toEqual({ goals: [] })
    expect(await ann.debugTransact(write, commit)).toMatchObject({ 'committed?': true })
    expect((await db.query({ goals: { $: { where: { title: 'kept' } } } })).goals).toHaveLength(1)
  })

  test('other errors are errors', async () => {
    const guest = db.asUser({ guest: true })

    await expect(db.debugTransact(tx('goals', mine).update({}))).rejects.toThrow(
      'Cannot test perms as admin',
    )
    await expect(guest.debugTransact(tx('goals', mine).update({ title: 5 }))).rejects.toMatchObject(
      {
        body: { type: 'validation-failed' },
      },
    )
  })

  test('rules in force are those that were set last', async () => {
    const other = await makeApp({ apiURI: backend.apiURI })
    await setRules(other, { goals: { allow: { create: 'false' } } })
    const guest = init(other).asUser({ guest: true })
    const goal = id()

    expect(await guest.debugTransact(tx('goals', goal).update({ a: 1 }))).toMatchObject({
      'all-checks-ok?': false,
      'check-results': [
        { scope: 'attr', action: 'create', etype: 'attrs', program: {}, 'check-result': true },
        { scope: 'attr', action: 'create' },
        { action: 'create', etype: 'goals', eid: goal, 'check-result': false },
      ],
    })
    await expect(guest.transact(tx('goals', goal).update({ a: 1 }))).rejects.toThrow('denied')
  })
})

function find(results: DebugCheckResult[], of: string, label: string | null) {
  return results.find((each) => each.id === of && (each as { label?: unknown }).label === label)
}

function tx(namespace: string, entity: string) {
  const chunk = db.tx[namespace]?.[entity]
  if (!chunk) throw new Error('The SDK makes a chunk of any name.')
  return chunk
}
