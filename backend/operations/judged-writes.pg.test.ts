import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '@/lib/base/json'
import type { Actor } from './actor'
import type { Engine } from './engine'
import { createTestApp, define, openTestEngine, refusal, type TestApp, uuid } from './testing'

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.db.close())

const guest: Actor = { kind: 'guest' }
const ann = uuid(901)
const asAnn: Actor = {
  kind: 'user',
  user: { id: ann, createdAtMs: 0, values: { email: 'a@x.co' } },
}
const [post, other, author, note] = [uuid(1), uuid(2), uuid(3), uuid(4)]

const schema = define(
  {
    posts: {
      title: 'string unique indexed optional',
      likes: 'any optional',
      owner: 'any optional',
    },
    people: { name: 'string unique optional' },
    notes: { text: 'any optional' },
    $users: { nickname: 'string optional' },
  },
  {
    author: link(['posts', 'one', 'author'], ['people', 'many', 'posts']),
    tags: link(['posts', 'many', 'tags'], ['people', 'many', 'tagged']),
    notes: link(['notes', 'one', 'post', 'cascade'], ['posts', 'many', 'notes']),
    boss: link(['people', 'one', 'boss', 'cascade'], ['people', 'many', 'reports']),
    user: link(['people', 'one', 'user'], ['$users', 'one', 'person']),
  },
)

/** An app with these rules; one post and its author are there. */
async function open(rules: JsonObject): Promise<TestApp> {
  const app = await createTestApp(engine)
  await app.push(schema)
  await app.write(
    ['update', '$users', ann, { email: 'a@x.co' }],
    ['update', 'people', author, { name: 'Ada' }],
    ['update', 'posts', post, { title: 'first', likes: 1, owner: ann }],
    ['link', 'posts', post, { author }],
  )
  await app.rule(rules)
  return app
}

interface Case {
  readonly as?: Actor
  readonly rules: JsonObject
  readonly steps: readonly Json[]
}

const allow = (namespace: string, actions: JsonObject): JsonObject => ({
  [namespace]: { allow: actions },
})
const p = (params: JsonObject, namespace = 'posts', id: Json = post): Json => [
  'ruleParams',
  namespace,
  id,
  params,
]

