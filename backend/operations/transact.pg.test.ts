import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Json } from '@/lib/base/json'
import type { Engine } from './engine'
import {
  createTestApp,
  define,
  findIndexErrors,
  openTestEngine,
  refusal,
  type TestApp,
  uuid,
} from './testing'

let engine: Engine
let app: TestApp

beforeAll(async () => {
  engine = await openTestEngine()
})
beforeEach(async () => {
  app = await createTestApp(engine)
})
afterEach(async () => {
  expect(await findIndexErrors(engine, app.app)).toEqual([])
})
afterAll(() => engine.db.close())

const [a, b, c, d, e] = [uuid(1), uuid(2), uuid(3), uuid(4), uuid(5)]

describe('order of execution (semantics.md 5.2)', () => {
  const put = (value: Json): Json => ['update', 'ns', a, { field: value }]
  const merge = (value: Json): Json => ['merge', 'ns', a, { field: value }]
  const remove: Json = ['delete', 'ns', a, null]
  const link: Json = ['link', 'ns', a, { to: b }]
  const unlink: Json = ['unlink', 'ns', a, { to: b }]

  test.each<[rule: string, steps: Json[], rows: Json[]]>([
    ['update, delete leaves nothing', [put(1), remove], []],
    ['delete, update leaves the new values', [remove, put(2)], [{ id: a, field: 2 }]],
    ['delete, update, delete leaves the row', [remove, put(2), remove], [{ id: a, field: 2 }]],
    ['the last value of a group wins', [put(1), put(2)], [{ id: a, field: 2 }]],
    [
      'merges apply on top of the update, in order',
      [put({ x: 1 }), merge({ y: 2 }), merge({ x: 3 })],
      [{ id: a, field: { x: 3, y: 2 } }],
    ],
    [
      'an update after a merge is still applied first',
      [merge({ y: 2 }), put({ x: 1 })],
      [{ id: a, field: { x: 1, y: 2 } }],
    ],
    ['a merge after the deletion of its row is lost', [put(1), remove, merge({ y: 1 })], []],
    [
      'delete, merge leaves what is merged alone',
      [remove, merge({ y: 1 })],
      [{ id: a, field: { y: 1 } }],
    ],
  ])('%s', async (_rule, steps, rows) => {
    await app.write(['update', 'ns', a, { field: 'old', other: true }], ['delete', 'ns', a])
    await app.write(...steps)
    expect(await app.read({ ns: {} })).toEqual({ ns: rows })
  })

  test('delete, update drops the values that are not given again', async () => {
    await app.write(['update', 'ns', a, { field: 1, other: 1 }])
    await app.write(remove, put(2))
    expect(await app.read({ ns: {} })).toEqual({ ns: [{ id: a, field: 2 }] })
  })

  test.each<[rule: string, steps: Json[], linked: boolean]>([
    ['unlink, link leaves it linked', [unlink, link], true],
    ['update, unlink, link leaves it unlinked', [put(1), unlink, link], false],
    ['link, unlink leaves it unlinked', [link, unlink], false],
  ])('%s', async (_rule, steps, linked) => {
    await app.write(put(1), ['update', 'to', b, {}], link)
    await app.write(...steps)
    expect(await app.read({ ns: { $: { fields: ['id'] }, to: {} } })).toEqual({
      ns: [{ id: a, to: linked ? [{ id: b }] : [] }],
    })
  })
})

describe('create, update, merge (semantics.md 5.3)', () => {
  test.each<[rule: string, step: Json, message: string]>([
    [
      'create wants a new entity',
      ['create', 'book', a, { title: 1, desc: 2 }],
      `Validation failed for tx-step: Creating entities that exist: ${a}, ${a}, ${a}`,
    ],
    [
      'update without upsert wants an old one',
      ['update', 'book', b, { title: 1 }, { upsert: false }],
      `Validation failed for tx-step: Updating entities that don't exist: ${b}, ${b}`,
    ],
    [
      'merge without upsert wants an old one',
      ['merge', 'book', b, { title: 1 }, { upsert: false }],
      `Validation failed for tx-step: Updating entities that don't exist: ${b}, ${b}`,
    ],
  ])('%s', async (_rule, step, message) => {
    await app.write(['update', 'book', a, { title: 'x' }])
    expect(await refusal(app.write(step))).toMatchObject({ type: 'validation-failed', message })
    expect(await app.read({ book: {} })).toEqual({ book: [{ id: a, title: 'x' }] })
  })

  test.each<[rule: string, steps: Json[]]>([
    [
      'create after delete looks at the state before',
      [
        ['delete', 'book', a],
        ['create', 'book', a, {}],
      ],
    ],
    [
      'one bad step of several',
      [
        ['create', 'book', b, {}],
        ['create', 'book', a, {}],
      ],
    ],
  ])('%s', async (_rule, steps) => {
    await app.write(['update', 'book', a, {}])
    expect((await refusal(app.write(...steps))).message).toContain('Creating entities that exist')
    expect(await app.read({ book: {} })).toEqual({ book: [{ id: a }] })
  })

  test.each<[rule: string, steps: Json[]]>([
    [
      'two creates of one new id',
      [
        ['create', 'book', b, { x: 1 }],
        ['create', 'book', b, { x: 2 }],
      ],
    ],
    ['an id that exists in another namespace', [['create', 'author', a, {}]]],
    ['upsert true', [['update', 'book', b, {}, { upsert: true }]]],
    ['options null', [['update', 'book', b, {}, null]]],
    ['upsert null', [['merge', 'book', b, {}, { upsert: null }]]],
    ['update without upsert of an old one', [['update', 'book', a, { x: 1 }, { upsert: false }]]],
  ])('fine: %s', async (_rule, steps) => {
    await app.write(['update', 'book', a, {}])
    await app.write(...steps)
  })

  test('a link from a bare id makes the entity exist for create', async () => {
    await app.write(['link', 'book', a, { pages: b }])
    expect(await app.read({ book: {} })).toEqual({ book: [] })
    const error = await refusal(app.write(['create', 'book', a, {}]))
    expect(error.message).toContain('Creating entities that exist')
    await app.write(['update', 'book', a, {}, { upsert: false }])
    expect(await app.read({ book: {} })).toEqual({ book: [{ id: a }] })
  })

  test('null is stored, and what is not mentioned stays', async () => {
    await app.write(['update', 'book', a, { x: 1, y: 2 }])
    await app.write(['update', 'book', a, { x: null }])
    expect(await app.read({ book: {} })).toEqual({ book: [{ id: a, x: null, y: 2 }] })
  })

  test('a key `id` is ignored, in merges too', async () => {
    await app.write(['update', 'book', a, { id: b, x: 1 }], ['merge', 'book', a, { id: c, y: 2 }])
    expect(await app.read({ book: {} })).toEqual({ book: [{ id: a, x: 1, y: 2 }] })
  })

  test.each<[rule: string, stored: Json | undefined, patch: Json, result: Json]>([
    [
      'objects merge recursively',
      { a: { b: 1 }, c: 1 },
      { a: { d: 2 } },
      { a: { b: 1, d: 2 }, c: 1 },
    ],
    ['null removes a key', { a: 1, b: 2 }, { a: null }, { b: 2 }],
    ['null removes an inner key', { a: { b: 1, c: 2 } }, { a: { b: null } }, { a: { c: 2 } }],
    ['arrays replace', { a: [1, 2] }, { a: [3] }, { a: [3] }],
    ['scalars replace objects', { a: { b: 1 } }, { a: 1 }, { a: 1 }],
    ['a missing value takes the patch as it is', undefined, { a: null }, { a: null }],
    ['null takes the patch as it is', null, { a: { b: null } }, { a: { b: null } }],
    ['a scalar is replaced', 5, { a: 1 }, { a: 1 }],
    ['a top-level scalar replaces', { a: 1 }, 7, 7],
    ['a top-level null stores null', { a: 1 }, null, null],
    ['an empty object changes nothing', { a: 1 }, {}, { a: 1 }],
    ['an array is replaced', [1], [2, 3], [2, 3]],
  ])('merge: %s', async (_rule, stored, patch, result) => {
    await app.write(['update', 'book', a, stored === undefined ? {} : { info: stored }])
    await app.write(['merge', 'book', a, { info: patch }])
    expect(await app.read({ book: {} })).toEqual({ book: [{ id: a, info: result }] })
  })

  test('merging into a link is refused', async () => {
    await app.write(['link', 'book', a, { pages: b }])
    const error = await refusal(app.write(['merge', 'book', a, { pages: b }]))
    expect(error).toMatchObject({ type: 'sql-raise' })
    expect(error.message).toMatch(/^Raised Exception: .*merge operation is not supported for links/)
  })

  test('all entities of a transaction share their creation time, which an update keeps', async () => {
    await app.write(['update', 'book', a, {}], ['update', 'pages', b, {}])
    await app.write(['update', 'book', a, { x: 1 }])
    const rows = await engine.db.query<{ created_at: number }>({
      texts: ['select distinct created_at from entities where app = ', ''],
      values: [app.app],
    })
    expect(rows).toHaveLength(1)
    expect(Math.abs((rows[0]?.created_at ?? 0) - Date.now())).toBeLessThan(60_000)
  })
})

describe('steps (semantics.md 5.1; http.md 5.9)', () => {
  test('no steps succeed, and ids grow', async () => {
    const first = await app.write()
    expect(await app.write(['update', 'x', a, {}])).toBeGreaterThan(first)
  })

  test('a failure leaves no trace, not even of attributes', async () => {
    await refusal(
      app.write(['update', 'x', a, { y: 1 }], ['update', 'x', b, {}, { upsert: false }]),
    )
    expect((await refusal(app.writeStrictly(['update', 'x', a, { y: 1 }]))).hint).toMatchObject({
      errors: [{ hint: { attributes: ['x.id', 'x.y'] } }],
    })
  })

  test('parameters of rules are accepted and change nothing', async () => {
    await app.write(['ruleParams', 'x', a, { secret: 1 }])
    expect(await app.read({ x: {} })).toEqual({ x: [] })
  })

  test('deleting in a namespace that nobody has named is no matter', async () => {
    await app.write(['delete', 'nowhere', a])
    await app.writeStrictly(['delete', 'nowhere', a, { any: 'thing' }])
  })

  test('ids in upper case are the same ids', async () => {
    const id = 'AABBCCDD-0000-4000-8000-00000000ABCD'
    await app.write(
      ['update', 'x', id, { n: 1 }],
      ['link', 'x', a, { ys: id }],
      ['update', 'ys', id, {}],
    )
    expect(await app.read({ x: {} })).toEqual({ x: [{ id: id.toLowerCase(), n: 1 }] })
  })

  test('text that cannot be stored is refused, in keys too', async () => {
    for (const value of ['a\0b', { 'a\0b': 1 }, ['x', { y: '\0' }]]) {
      expect(await refusal(app.write(['update', 'x', a, { v: value }]))).toMatchObject({
        type: 'validation-failed',
        message: 'A value in the transaction contains null bytes, which cannot be stored.',
      })
    }
    expect((await refusal(app.write(['update', 'x', a, { v: '\ud800' }]))).message).toBe(
      'A value in the transaction contains characters that cannot be stored.',
    )
    await app.write(['update', 'x', a, { v: 'a\\u0000 and \\ud800 written out, 😀' }])
  })

  test('any JSON comes back as it went in', async () => {
    const value = { __proto__x: 1, 'ключ "q"': [null, true, 1.5, -0.25, 1e21, 'é\n\\"'], '': {} }
    await app.write(['update', 'x', a, { v: value, 'a.b c': 'x', __proto__: 1 }])
    expect(await app.read({ x: {} })).toEqual({ x: [{ id: a, v: value, 'a.b c': 'x' }] })
  })
})