describe('a rule decides, and what it refuses leaves nothing behind', () => {
  test.each<[rule: string, verdict: 'passes' | 'is denied', case_: Case]>([
    [
      'without rules a guest may write',
      'passes',
      { rules: {}, steps: [['update', 'posts', other, {}]] },
    ],
    [
      'create sees the new row',
      'passes',
      {
        rules: allow('posts', { create: "data.title == 'new' && newData.title == 'new'" }),
        steps: [['update', 'posts', other, { title: 'new' }]],
      },
    ],
    [
      'create is asked of a row that is not there, update of one that is',
      'is denied',
      {
        rules: allow('posts', { create: 'true', update: 'false' }),
        steps: [['update', 'posts', post, { likes: 2 }]],
      },
    ],
    [
      'create of a row that is there is judged by update first',
      'is denied',
      {
        rules: allow('posts', { create: 'true', update: 'false' }),
        steps: [['create', 'posts', post, { likes: 2 }]],
      },
    ],
    [
      'update sees the row before and after all steps',
      'passes',
      {
        rules: allow('posts', {
          update: 'data.likes == 1 && newData.likes == 3 && newData.title == data.title',
        }),
        steps: [
          ['update', 'posts', post, { likes: 2 }],
          ['merge', 'posts', post, { likes: 3 }],
        ],
      },
    ],
    [
      'an update with nothing to set is judged all the same',
      'is denied',
      { rules: allow('posts', { update: 'false' }), steps: [['update', 'posts', post, {}]] },
    ],
    [
      'a future that never comes does not open the way to another',
      'is denied',
      {
        rules: allow('posts', { update: 'newData.owner == data.owner' }),
        steps: [
          ['merge', 'posts', post, { owner: 'thief' }],
          ['update', 'posts', post, { owner: ann }],
        ],
      },
    ],
    [
      'has-one links are part of the rows',
      'passes',
      {
        rules: allow('posts', {
          update: `data.author == '${author}' && newData.author == '${other}'`,
        }),
        steps: [['link', 'posts', post, { author: other }]],
      },
    ],
    [
      'refs are followed before the write for rows that are there',
      'passes',
      {
        rules: allow('posts', { update: "data.ref('author.name') == ['Ada']" }),
        steps: [
          ['update', 'posts', post, { likes: 9 }],
          ['update', 'people', author, { name: 'Other' }],
        ],
      },
    ],
    [
      'refs of a new row see the links that are made with it',
      'passes',
      {
        rules: allow('posts', { create: "'Ada' in data.ref('author.name')" }),
        steps: [
          ['update', 'posts', other, { title: 'x' }],
          ['link', 'posts', other, { author }],
        ],
      },
    ],
    [
      'a row made through a look-up shows the value it was looked up by',
      'passes',
      {
        rules: allow('posts', { create: "data.title == 'fresh' && data.id != null" }),
        steps: [['update', 'posts', ['title', 'fresh'], { likes: 1 }]],
      },
    ],
    [
      'a look-up that finds a row is judged as that row',
      'is denied',
      {
        rules: allow('posts', { update: 'false' }),
        steps: [['update', 'posts', ['title', 'first'], { likes: 1 }]],
      },
    ],
    [
      'delete is judged even if there is no row, with nothing in it',
      'is denied',
      { rules: allow('posts', { delete: 'data.id != null' }), steps: [['delete', 'posts', other]] },
    ],
    [
      'the caller is auth',
      'passes',
      {
        as: asAnn,
        rules: allow('posts', { update: "auth.id == data.owner && auth.email == 'a@x.co'" }),
        steps: [['update', 'posts', post, { likes: 5 }]],
      },
    ],
    [
      'modifiedFields are the labels that are set, links among them and id not',
      'passes',
      {
        rules: allow('posts', { update: "request.modifiedFields == ['likes', 'author', 'tags']" }),
        steps: [
          ['update', 'posts', post, { id: post, likes: 5 }],
          ['merge', 'posts', post, { likes: 6 }],
          ['link', 'posts', post, { author: other }],
          ['unlink', 'posts', post, { tags: author }],
        ],
      },
    ],
    [
      'a link through its reverse label modifies the forward side',
      'passes',
      {
        rules: allow('posts', { update: "request.modifiedFields == ['author']" }),
        steps: [['link', 'people', author, { posts: post }]],
      },
    ],
    [
      'rule parameters merge, before and after the step they serve',
      'passes',
      {
        rules: allow('posts', {
          update: 'ruleParams.a == 1 && ruleParams.b == 2 && ruleParams.c == null',
        }),
        steps: [p({ a: 0, b: 2 }), ['update', 'posts', post, { likes: 2 }], p({ a: 1 })],
      },
    ],
    [
      'rule parameters find their entity by a look-up too',
      'passes',
      {
        rules: allow('posts', { update: 'ruleParams.a == 1' }),
        steps: [['update', 'posts', post, { likes: 2 }], p({ a: 1 }, 'posts', ['title', 'first'])],
      },
    ],
    [
      'parameters of one entity are not those of another',
      'is denied',
      {
        rules: allow('posts', { update: 'ruleParams.a == 1' }),
        steps: [['update', 'posts', post, { likes: 2 }], p({ a: 1 }, 'posts', other)],
      },
    ],
    [
      'attrs.create sees the attribute',
      'passes',
      {
        rules: allow('attrs', { create: "data['forward-identity'][2] == 'colour'" }),
        steps: [['update', 'posts', post, { colour: 'red' }]],
      },
    ],
    [
      '$default of a namespace and of all stand in',
      'is denied',
      {
        rules: {
          $default: { allow: { $default: 'false' } },
          ...allow('notes', { $default: 'true' }),
        },
        steps: [
          ['update', 'notes', note, {}],
          ['update', 'posts', post, { likes: 1 }],
        ],
      },
    ],
  ])('%s: %s', async (_rule, verdict, { as = guest, rules, steps }) => {
    const app = await open(rules)
    const all = { posts: {}, people: {}, notes: {}, $users: {} }
    const before = await app.read(all)
    if (verdict === 'passes') {
      await app.writeAs(as, ...steps)
      return
    }
    expect(await refusal(app.writeAs(as, ...steps))).toMatchObject({
      type: 'permission-denied',
      message: 'Permission denied: not perms-pass?',
      hint: { expected: 'perms-pass?' },
    })
    expect(await app.read(all)).toEqual(before)
  })

  test('the hint names the namespace, and attributes are called so', async () => {
    const app = await open({
      attrs: { allow: { create: 'false' } },
      ...allow('notes', { create: 'false' }),
    })
    const inputs = [
      await refusal(app.writeAs(guest, ['update', 'notes', note, {}])),
      await refusal(app.writeAs(guest, ['update', 'posts', post, { colour: 'red' }])),
      await refusal(app.writeAs(guest, ['delete-attr', uuid(77)])),
    ].map(({ hint }) => (hint as JsonObject).input)

    expect(inputs).toEqual([
      ['notes', 'object'],
      ['attrs', 'attr'],
      ['attrs', 'attr'],
    ])
    expect(await app.read({ posts: { $: { where: { colour: 'red' } } } })).toEqual({ posts: [] })
  })
})