describe('attributes on the fly (semantics.md 2.3; http.md 5.3)', () => {
  test('a link to an unknown label is many to many with a reverse of the name of its namespace', async () => {
    await app.write(
      ['update', 'users', a, {}],
      ['update', 'tasks', b, {}],
      ['link', 'users', a, { tasks: b }],
    )
    expect(await app.read({ tasks: { users: {} } })).toEqual({
      tasks: [{ id: b, users: [{ id: a }] }],
    })
    await app.write(['update', 'users', c, {}], ['link', 'users', c, { tasks: b }])
    expect((await app.read({ tasks: { users: {} } })).tasks?.[0]).toMatchObject({
      users: [{ id: a }, { id: c }],
    })
  })

  test('strict clients are told every name that is missing', async () => {
    const error = await refusal(
      app.writeStrictly(
        ['update', 'goals', ['slug', 'x'], { title: 1 }],
        ['link', 'goals', a, { todos: b }],
      ),
    )
    expect(error).toMatchObject({
      type: 'validation-failed',
      message: 'Validation failed for steps: Attributes are missing in your schema',
      hint: {
        'data-type': 'steps',
        errors: [
          {
            message: 'Attributes are missing in your schema',
            hint: { attributes: ['goals.slug', 'goals.id', 'goals.title', 'goals.todos'] },
          },
        ],
      },
    })
  })

  test('a link label whose value is a look-up makes a one to one link', async () => {
    await app
      .write(
        ['update', 'tasks', ['slug', 'x'], {}],
        ['update', 'users', a, {}],
        ['link', 'users', a, { task: 'lookup__slug__"x"' }],
      )
      .catch(() => undefined)
    await app.write(
      ['update', 'task', ['slug', 'x'], {}],
      ['update', 'users', a, {}],
      ['update', 'users', b, {}],
      ['link', 'users', a, { task: 'lookup__slug__"x"' }],
    )
    const error = await refusal(app.write(['link', 'users', b, { task: ['lookup__slug__"x"'] }]))
    expect(error.type).toBe('record-not-unique')
  })

  test('a look-up attribute alone makes no namespace that could be read', async () => {
    await app.write(['delete', 'users', ['handle', 'h']])
    expect(await app.read({ users: {} })).toEqual({ users: [] })
    await app.write(['update', 'users', a, {}])
    expect(await app.read({ users: {} })).toEqual({ users: [{ id: a, handle: null }] })
  })

  test('a value cannot be written under the reverse label of a link', async () => {
    await app.write(['link', 'users', a, { tasks: b }])
    expect(await refusal(app.write(['update', 'tasks', b, { users: 'x' }]))).toMatchObject({
      type: 'record-not-unique',
      message: '`users` already exists on `tasks`',
      hint: { 'record-type': 'ident', etype: 'tasks', label: 'users' },
    })
  })

  test('a look-up attribute made on the fly gives the entities that are there a null', async () => {
    await app.write(['update', 'users', a, { name: 'x' }])
    await app.write(['update', 'users', ['handle', 'h'], {}])
    const { users } = await app.read({ users: { $: { where: { name: 'x' } } } })
    expect(users).toEqual([{ id: a, name: 'x', handle: null }])
  })
})

describe('look-ups (semantics.md 5.4)', () => {
  const schema = define(
    {
      users: {
        handle: 'string unique indexed optional',
        name: 'any optional',
        age: 'number unique optional',
      },
      tasks: { slug: 'any unique indexed optional', title: 'any optional' },
    },
    {
      tasks: {
        forward: { on: 'users', label: 'tasks', has: 'many' },
        reverse: { on: 'tasks', label: 'owners', has: 'many' },
      },
      boss: {
        forward: { on: 'users', label: 'boss', has: 'one' },
        reverse: { on: 'users', label: 'assistant', has: 'one' },
      },
    },
  )
  beforeEach(async () => {
    await app.push(schema)
    await app.write(['update', 'users', a, { handle: 'a', name: 'A', age: 7 }])
  })
  const names = async () =>
    (await app.read({ users: {} })).users
      ?.map((user) => user)
      .sort((x, y) => (JSON.stringify(x) < JSON.stringify(y) ? -1 : 1))

  test.each<[form: string, eid: Json]>([
    ['text', 'lookup__handle__"a"'],
    ['pair', ['handle', 'a']],
    ['object', { handle: 'a' }],
    ['number', ['age', 7]],
    ['id', ['id', a]],
  ])('the form %s finds the entity', async (_form, eid) => {
    await app.write(['update', 'users', eid, { name: 'B' }])
    expect(await app.read({ users: {} })).toEqual({
      users: [{ id: a, handle: 'a', name: 'B', age: 7 }],
    })
  })

  test('one that finds nothing makes the entity, once for the transaction', async () => {
    await app.write(
      ['update', 'users', ['handle', 'b'], { name: 'B' }],
      ['merge', 'users', { handle: 'b' }, { name: 'C' }],
    )
    const { users } = await app.read({ users: { $: { where: { handle: 'b' } } } })
    expect(users).toMatchObject([{ handle: 'b', name: 'C' }])
  })

  test.each(['link', 'unlink'])('%s makes it too', async (op) => {
    await app.write([op, 'users', ['handle', 'new'], { tasks: b }])
    expect((await app.read({ users: { $: { where: { handle: 'new' } } } })).users).toHaveLength(1)
  })

  test('create finds the entity and is refused; the look-up is printed with its attribute', async () => {
    const error = await refusal(app.write(['create', 'users', ['handle', 'a'], { name: 1 }]))
    expect(error.message).toMatch(/Creating entities that exist: \[\S+ "a"\], \[\S+ "a"\]$/)
  })

  test('update without upsert that finds nothing is refused', async () => {
    const error = await refusal(
      app.write(['update', 'users', ['handle', 'z'], {}, { upsert: false }]),
    )
    expect(error.message).toContain("Updating entities that don't exist")
  })

  test('deleting what is not found is no matter', async () => {
    await app.write(['delete', 'users', ['handle', 'z']], ['delete', 'users', ['handle', 'a']])
    expect(await app.read({ users: {} })).toEqual({ users: [] })
  })

  test('delete, then update by look-up leaves an entity with that value alone', async () => {
    await app.write(['delete', 'users', a], ['update', 'users', ['handle', 'a'], { name: 'N' }])
    expect(await app.read({ users: {} })).toMatchObject({ users: [{ handle: 'a', name: 'N' }] })
  })

  test('the look-up attribute can be changed of an entity that is there', async () => {
    await app.write(['update', 'users', ['handle', 'a'], { handle: 'b' }])
    expect(await app.read({ users: {} })).toMatchObject({ users: [{ id: a, handle: 'b' }] })
  })

  test('but not of a new one, unless to the same value', async () => {
    const error = await refusal(app.write(['update', 'users', ['handle', 'x'], { handle: 'y' }]))
    expect(error).toMatchObject({
      type: 'validation-failed',
      hint: {
        errors: [
          {
            message:
              'Updates with lookups can only update the lookup attribute if an entity with the unique attribute value already exists.',
          },
        ],
      },
    })
    await app.write(['update', 'users', ['handle', 'x'], { handle: 'x' }])
    expect(await names()).toHaveLength(2)
  })

  test('as a link target it must be there, or made by a step of its own', async () => {
    const link: Json = ['link', 'users', a, { tasks: ['lookup__slug__"t"'] }]
    expect(await refusal(app.write(link))).toMatchObject({
      type: 'validation-failed',
      message: 'Validation failed for lookup: The entity for the lookup does not exist.',
      hint: { 'data-type': 'lookup' },
    })
    await app.write(link, ['update', 'tasks', ['slug', 't'], {}])
    await app.write(['unlink', 'users', a, { tasks: { slug: 'other' } }])
    expect(
      await app.read({ users: { $: { fields: ['name'] }, tasks: { $: { fields: ['slug'] } } } }),
    ).toMatchObject({
      users: [{ tasks: [{ slug: 't' }] }],
    })
    await app.write(['unlink', 'users', a, { tasks: { slug: 't' } }])
    expect(await app.read({ users: { $: { fields: ['name'] }, tasks: {} } })).toMatchObject({
      users: [{ tasks: [] }],
    })
  })

  test('in a list a pair of strings is a look-up', async () => {
    await app.write(
      ['update', 'tasks', ['slug', 't'], {}],
      ['link', 'users', a, { tasks: [['slug', 't']] }],
    )
    expect(await app.read({ tasks: { owners: { $: { fields: ['id'] } } } })).toMatchObject({
      tasks: [{ owners: [{ id: a }] }],
    })
  })

  test('works from the reverse label too', async () => {
    await app.write(
      ['update', 'tasks', b, {}],
      ['link', 'tasks', b, { owners: 'lookup__handle__"a"' }],
    )
    expect(await app.read({ tasks: { owners: { $: { fields: ['id'] } } } })).toMatchObject({
      tasks: [{ owners: [{ id: a }] }],
    })
  })

  test.each<[rule: string, steps: Json[], type: string, issue: Json]>([
    [
      'an attribute that is not unique',
      [['update', 'tasks', ['title', 'x'], {}]],
      'lookup',
      { message: 'title is not a unique attribute on tasks' },
    ],
    [
      'a dotted name that is no link',
      [['update', 'tasks', ['test.isbn', 'x'], {}]],
      'lookup',
      { message: 'test.isbn is not a valid lookup attribute.' },
    ],
    [
      'a link that is not unique',
      [['update', 'users', ['tasks.id', a], {}]],
      'lookup',
      { message: 'tasks.id is not a unique attribute on users' },
    ],
    [
      'text that is no JSON',
      [['update', 'users', 'lookup__linkOn__undefined', {}]],
      'lookup',
      { message: 'lookup value is invalid', hint: { attribute: 'linkOn', value: 'undefined' } },
    ],
    [
      'an object of two',
      [['update', 'users', { handle: 'a', age: 1 }, {}]],
      'lookup',
      { message: 'lookup must be an object with a single unique attr and value.' },
    ],
    [
      'an object of none',
      [['update', 'users', {}, {}]],
      'lookup',
      { message: 'lookup must be an object with a single unique attr and value.' },
    ],
    [
      'an id that is no uuid',
      [['update', 'users', ['id', 'x'], {}]],
      'tx-steps',
      {
        message:
          'Invalid lookup \'["id","x"]\'. The lookup attribute is \'users.id\', but the lookup value is not a valid UUID.',
      },
    ],
    [
      'a link of which the entity is the reverse end',
      [['update', 'users', ['assistant.id', a], {}]],
      'tx-step',
      {
        message:
          'Invalid transaction. The namespace in the lookup attribute is different from the namespace of the attribute that is being set',
      },
    ],
    [
      'an unlink target whose attribute is unknown',
      [['unlink', 'users', a, { tasks: 'lookup__nope__1' }]],
      'lookup',
      { message: 'nope is not a unique attribute on tasks' },
    ],
  ])('refused: %s', async (_rule, steps, type, issue) => {
    const error = await refusal(app.write(...steps))
    expect(error).toMatchObject({
      type: 'validation-failed',
      hint: { 'data-type': type, errors: [issue] },
    })
  })

  test('a value that has the form of a look-up is just a value', async () => {
    await app.write(['update', 'users', a, { name: ['handle', 'a'] }])
    expect(await app.read({ users: {} })).toMatchObject({ users: [{ name: ['handle', 'a'] }] })
  })

  test('`label.id` finds the entity that a one to one link leads from, and makes both otherwise', async () => {
    const step = (theme: string): Json => ['update', 'user_prefs', ['users.id', a], { theme }]
    await app.write(step('dark'))
    await app.write(step('light'))
    expect(await app.read({ user_prefs: { users: { $: { fields: ['handle'] } } } })).toMatchObject({
      user_prefs: [{ theme: 'light', users: [{ id: a, handle: 'a' }] }],
    })
  })

  test('an attribute whose name has a dot takes precedence', async () => {
    await app.push(define({ odd: { 'x.y': 'string unique optional', n: 'any optional' } }))
    await app.write(
      ['update', 'odd', ['x.y', 'v'], { n: 1 }],
      ['update', 'odd', ['x.y', 'v'], { n: 2 }],
    )
    expect(await app.read({ odd: {} })).toMatchObject({ odd: [{ 'x.y': 'v', n: 2 }] })
  })
})

describe('link and unlink (semantics.md 5.5)', () => {
  const schema = define(
    { users: { n: 'any optional' }, posts: { n: 'any optional' } },
    {
      one: {
        forward: { on: 'posts', label: 'author', has: 'one' },
        reverse: { on: 'users', label: 'posts', has: 'many' },
      },
      exclusive: {
        forward: { on: 'users', label: 'drafts', has: 'many' },
        reverse: { on: 'posts', label: 'editor', has: 'one' },
      },
      pair: {
        forward: { on: 'users', label: 'pinned', has: 'one' },
        reverse: { on: 'posts', label: 'pinner', has: 'one' },
      },
    },
  )
  beforeEach(async () => {
    await app.push(schema)
    await app.write(
      ['update', 'users', a, {}],
      ['update', 'users', b, {}],
      ['update', 'posts', c, {}],
      ['update', 'posts', d, {}],
    )
  })

  const links = async (namespace: string, label: string) => {
    const { [namespace]: rows = [] } = await app.read({ [namespace]: { [label]: {} } })
    return Object.fromEntries(
      rows.map((row) => {
        const { id, [label]: linked } = row as { id: string; [label: string]: Json }
        return [id, (linked as { id: string }[]).map((item) => item.id)]
      }),
    )
  }

  test('either label, lists, and again: one link', async () => {
    await app.write(['link', 'users', a, { posts: [c, d, c] }], ['link', 'posts', c, { author: a }])
    await app.write(['link', 'posts', c, { author: [a] }], ['link', 'users', a, { posts: [] }])
    expect(await links('users', 'posts')).toEqual({ [a]: [c, d], [b]: [] })
  })

  test('has-one is replaced, from whichever side; the last of a transaction wins', async () => {
    await app.write(['link', 'posts', c, { author: a }])
    await app.write(['link', 'users', b, { posts: c }])
    expect(await links('posts', 'author')).toEqual({ [c]: [b], [d]: [] })
    await app.write(['link', 'posts', c, { author: [b, a] }])
    expect(await links('posts', 'author')).toEqual({ [c]: [a], [d]: [] })
  })

  test.each<[rule: string, steps: Json[]]>([
    ['held by another', [['link', 'users', b, { drafts: c }]]],
    ['from the reverse label', [['link', 'posts', c, { editor: b }]]],
    [
      'unlinked too late',
      [
        ['link', 'users', b, { drafts: c }],
        ['unlink', 'users', a, { drafts: c }],
      ],
    ],
    ['twice in one transaction', [['link', 'posts', d, { editor: [a, b] }]]],
    ['one to one', [['link', 'users', b, { pinned: c }]]],
  ])('a target that may have one forward entity: %s', async (_rule, steps) => {
    await app.write(['link', 'users', a, { drafts: c, pinned: c }])
    const error = await refusal(app.write(...steps))
    expect(error.type).toBe('record-not-unique')
    expect(error.message).toMatch(
      /^`(drafts|pinned)` is a unique attribute on `users` and an entity already exists with `users\.(drafts|pinned)` = "00000000-/,
    )
    expect(error.hint).toMatchObject({ 'record-type': 'triple', etype: 'users' })
  })

  test('moving works when the unlink comes first; its own holder may link again', async () => {
    await app.write(['link', 'users', a, { pinned: c }])
    await app.write(['link', 'users', a, { pinned: c }])
    await app.write(['unlink', 'users', a, { pinned: c }], ['link', 'users', b, { pinned: c }])
    expect(await links('users', 'pinned')).toEqual({ [a]: [], [b]: [c] })
    await app.write(['link', 'users', b, { pinned: d }], ['link', 'users', a, { pinned: c }])
    expect(await links('users', 'pinned')).toEqual({ [a]: [c], [b]: [d] })
  })

  test('unlinking what is not linked is no matter', async () => {
    await app.write(['unlink', 'users', a, { posts: [c], pinned: e }])
  })

  test('ids that do not exist may be linked, and show once they do', async () => {
    await app.write(['link', 'posts', c, { author: e }])
    await app.write(['update', 'users', e, { n: 1 }])
    expect(await links('users', 'posts')).toMatchObject({ [e]: [c] })
    await app.write(['link', 'posts', uuid(9), { author: a }], ['create', 'posts', uuid(9), {}])
    expect(await links('users', 'posts')).toMatchObject({ [a]: [uuid(9)] })
  })

  test('a forward link may be written like a value', async () => {
    await app.write(['update', 'posts', c, { author: a, n: 1 }])
    expect(await links('posts', 'author')).toEqual({ [c]: [a], [d]: [] })
    for (const value of ['nope', [a], null, { id: a }]) {
      expect(await refusal(app.write(['update', 'posts', c, { author: value }]))).toMatchObject({
        type: 'validation-failed',
        message: 'Linked value must be a valid uuid.',
        hint: { namespace: 'posts', attribute: 'author', value },
      })
    }
  })
})