describe('links', () => {
  const steps = {
    link: ['link', 'posts', post, { author }],
    unlink: ['unlink', 'posts', post, { author }],
    linkNew: ['link', 'posts', other, { author }],
  } as const

  test.each<
    [rule: string, verdict: 'passes' | 'is denied', rules: JsonObject, steps: readonly Json[]]
  >([
    ['update of the forward row', 'is denied', allow('posts', { update: 'false' }), [steps.link]],
    ['view of the other row', 'is denied', allow('people', { view: 'false' }), [steps.link]],
    ['and not its update', 'passes', allow('people', { update: 'false' }), [steps.link]],
    [
      'create of a forward row that is not there',
      'is denied',
      allow('posts', { create: 'false' }),
      [steps.linkNew],
    ],
    [
      'view of a row that is new is asked once it is there',
      'is denied',
      allow('people', { view: "data.name != 'Bo'" }),
      [
        ['update', 'people', other, { name: 'Bo' }],
        ['link', 'posts', post, { author: other }],
      ],
    ],
    [
      'nothing of an id without a row',
      'passes',
      allow('people', { view: 'false' }),
      [['link', 'posts', post, { author: other }]],
    ],
    [
      'a link rule on the forward side stands in for all',
      'passes',
      {
        ...allow('posts', { update: 'false', link: { author: 'true' } }),
        ...allow('people', { view: 'false' }),
      },
      [steps.link],
    ],
    ['and decides', 'is denied', allow('posts', { link: { author: 'false' } }), [steps.link]],
    [
      'a link rule on the reverse side alone decides',
      'is denied',
      allow('people', { link: { posts: 'false' } }),
      [steps.link],
    ],
    [
      'and stands in for update',
      'passes',
      { ...allow('posts', { update: 'false' }), ...allow('people', { link: { posts: 'true' } }) },
      [steps.link],
    ],
    [
      'both rules are asked',
      'is denied',
      {
        ...allow('posts', { link: { author: 'true' } }),
        ...allow('people', { link: { posts: 'false' } }),
      },
      [steps.link],
    ],
    [
      'link.$default serves other labels',
      'is denied',
      allow('posts', { link: { $default: 'false', tags: 'true' } }),
      [steps.link],
    ],
    [
      'the $default of all actions does not',
      'passes',
      allow('posts', { $default: 'false', update: 'true' }),
      [steps.link],
    ],
    [
      'a link rule sees both rows and what happens to them',
      'passes',
      allow('posts', {
        link: {
          author:
            "data.title == 'first' && linkedData.name == 'Ada' && newData.author == linkedData.id && actions.data == 'update' && actions.linkedData == 'update'",
        },
      }),
      [steps.link],
    ],
    [
      'a new row on the other side is shown as it will be',
      'passes',
      allow('posts', {
        link: { author: "linkedData.name == 'Bo' && actions.linkedData == 'create'" },
      }),
      [
        ['update', 'people', ['name', 'Bo'], {}],
        ['link', 'posts', post, { author: { name: 'Bo' } }],
      ],
    ],
    [
      'a new row on this side is judged when it is there',
      'passes',
      allow('posts', {
        link: {
          author:
            "data.title == 'x' && newData.title == 'x' && actions.data == 'create' && 'Ada' in data.ref('author.name')",
        },
      }),
      [
        ['update', 'posts', other, { title: 'x' }],
        ['link', 'posts', other, { author }],
      ],
    ],
    [
      'refs start at the other row too',
      'passes',
      allow('posts', { link: { author: "linkedData.ref('posts.title') == ['first']" } }),
      [steps.link],
    ],
    [
      'unlinking falls back on update',
      'is denied',
      allow('posts', { update: 'false' }),
      [steps.unlink],
    ],
    ['and view', 'is denied', allow('people', { view: 'false' }), [steps.unlink]],
    [
      'an unlink rule decides',
      'is denied',
      allow('people', { unlink: { posts: "linkedData.title != 'first'" } }),
      [steps.unlink],
    ],
    [
      'a link rule says nothing of unlinking',
      'passes',
      allow('posts', { link: { author: 'false' } }),
      [steps.unlink],
    ],
    [
      'nothing is asked of what is unlinked by deleting',
      'passes',
      {
        ...allow('posts', { unlink: { $default: 'false' }, update: 'false' }),
        ...allow('people', { unlink: { $default: 'false' } }),
      },
      [['delete', 'posts', post]],
    ],
    [
      'a link given as a value is a link',
      'is denied',
      allow('posts', { link: { author: 'false' } }),
      [['update', 'posts', post, { author }]],
    ],
    [
      'parameters of the other side are seen',
      'passes',
      allow('posts', { update: 'ruleParams.a == 1' }),
      [steps.link, p({ a: 1 }, 'people', author)],
    ],
    [
      'but the own ones win',
      'is denied',
      allow('posts', { update: 'ruleParams.a == 1' }),
      [steps.link, p({ a: 1 }, 'people', author), p({ a: 2 })],
    ],
    [
      'a look-up before an unlink changes nothing of its row',
      'passes',
      { ...allow('posts', { update: 'false' }), ...allow('people', { unlink: { posts: 'true' } }) },
      [['unlink', 'posts', { title: 'first' }, { author }]],
    ],
    [
      'but makes one that is not there',
      'is denied',
      { ...allow('posts', { create: 'false' }), ...allow('people', { unlink: { posts: 'true' } }) },
      [['unlink', 'posts', { title: 'nope' }, { author }]],
    ],
  ])('%s: %s', async (_rule, verdict, rules, written) => {
    const app = await open(rules)
    if (verdict === 'passes') await app.writeAs(guest, ...written)
    else expect((await refusal(app.writeAs(guest, ...written))).type).toBe('permission-denied')
  })
})