describe('types and sizes (semantics.md 5.6)', () => {
  beforeEach(async () => {
    await app.push(
      define({
        users: {
          email: 'string unique optional',
          nick: 'string indexed optional',
          age: 'number optional',
          ok: 'boolean indexed optional',
          born: 'date indexed optional',
          tag: 'any indexed optional',
          j: 'json optional',
        },
      }),
    )
  })

  test.each<[label: string, type: string, value: Json, given: string]>([
    ['email', 'string', 1, 'number'],
    ['email', 'string', ['a'], 'array'],
    ['email', 'string', {}, 'object'],
    ['email', 'string', true, 'boolean'],
    ['age', 'number', '1', 'string'],
    ['ok', 'boolean', 'true', 'string'],
    ['ok', 'boolean', 0, 'number'],
    ['born', 'date', true, 'boolean'],
    ['born', 'date', {}, 'object'],
    ...[
      '',
      'foo',
      '2025',
      '2025-01-0',
      '2025-02-30T00:00:00.000Z',
      '"',
      '""',
      '0000-01-01T00:00:00.000Z',
    ].map((value): [string, string, Json, string] => ['born', 'date', value, 'string']),
  ])('%s: a %s is not %j', async (label, type, value, given) => {
    const error = await refusal(app.write(['update', 'users', a, { [label]: value }]))
    expect(error).toMatchObject({
      type: 'validation-failed',
      message: `Invalid value type for users.${label}. Value must be a ${type} but the provided value type is ${given}.`,
      hint: {
        namespace: 'users',
        attribute: label,
        value,
        'checked-data-type': type,
        'entity-id': a,
      },
    })
    expect(await app.read({ users: {} })).toEqual({ users: [] })
  })

  test.each<[label: string, value: Json]>([
    ['email', null],
    ['age', -1.5],
    ['ok', false],
    ['tag', { any: ['thing'] }],
    ['j', 'text'],
    ...[
      0,
      -62135596800000,
      '2025-01-02T00:00:00.000Z',
      '2025-01-02T00:00:00-08',
      '2025-01-02 03:04',
      'Wed Jul 09 2025',
      '8/4/2025, 11:02:31 PM',
      '04-17-2025',
      '2025-08-7T00:00:00.000Z',
      'Sat, 05 Apr 2025 18:00:31 GMT',
      '2025-01-02 00:00:00 EST',
      '2025-07-02 00:00:00 PDT',
      '2025-07-02 00:00:00 CETDST',
      'epoch',
      'infinity',
      'tomorrow',
      '"2025-01-02T00:00:00Z"',
      '72026-07-01',
    ].map((value): [string, Json] => ['born', value]),
  ])('%s: takes %j and gives it back as it is', async (label, value) => {
    await app.write(['update', 'users', a, { [label]: value }])
    expect((await app.read({ users: {} })).users).toMatchObject([{ id: a, [label]: value }])
  })

  test('a date that is relative to the clock is taken', async () => {
    await app.write(['update', 'users', a, { born: 'now' }])
    await app.write(['delete', 'users', a])
  })

  test('what a merge makes of a value is checked, not what it says', async () => {
    await app.write(['merge', 'users', a, { age: 1 }], ['merge', 'users', a, { age: 2 }])
    expect((await refusal(app.write(['merge', 'users', a, { age: { x: 1 } }]))).message).toContain(
      'Value must be a number but the provided value type is object',
    )
    await app.write(['merge', 'users', a, { age: { x: 1 } }], ['merge', 'users', a, { age: 3 }])
    expect((await app.read({ users: {} })).users).toMatchObject([{ age: 3 }])
  })

  test.each<[label: string, value: Json, message: string | null]>([
    ['nick', 'x'.repeat(1012), null],
    ['nick', 'x'.repeat(1013), 'Value is too large for an indexed attribute.'],
    ['nick', 'é'.repeat(507), 'Value is too large for an indexed attribute.'],
    ['email', 'x'.repeat(1100), 'Value is too large for a unique attribute.'],
    ['tag', { a: 'x'.repeat(900) }, null],
    ['tag', { a: 'x'.repeat(1100) }, 'Value is too large for an indexed attribute.'],
    ['tag', Array(80).fill(1), null],
    ['tag', Array(200).fill(1), 'Value is too large for an indexed attribute.'],
    ['j', 'x'.repeat(5000), null],
  ])('size of %s', async (label, value, message) => {
    const work = app.write(['update', 'users', a, { [label]: value }])
    if (message === null) await work
    else
      expect(await refusal(work)).toMatchObject({
        type: 'validation-failed',
        message,
        hint: { 'value-too-large?': true },
      })
  })
})

describe('unique (semantics.md 5.7)', () => {
  beforeEach(async () => {
    await app.push(
      define({
        users: {
          email: 'any unique indexed optional',
          nick: 'string unique optional',
          no: 'number unique optional',
        },
      }),
    )
    await app.write(['update', 'users', a, { email: 'x', nick: 'n', no: 1 }])
  })

  test('the error names attribute and value', async () => {
    expect(await refusal(app.write(['update', 'users', b, { email: 'x' }]))).toMatchObject({
      type: 'record-not-unique',
      message:
        '`email` is a unique attribute on `users` and an entity already exists with `users.email` = "x"',
      hint: { 'record-type': 'triple', etype: 'users', label: 'email', value: '"x"' },
    })
  })

  test.each<[rule: string, steps: Json[], isFine: boolean]>([
    [
      'types are distinct',
      [
        ['update', 'users', b, { email: 1 }],
        ['update', 'users', c, { email: '1' }],
      ],
      true,
    ],
    [
      'objects are compared',
      [
        ['update', 'users', b, { email: { k: 1, l: 2 } }],
        ['update', 'users', c, { email: { l: 2, k: 1 } }],
      ],
      false,
    ],
    [
      'nulls never collide',
      [
        ['update', 'users', b, { email: null, no: null }],
        ['update', 'users', c, { email: null, no: null }],
      ],
      true,
    ],
    ['the same value again', [['update', 'users', a, { email: 'x', no: 1 }]], true],
    [
      'within one transaction',
      [
        ['update', 'users', b, { nick: 'z' }],
        ['update', 'users', c, { nick: 'z' }],
      ],
      false,
    ],
    ['numbers', [['create', 'users', b, { no: 1 }]], false],
    [
      'freed in the same group',
      [
        ['update', 'users', b, { nick: 'n' }],
        ['update', 'users', a, { nick: 'm' }],
      ],
      true,
    ],
    [
      'freed by a later group',
      [
        ['update', 'users', b, { nick: 'n' }],
        ['delete', 'users', a],
      ],
      false,
    ],
    [
      'freed by an earlier group',
      [
        ['delete', 'users', a],
        ['update', 'users', b, { nick: 'n' }],
      ],
      true,
    ],
    ['a merge', [['merge', 'users', b, { nick: 'n' }]], false],
    [
      'only the last value counts',
      [
        ['update', 'users', b, { nick: 'n' }],
        ['update', 'users', b, { nick: 'o' }],
      ],
      true,
    ],
  ])('%s', async (_rule, steps, isFine) => {
    if (isFine) await app.write(...steps)
    else expect((await refusal(app.write(...steps))).type).toBe('record-not-unique')
  })
})

describe('required (semantics.md 5.8)', () => {
  const schema = define(
    {
      book: { title: 'any', slug: 'string', desc: 'any optional' },
      user: { name: 'any optional' },
      company: {},
    },
    {
      author: {
        forward: { on: 'book', label: 'author', has: 'one', required: true },
        reverse: { on: 'user', label: 'books', has: 'many' },
      },
      company: {
        forward: { on: 'user', label: 'company', has: 'one', onDelete: 'cascade' },
        reverse: { on: 'company', label: 'users', has: 'many' },
      },
      editor: {
        forward: { on: 'book', label: 'editor', has: 'one' },
        reverse: { on: 'user', label: 'edits', has: 'many' },
      },
    },
  )
  beforeEach(async () => {
    await app.push(schema)
    await app.write(
      ['update', 'company', c, {}],
      ['update', 'user', b, { company: c }],
      ['update', 'book', a, { title: 't', slug: 's', author: b }],
    )
  })

  test.each<[rule: string, steps: Json[], message: string]>([
    [
      'a value',
      [['create', 'book', d, { slug: 'x', author: b }]],
      `Missing required attribute \`book/title\`: ${d}`,
    ],
    [
      'null is missing',
      [['update', 'book', a, { title: null }]],
      `Missing required attribute \`book/title\`: ${a}`,
    ],
    [
      'a link',
      [['create', 'book', d, { title: 1, slug: 'x' }]],
      `Missing required attribute \`book/author\`: ${d}`,
    ],
    [
      'several attributes',
      [['create', 'book', d, {}]],
      `Missing required attribute \`book/title\`: ${d}. Missing required attribute \`book/slug\`: ${d}. Missing required attribute \`book/author\`: ${d}`,
    ],
    [
      'several entities',
      [
        ['create', 'book', d, { title: 1, author: b }],
        ['create', 'book', e, { title: 1, author: b }],
      ],
      `Missing required attributes \`book/slug\`: ${d}, ${e}`,
    ],
    [
      'unlinking',
      [['unlink', 'user', b, { books: a }]],
      `Missing required attribute \`book/author\`: ${a}`,
    ],
    [
      'deleting what a required link points at',
      [['delete', 'user', b]],
      `Missing required attribute \`book/author\`: ${a}`,
    ],
    [
      'also through a cascade',
      [['delete', 'company', c]],
      `Missing required attribute \`book/author\`: ${a}`,
    ],
    [
      'a bare link wants the id first',
      [['link', 'book', d, { editor: b }]],
      `Missing required attribute \`book/id\`: ${d}. Missing required attribute \`book/title\`: ${d}. Missing required attribute \`book/slug\`: ${d}. Missing required attribute \`book/author\`: ${d}`,
    ],
    [
      'deleted first, written again',
      [
        ['delete', 'book', a],
        ['update', 'book', a, { title: 1 }],
      ],
      `Missing required attribute \`book/slug\`: ${a}. Missing required attribute \`book/author\`: ${a}`,
    ],
  ])('%s', async (_rule, steps, message) => {
    const error = await refusal(app.write(...steps))
    expect(error).toMatchObject({ type: 'validation-failed', message })
    expect(error.hint).toMatchObject({
      records: expect.arrayContaining([
        expect.objectContaining({ etype: 'book', is_required: true }),
      ]),
    })
  })

  test.each<[rule: string, steps: Json[]]>([
    [
      'written by a later step',
      [
        ['create', 'book', d, {}],
        ['link', 'book', d, { author: b }],
        ['update', 'book', d, { title: 0, slug: '' }],
      ],
    ],
    ['deleting the entity itself', [['delete', 'book', a]]],
    [
      'deleting both',
      [
        ['delete', 'book', a],
        ['delete', 'user', b],
      ],
    ],
    ['updating something else', [['update', 'book', a, { desc: 1 }]]],
    ['replacing the link', [['link', 'book', a, { author: e }]]],
    ['a bare unlink', [['unlink', 'book', e, { editor: b }]]],
    ['deleting what is not there', [['delete', 'book', e]]],
  ])('fine: %s', async (_rule, steps) => {
    await app.write(...steps)
  })
})