describe('cascades', () => {
  const notes: readonly Json[] = [
    ['update', 'notes', note, { text: 'n' }],
    ['link', 'notes', note, { post }],
  ]

  test('what goes along is judged by its own rule, with the parameters of its cause', async () => {
    const app = await open(allow('notes', { delete: "ruleParams.key == 'open'" }))
    await app.write(...notes)

    expect((await refusal(app.writeAs(guest, ['delete', 'posts', post]))).hint).toMatchObject({
      input: ['notes', 'object'],
    })
    await app.writeAs(guest, ['delete', 'posts', post], p({ key: 'open' }))
    expect(await app.read({ notes: {}, posts: {} })).toEqual({ notes: [], posts: [] })
  })

  test('its own parameters win, and are handed on', async () => {
    const app = await open(
      allow('people', { delete: 'data.name == ruleParams.name || ruleParams.all' }),
    )
    await app.write(
      ['update', 'people', uuid(11), { name: 'B' }],
      ['update', 'people', uuid(12), { name: 'C' }],
      ['link', 'people', uuid(11), { boss: author }],
      ['link', 'people', uuid(12), { boss: uuid(11) }],
    )
    const deletion: Json = ['delete', 'people', author]
    const params = (id: string, object: JsonObject) => p(object, 'people', id)

    expect(
      (await refusal(app.writeAs(guest, deletion, params(author, { name: 'Ada', all: false }))))
        .type,
    ).toBe('permission-denied')
    await app.writeAs(
      guest,
      deletion,
      params(author, { name: 'Ada', all: false }),
      params(uuid(11), { all: true }),
    )
    expect(await app.read({ people: {} })).toEqual({ people: [] })
  })

  test('what is linked by the same transaction is judged before it goes along', async () => {
    const app = await open(allow('notes', { delete: "data.text == 'mine'", update: 'true' }))
    await app.write(['update', 'notes', note, { text: 'n' }])
    const refused = app.writeAs(
      guest,
      ['update', 'notes', note, { text: 'mine' }],
      ['link', 'notes', note, { post }],
      ['delete', 'posts', post],
    )

    expect((await refusal(refused)).hint).toMatchObject({ input: ['notes', 'object'] })
    expect(await app.read({ notes: {} })).toEqual({ notes: [{ id: note, text: 'n' }] })
  })

  test('what is unlinked first is not judged, since it stays', async () => {
    const app = await open(allow('notes', { delete: 'false' }))
    await app.write(...notes)
    await app.writeAs(guest, ['unlink', 'notes', note, { post }], ['delete', 'posts', post])

    expect(await app.read({ notes: {}, posts: {} })).toEqual({
      notes: [{ id: note, text: 'n' }],
      posts: [],
    })
  })

  test('a user never goes along', async () => {
    const app = await open({ $default: { allow: { $default: 'true' } } })
    await app.write([
      'add-attr',
      {
        id: uuid(50),
        'forward-identity': [uuid(51), '$users', 'home'],
        'reverse-identity': [uuid(52), 'posts', 'residents'],
        'value-type': 'ref',
        cardinality: 'one',
        'on-delete': 'cascade',
      },
    ])
    await app.write(['link', '$users', ann, { home: post }])

    expect((await refusal(app.writeAs(asAnn, ['delete', 'posts', post]))).message).toContain(
      '$users is a system entity',
    )
  })
})