describe('delete and cascade (semantics.md 5.9)', () => {
  test('only in its namespace, with the links of that namespace in both directions', async () => {
    await app.write(
      ['update', 'x', a, { n: 1 }],
      ['update', 'y', a, { n: 2 }],
      ['update', 'z', b, {}],
      ['link', 'x', a, { zs: b }],
      ['link', 'y', a, { zs: b }],
      ['link', 'z', b, { ys: a, xs: a }],
    )
    await app.write(['delete', 'x', a])
    expect(await app.read({ x: {}, y: {}, z: {} })).toMatchObject({
      x: [],
      y: [{ id: a, n: 2 }],
      z: [{ id: b }],
    })
    const rows = await engine.db.query({
      texts: ['select from links where app = ', ''],
      values: [app.app],
    })
    expect(rows).toHaveLength(3)
  })

  test('a later entity of the same id does not get the old links back', async () => {
    await app.write(['update', 'x', a, {}], ['update', 'ys', b, {}], ['link', 'x', a, { ys: b }])
    await app.write(['delete', 'ys', b])
    await app.write(['update', 'ys', b, {}])
    expect(await app.read({ x: { ys: {} } })).toEqual({ x: [{ id: a, ys: [] }] })
  })

  const mixed = define(
    { A: {}, B: {}, C: {}, D: {}, E: {} },
    {
      Ba: {
        forward: { on: 'B', label: 'a', has: 'one', onDelete: 'cascade' },
        reverse: { on: 'A', label: 'bs', has: 'many' },
      },
      Bc: {
        forward: { on: 'B', label: 'c', has: 'many' },
        reverse: { on: 'C', label: 'bs', has: 'one', onDelete: 'cascade' },
      },
      Dc: {
        forward: { on: 'D', label: 'c', has: 'one', onDelete: 'cascade' },
        reverse: { on: 'C', label: 'ds', has: 'many' },
      },
      De: {
        forward: { on: 'D', label: 'e', has: 'many' },
        reverse: { on: 'E', label: 'ds', has: 'one', onDelete: 'cascade' },
      },
    },
  )
  const chain = [
    ...['A', 'B', 'C', 'D', 'E'].map((ns, n): Json => ['update', ns, uuid(n + 1), {}]),
    ['link', 'B', b, { a, c }],
    ['link', 'D', d, { c, e }],
  ]

  test.each<[from: string, left: string]>([
    ['A', ''],
    ['B', 'A'],
    ['C', 'AB'],
    ['D', 'ABC'],
    ['E', 'ABCD'],
  ])('deleting %s leaves %j', async (from, left) => {
    await app.push(mixed)
    await app.write(...chain)
    await app.write(['delete', from, uuid('ABCDE'.indexOf(from) + 1)])
    const tree = await app.read({ A: {}, B: {}, C: {}, D: {}, E: {} })
    expect(
      Object.keys(tree)
        .filter((ns) => tree[ns]?.length)
        .join(''),
    ).toBe(left)
  })

  test('cycles come to an end, and ids shared across namespaces stay', async () => {
    await app.push(
      define(
        { users: { n: 'any optional' }, other: {} },
        {
          friend: {
            forward: { on: 'users', label: 'friend', has: 'one', onDelete: 'cascade' },
            reverse: { on: 'users', label: 'friendOf', has: 'one' },
          },
        },
      ),
    )
    await app.write(
      ['update', 'users', a, { friend: b }],
      ['update', 'users', b, { friend: a }],
      ['update', 'other', b, {}],
      ['update', 'users', c, {}],
    )
    await app.write(['delete', 'users', a])
    expect(await app.read({ users: {}, other: {} })).toEqual({
      users: [{ id: c }],
      other: [{ id: b }],
    })
  })

  test('what a deletion takes can be made again after it in the same transaction', async () => {
    await app.push(mixed)
    await app.write(...chain)
    await app.write(['delete', 'A', a], ['update', 'E', e, {}])
    expect(await app.read({ D: {}, E: { ds: {} } })).toEqual({ D: [], E: [{ id: e, ds: [] }] })
  })
})

describe('system namespaces (semantics.md 5.10)', () => {
  test.each<[rule: string, steps: Json[], message: string]>([
    [
      'a new namespace',
      [['update', '$moop', a, { x: 1 }]],
      "Validation failed for attributes: $ is reserved for system tables. You can't create $moop",
    ],
    [
      'a link to a new one',
      [['link', 'x', a, { $moop: b }]],
      "Validation failed for attributes: $ is reserved for system tables. You can't create $moop",
    ],
    [
      'a closed one',
      [['update', '$magicCodes', a, { mine: 1 }]],
      "Validation failed for attributes: $ is reserved for system tables. You can't create $magicCodes",
    ],
    [
      'columns of $files',
      [['update', '$files', a, { size: 1 }]],
      "Validation failed for tx-step: $files.size is a system column. You aren't allowed to change this directly.",
    ],
    [
      'url of $files',
      [['merge', '$files', a, { url: 'x' }]],
      "Validation failed for tx-step: $files.url is a system column. You aren't allowed to change this directly.",
    ],
    [
      'paths of streams',
      [['update', '$files', a, { path: '$stream/x' }]],
      "Validation failed for tx-step: The path for stream files can't be edited.",
    ],
    [
      'columns of $streams',
      [['update', '$streams', a, { done: true }]],
      "Validation failed for tx-step: $streams.done is a system column. You aren't allowed to change this directly.",
    ],
    [
      'links of $streams',
      [['link', '$files', a, { $stream: b }]],
      "Validation failed for tx-step: $streams.$files is a system column. You aren't allowed to change this directly.",
    ],
    [
      'a new file',
      [['create', '$files', a, { path: 'x' }]],
      `Missing required attribute \`$files/size\`: ${a}. Missing required attribute \`$files/location-id\`: ${a}`,
    ],
    [
      'a required attribute',
      [['add-attr', wire('$users', 'x', { 'required?': true })]],
      "You can't create a required system attribute. Make sure it's optional.",
    ],
    [
      'a system column again',
      [['add-attr', wire('$users', 'email')]],
      'Validation failed for attributes: $users.email is a system column and it already exists.',
    ],
    [
      'deleting a system column',
      [['delete-attr', '96653230-13ff-ffff-a4b4-46010bffffff']],
      'Validation failed for attributes: $users.email is a system column',
    ],
  ])('refused: %s', async (_rule, steps, message) => {
    const error = await refusal(app.write(...steps))
    expect(error.type).toBe('validation-failed')
    expect(error.message.startsWith(message)).toBe(true)
  })

  test('the admin writes users, with attributes and links of the app', async () => {
    await app.write(
      ['create', '$users', a, { email: 'a@b.co', nick: 'x' }],
      ['link', '$users', a, { todos: b }],
    )
    expect(await app.read({ $users: {} })).toMatchObject({
      $users: [{ id: a, email: 'a@b.co', nick: 'x' }],
    })
    const error = await refusal(app.write(['create', '$users', c, { email: 'a@b.co' }]))
    expect(error.message).toBe(
      '`email` is a unique attribute on `$users` and an entity already exists with `$users.email` = "a@b.co"',
    )
    await app.write(['update', '$users', ['email', 'a@b.co'], { type: 'user' }])
    await app.write(['create', '$users', c, { linkedPrimaryUser: a }])
    await app.write(['delete', '$users', a])
    expect(await app.read({ $users: {} })).toEqual({ $users: [] })
  })

  test('system attributes get no nulls', async () => {
    await app.write(['create', '$users', a, {}])
    expect(await app.read({ $users: {} })).toEqual({ $users: [{ id: a }] })
  })
})

test('writes of one app wait for each other', async () => {
  const names = Array.from({ length: 12 }, (_, n) => n)
  await Promise.all(
    names.map((n) => app.write(['update', 'users', ['handle', 'x'], { [`n${n}`]: n }])),
  )
  const { users } = await app.read({ users: {} })
  expect(users).toHaveLength(1)
  expect(Object.keys(users?.[0] as object)).toHaveLength(14)
})

describe('attributes by steps (http.md 5.9)', () => {
  const other = wire('goals', 'other')
  const title = wire('goals', 'title', {
    'unique?': true,
    'index?': true,
    'checked-data-type': 'string',
  })

  test('an added attribute is in force for the other steps', async () => {
    await app.writeStrictly(
      ['add-attr', wire('goals', 'id', { 'unique?': true })],
      ['add-attr', title],
      ['update', 'goals', a, { title: 'x' }],
    )
    expect((await refusal(app.write(['update', 'goals', b, { title: 'x' }]))).type).toBe(
      'record-not-unique',
    )
    await app.write(['add-attr', title])
    await app.write(['add-attr', other], ['add-attr', other])
  })

  test.each<[rule: string, attr: Json, expected: Json]>([
    [
      'a name that is taken',
      wire('goals', 'title'),
      { type: 'record-not-unique', message: '`title` already exists on `goals`' },
    ],
    [
      'an ident id that is taken',
      {
        ...wire('goals', 'other'),
        'forward-identity': [(title['forward-identity'] as string[])[0], 'goals', 'other'],
      } as Json,
      {
        type: 'sql-raise',
        message:
          'Raised Exception: Another attribute for goals.other exists with different properties.',
      },
    ],
    [
      'an id that is taken',
      { ...title, 'unique?': false },
      {
        type: 'sql-raise',
        message: `Raised Exception: The attribute with id ${title.id} conflicts with an existing attribute with id ${title.id}.`,
      },
    ],
    [
      'required where entities are',
      wire('goals', 'must', { 'required?': true }),
      {
        type: 'validation-failed',
        message:
          "Validation failed for attributes: Can't create attribute `must` as required because `goals` already have entities",
      },
    ],
  ])('refused: %s', async (_rule, attr, expected) => {
    await app.write(['add-attr', title], ['update', 'goals', a, { title: 'x' }])
    expect(await refusal(app.write(['add-attr', attr]))).toMatchObject(expected as object)
  })

  test('a deleted attribute is gone with its values, and its name is free', async () => {
    await app.write(['add-attr', title], ['update', 'goals', a, { title: 'x', n: 1 }])
    await app.write(['delete-attr', title.id])
    expect(await app.read({ goals: {} })).toEqual({ goals: [{ id: a, n: 1 }] })
    await app.write(['update', 'goals', b, { title: 5 }], ['delete-attr', uuid(77)])
    expect(await app.read({ goals: {} })).toEqual({
      goals: [
        { id: a, n: 1 },
        { id: b, title: 5 },
      ],
    })
  })

  test('an id that was deleted may come back, without the values', async () => {
    await app.write(['add-attr', title], ['update', 'goals', a, { title: 'x' }])
    await app.write(['delete-attr', title.id])
    await app.write(['add-attr', title])
    expect(await app.read({ goals: {} })).toEqual({ goals: [{ id: a, title: null }] })
  })

  test('a namespace whose `id` is deleted starts anew, empty', async () => {
    const id = wire('goals', 'id', { 'unique?': true })
    await app.write(
      ['add-attr', id],
      ['add-attr', title],
      ['update', 'goals', a, { title: 'x', n: 1 }],
      ['link', 'goals', a, { todos: b }],
    )
    await app.write(['delete-attr', id.id])
    await app.write(['update', 'todos', b, {}], ['link', 'todos', b, { goals: c }])
    await app.write(['update', 'goals', c, { title: 'x' }])
    expect(await app.read({ goals: {} })).toEqual({ goals: [{ id: c, title: 'x' }] })
  })
})

let ids = 1000
function wire(namespace: string, label: string, options: Record<string, Json> = {}) {
  ids += 2
  return {
    id: uuid(ids),
    'forward-identity': [uuid(ids + 1), namespace, label],
    'value-type': 'blob',
    cardinality: 'one',
    'unique?': false,
    'index?': false,
    ...options,
  }
}