describe('order against other errors', () => {
  const bad = { title: 5 }

  test.each<[rule: string, type: string, rules: JsonObject, steps: readonly Json[]]>([
    [
      'a denied update beats a type error',
      'permission-denied',
      allow('posts', { update: 'false' }),
      [['update', 'posts', post, bad]],
    ],
    [
      'a type error beats a denied create',
      'validation-failed',
      allow('posts', { create: 'false' }),
      [['update', 'posts', other, bad]],
    ],
    [
      'a taken value beats a denied create',
      'record-not-unique',
      allow('posts', { create: 'false' }),
      [['update', 'posts', other, { title: 'first' }]],
    ],
    [
      'a denied delete beats a taken value',
      'permission-denied',
      allow('posts', { delete: 'false' }),
      [
        ['update', 'posts', other, { title: 'first' }],
        ['delete', 'posts', post],
      ],
    ],
    [
      'update without upsert beats a denied create',
      'validation-failed',
      allow('posts', { create: 'false' }),
      [['update', 'posts', other, {}, { upsert: false }]],
    ],
    [
      'a permitted update lets create complain',
      'validation-failed',
      allow('posts', { update: 'true' }),
      [['create', 'posts', post, {}]],
    ],
    [
      'a failing rule is no denial',
      'permission-evaluation-failed',
      allow('posts', { update: 'data.nope > 1' }),
      [['update', 'posts', post, {}]],
    ],
    [
      'a rule that does not compile says where it is',
      'validation-failed',
      allow('posts', { link: { author: 'nope' } }),
      [['link', 'posts', post, { author }]],
    ],
  ])('%s', async (_rule, type, rules, steps) => {
    const app = await open(rules)
    expect((await refusal(app.writeAs(guest, ...steps))).type).toBe(type)
  })

  test('a token is taken once for each distinct question', async () => {
    const app = await open({
      ...allow('posts', { update: 'rateLimit.few.limit(data.id)' }),
      $rateLimits: { few: { limits: [{ capacity: 2 }] } },
    })
    const touch = () =>
      app.writeAs(
        guest,
        ['update', 'posts', post, { likes: 1 }],
        ['merge', 'posts', post, { likes: 1 }],
      )
    await touch()
    await touch()

    expect((await refusal(touch())).type).toBe('rate-limited')
  })
})

describe('system namespaces (semantics.md 5.10)', () => {
  const all = { $default: { allow: { $default: 'true' } }, $users: { allow: { update: 'true' } } }
  const denied = (column: string) =>
    `Validation failed for tx-step: ${column} is a system column. You aren't allowed to change this directly.`
  const closed = (namespace: string, what: string) =>
    `Validation failed for tx-step: ${namespace} is a system entity. You aren't allowed to ${what} this directly.`

  test.each<[rule: string, message: string, steps: readonly Json[]]>([
    ['columns of users', denied('$users.email'), [['update', '$users', ann, { email: 'b@x.co' }]]],
    [
      'links of users',
      denied('$users.linkedPrimaryUser'),
      [['link', '$users', ann, { linkedGuestUsers: other }]],
    ],
    [
      'tokens of users',
      denied('$userRefreshTokens.$user'),
      [['link', '$users', ann, { $userRefreshTokens: other }]],
    ],
    ['deleting users', closed('$users', 'delete'), [['delete', '$users', ann]]],
    ['making users', closed('$users', 'create'), [['update', '$users', other, { nickname: 'x' }]]],
    [
      'making users by a look-up',
      closed('$users', 'create'),
      [['update', '$users', ['email', 'c@x.co'], {}]],
    ],
    [
      'columns of other namespaces',
      denied('$magicCodes.email'),
      [['update', '$magicCodes', other, { email: 'x' }]],
    ],
    [
      'rows of other namespaces',
      closed('$magicCodes', 'create'),
      [['update', '$magicCodes', other, {}]],
    ],
    [
      'deleting rows of other namespaces',
      closed('$streams', 'delete'),
      [['delete', '$streams', other]],
    ],
    ['columns of files', denied('$files.size'), [['update', '$files', other, { size: 1 }]]],
    [
      'new system namespaces',
      "Validation failed for attributes: $ is reserved for system tables. You can't create $moop",
      [['update', '$moop', other, { a: 1 }]],
    ],
    [
      'links that are no ids',
      'Validation failed for eid: Expected link value to be a uuid.',
      [['update', 'posts', post, { author: 'x' }]],
    ],
  ])('%s are off limits', async (_rule, message, steps) => {
    const app = await open(all)
    expect(await refusal(app.writeAs(asAnn, ...steps))).toMatchObject({
      type: 'validation-failed',
      message,
    })
  })

  test('own columns of users follow the rules: by default everybody has their own row', async () => {
    const app = await open({})
    await app.writeAs(asAnn, ['update', '$users', ann, { nickname: 'An' }])
    await app.writeAs(asAnn, ['link', 'people', author, { user: ann }])

    expect(
      (await refusal(app.writeAs(guest, ['update', '$users', ann, { nickname: 'X' }]))).hint,
    ).toMatchObject({ input: ['$users', 'object'] })
    expect(await app.read({ $users: {} })).toMatchObject({ $users: [{ nickname: 'An' }] })
  })

  test('what is off limits is said before any rule is asked, and new users after creating', async () => {
    const app = await open({ ...allow('posts', { update: 'false', create: 'false' }) })
    const email: Json = ['update', '$users', ann, { email: 'b@x.co' }]
    const user: Json = ['update', '$users', other, { nickname: 'x' }]

    expect((await refusal(app.writeAs(asAnn, ['update', 'posts', post, {}], email))).message).toBe(
      denied('$users.email'),
    )
    expect((await refusal(app.writeAs(asAnn, user, ['update', 'posts', post, {}]))).type).toBe(
      'permission-denied',
    )
  })
})

function link(
  [on, has, label, onDelete]: readonly [string, string, string, string?],
  [target, targetHas, reverse]: readonly [string, string, string],
): JsonObject {
  return {
    forward: { on, has, label, ...(onDelete && { onDelete }) },
    reverse: { on: target, has: targetHas, label: reverse },
  }
}
