import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type ContractApp, makeContractApp, write } from '@/e2e/support/contract-app'
import { setRules } from '@/e2e/support/make-app'
import { type RunningBackend, startBackend } from '@/e2e/support/start-backend'

/** Rules, sentence by sentence (contract semantics.md 6). */
let backend: RunningBackend
let app: ContractApp
let ann: string

const [a, b, c, d, e, f] = ['a', 'b', 'c', 'd', 'e', 'f'].map(
  (letter) => `${letter.repeat(8)}-0000-4000-8000-000000000000`,
)
const guest = { 'as-guest': 'true', authorization: null }
const asAnn = { 'as-email': 'ann@x.co' }

beforeAll(async () => {
  backend = await startBackend()
  app = await makeContractApp(backend.apiURI, {
    namespaces: {
      posts: {
        title: 'string',
        n: 'number',
        ok: 'boolean',
        at: 'date',
        tags: 'json',
        secret: 'string indexed',
        gone: 'any',
        slug: 'string unique indexed',
      },
      users: { name: 'string' },
      notes: { text: 'string' },
      $users: { role: 'string' },
    },
    links: [
      'posts.owner one <-> $users.posts many',
      'posts.writers many <-> users.posts many',
      'notes.post one cascade <-> posts.notes many',
    ],
  })
  ann = (
    await app.call('/admin/refresh_tokens', {
      body: { email: 'ann@x.co', 'extra-fields': { role: 'editor' } },
    })
  ).body.user.id
  await write(app, [
    [
      'create',
      'posts',
      a,
      {
        title: 'Hello',
        n: 3,
        ok: true,
        at: '2025-01-02T03:04:05Z',
        tags: ['x', 'y', null],
        secret: 's',
        gone: null,
      },
    ],
    ['create', 'users', c, { name: 'Cy' }],
    ['create', 'users', d, {}],
    ['link', 'posts', a, { owner: ann, writers: [c, d] }],
    ['create', 'notes', f, { post: a }],
  ])
})

afterAll(() => backend.stop())

describe('what a rule evaluates to', () => {
  const seen = async (
    view: unknown,
    headers: Record<string, string | null>,
    more: object = {},
  ): Promise<Answer> => {
    await setRules(app, { posts: { allow: { view }, ...more } })
    return app.query(
      { $$ruleParams: { key: 'k', list: [1] }, posts: { $: { where: { id: a } } } },
      { headers },
    )
  }

  test.each<[rule: string, view: unknown, isSeen: boolean]>([
    ['a boolean is a rule', true, true],
    ['false is a rule', false, false],
    ['a text is an expression', 'true', true],
    ['a comment is nothing', '// no\ntrue', true],
    ['data is the stored row', "data.title == 'Hello' && data.n == 3 && data.ok", true],
    ['numbers compare as numbers', 'data.n > 2 && data.n < 3.5', true],
    ['data has links too', `data.owner == auth.id`, true],
    ['a missing key is null', 'data.nope == null', true],
    ['a stored null is null', 'data.gone == null', true],
    ['has is always true', 'has(data.nope)', true],
    ['a key is always in data', "'nope' in data", true],
    ['null is no pass', 'data.nope', false],
    ['a list passes', 'data.tags', true],
    ['a string passes', 'data.title', true],
    ['an empty string passes', "''", true],
    ['0 passes', '0', true],
    ['null is in no list', 'null in [1, null]', false],
    ['a value in a list', "'x' in data.tags", true],
    ['a true side saves an error', 'true || !null', true],
    ['on the other side too', '!null || true', true],
    ['a false side saves an error', 'false && !null', false],
    ['on the other side of and', '!null && false', false],
    ['a conditional', 'data.ok ? true : !null', true],
    ['the caller', "auth.email == 'ann@x.co' && auth.role == 'editor'", true],
    ['the caller has no such key', 'auth.nope == null', true],
    ['parameters', "ruleParams.key == 'k' && ruleParams.list[0] == 1", true],
    ['parameters that are missing', 'ruleParams.nope == null', true],
    ['a ref is a list', "data.ref('owner.email') == ['ann@x.co']", true],
    ['a ref over has-many', "'Cy' in data.ref('writers.name')", true],
    ['a ref ends in id', `'${d}' in data.ref('writers.id')`, true],
    ['a ref of nothing is empty', "data.ref('notes.text') == []", true],
    ['a ref of the caller', `'${a}' in auth.ref('$user.posts.id')`, true],
    ['a ref goes on', "auth.ref('$user.posts.writers.name').exists(n, n == 'Cy')", true],
    ['size', 'size(data.title) == 5 && data.tags.size() == 3', true],
    [
      'startsWith, endsWith, contains, matches',
      "data.title.startsWith('He') && data.title.endsWith('lo') && data.title.contains('ell') && data.title.matches('^H.*o$')",
      true,
    ],
    ['all', '[1, 2].all(x, x > 0)', true],
    ['exists_one', '[1, 2].exists_one(x, x == 1)', true],
    ['map and filter', '[1, 2, 3].filter(x, x > 1).map(x, x * 2) == [4, 6]', true],
    ['type', 'type(data.title) == string', true],
    ['duration', "duration('60s') == duration('1m')", true],
    ['timestamp of a number', 'timestamp(0) < request.time', true],
    ['timestamp of a date', "timestamp(data.at) == timestamp('2025-01-02T03:04:05Z')", true],
    ['timestamp of any date', "timestamp('Wed Jul 09 2025') > timestamp(data.at)", true],
    [
      'accessors of a timestamp',
      'timestamp(data.at).getMinutes() == 4 && timestamp(data.at).getFullYear() == 2025',
      true,
    ],
    ['getTime is ms', 'timestamp(1000).getTime() == 1000', true],
    [
      'accessors of a timestamp in UTC',
      "cel.bind(at, timestamp('2024-01-01T00:30:15.25Z'), at.getFullYear() == 2024 && at.getMonth() == 0 && at.getDate() == 1 && at.getDayOfMonth() == 0 && at.getDayOfWeek() == 1 && at.getDayOfYear() == 0 && at.getHours() == 0 && at.getMinutes() == 30 && at.getSeconds() == 15 && at.getMilliseconds() == 250)",
      true,
    ],
    [
      'accessors in a zone of a name',
      "cel.bind(at, timestamp('2024-01-01T00:30:00Z'), at.getHours('America/New_York') == 19 && at.getDate('America/New_York') == 31 && at.getMonth('America/New_York') == 11 && at.getFullYear('America/New_York') == 2023 && at.getDayOfWeek('America/New_York') == 0 && at.getDayOfYear('America/New_York') == 364)",
      true,
    ],
    [
      'a zone with summer time',
      "timestamp('2024-07-01T00:00:00Z').getHours('Europe/Berlin') == 2",
      true,
    ],
    [
      'a zone by its offset',
      "cel.bind(at, timestamp(0), at.getHours('-08:00') == 16 && at.getMinutes('+05:30') == 30)",
      true,
    ],
    [
      'parts of a duration',
      "duration('90m').getHours() == 1 && duration('90m').getMinutes() == 90",
      true,
    ],
    ['arithmetic of timestamps', "timestamp(0) + duration('1s') == timestamp(1000)", true],
    ['cel.bind', 'cel.bind(x, data.n, x == 3)', true],
    [
      'strings',
      "'a-b'.split('-') == ['a', 'b'] && 'Ab'.lowerAscii() == 'ab' && 'ab'.upperAscii() == 'AB' && ' x '.trim() == 'x' && 'abc'.substring(1) == 'bc' && 'abc'.charAt(0) == 'a' && 'abc'.indexOf('c') == 2 && 'aba'.lastIndexOf('a') == 2 && ['a', 'b'].join('-') == 'a-b' && 'aa'.replace('a', 'b') == 'bb'",
      true,
    ],
    ['the rest beyond the limit of split', "'a-b-c'.split('-', 2) == ['a', 'b-c']", true],
    ['matches is a function too', "matches(data.title, '^H.*o$')", true],
    ['math', 'math.abs(-1) == 1 && math.greatest(1, 2) == 2', true],
    ['request has an address', 'request.ip != null', true],
    ['nothing is modified in a view', 'request.modifiedFields == []', true],
  ])('%s', async (_rule, view, isSeen) => {
    const { status, body } = await seen(view, asAnn)

    expect({ status, rows: body.posts?.length ?? body }).toEqual({
      status: 200,
      rows: isSeen ? 1 : 0,
    })
  })

  test.each<[rule: string, view: string, isSeen: boolean]>([
    ['a guest has null keys', 'auth.id == null && auth.email == null', true],
    ['a guest has no refs', "auth.ref('$user.posts.id') == []", true],
    ['a guest is nobody', 'auth.id == data.owner', false],
  ])('%s', async (_rule, view, isSeen) => {
    const { body } = await seen(view, guest)
    expect(body.posts?.length ?? body).toBe(isSeen ? 1 : 0)
  })

  test.each<[rule: string, view: string]>([
    ['the negation of null', '!data.nope'],
    ['comparing null', 'null > 1'],
    ['null as a side of and', 'data.nope && true'],
    ['a value in null', '1 in data.nope'],
    ['a member of what has none', 'data.nope.size() > 0'],
  ])('%s fails the request', async (_rule, view) => {
    const { status, body } = await seen(view, guest)

    expect({ status, ...body }).toMatchObject({
      status: 400,
      type: 'permission-evaluation-failed',
      message:
        'Could not evaluate permission rule for `posts.view`. You may have a typo. Debug this in the sandbox and then update your permission rules.',
      hint: {
        rule: ['posts', 'view'],
        error: { type: expect.any(String), message: expect.any(String), hint: expect.any(String) },
      },
    })
  })

  test('an unknown label of a ref is a record that is not there', async () => {
    const { status, body } = await seen("data.ref('nope.id') == []", guest)
    expect({ status, ...body }).toMatchObject({
      status: 400,
      type: 'record-not-found',
      message: 'Record not found: attr',
    })
  })

  test.each<[rule: string, bind: object]>([
    ['an object', { isOwner: 'mine && data.ok', mine: 'auth.id == data.owner', unused: '!null' }],
    ['a list', ['isOwner', 'mine && data.ok', 'mine', 'auth.id == data.owner']],
  ])('names may be bound by %s, in any order', async (_rule, bind) => {
    expect((await seen('isOwner', asAnn, { bind })).body.posts).toHaveLength(1)
    expect((await seen('isOwner', guest, { bind })).body.posts).toHaveLength(0)
  })

  test('names of $default are known everywhere, and the own ones win', async () => {
    await setRules(app, {
      $default: { bind: { yes: 'true', both: 'false' } },
      posts: { allow: { view: 'yes && both' }, bind: { both: 'true' } },
    })
    expect((await app.query({ posts: {} }, { headers: guest })).body.posts).toHaveLength(1)
  })
})

describe('where a rule is found', () => {
  test.each<[rule: string, rules: object, isSeen: boolean]>([
    ['nowhere: allowed', {}, true],
    [
      'at the action',
      {
        posts: { allow: { view: 'true', $default: 'false' } },
        $default: { allow: { view: 'false' } },
      },
      true,
    ],
    [
      'at the default of the namespace',
      {
        posts: { allow: { $default: 'true' } },
        $default: { allow: { view: 'false', $default: 'false' } },
      },
      true,
    ],
    [
      'at the action of $default',
      { $default: { allow: { view: 'false', $default: 'true' } } },
      false,
    ],
    ['at the default of $default', { $default: { allow: { $default: 'false' } } }, false],
    ['a rule of another action is none', { posts: { allow: { create: 'false' } } }, true],
  ])('%s', async (_rule, rules, isSeen) => {
    await setRules(app, rules)
    expect((await app.query({ posts: {} }, { headers: guest })).body.posts).toHaveLength(
      isSeen ? 1 : 0,
    )
  })

  test.each<[rule: string, rules: object, headers: object, seen: boolean]>([
    ['a user sees their own row', {}, asAnn, true],
    ['a guest sees nobody', {}, guest, false],
    ['$default opens users', { $default: { allow: { view: 'true' } } }, guest, true],
    [
      'a rule of $users replaces the built-in one',
      { $users: { allow: { view: 'false' } } },
      asAnn,
      false,
    ],
  ])('%s', async (_rule, rules, headers, seen) => {
    await setRules(app, rules)
    expect((await app.query({ $users: {} }, { headers: { ...headers } })).body.$users).toHaveLength(
      seen ? 1 : 0,
    )
  })

  test.each([
    ['$magicCodes'],
    ['$userRefreshTokens'],
    ['$oauthProviders'],
    ['$oauthClients'],
    ['$files'],
    ['$streams'],
  ])('%s shows nothing of itself', async (namespace) => {
    await setRules(app, {})
    expect((await app.query({ [namespace]: {} }, { headers: asAnn })).body).toEqual({
      [namespace]: [],
    })
  })

  test('the admin is asked nothing', async () => {
    await setRules(app, { $default: { allow: { $default: 'false' } } })
    expect((await app.query({ posts: {} })).body.posts).toHaveLength(1)
    expect((await app.transact([['update', 'posts', a, { n: 3 }]])).status).toBe(200)
  })
})

describe('what is hidden', () => {
  const ask = async (rules: object, query: object, inference = false) => {
    await setRules(app, rules)
    return (await app.query(query, { headers: guest, inference })).body
  }
  const hideUsers = { users: { allow: { view: 'data.name != null' } } }
  const fields = (...fields: string[]) => ({ $: { fields } })

  test.each<[rule: string, rules: object, query: object, answer: object]>([
    [
      'hidden rows vanish from lists of links',
      hideUsers,
      { posts: { ...fields('title'), writers: fields('name') } },
      { posts: [{ id: a, title: 'Hello', writers: [{ id: c, name: 'Cy' }] }] },
    ],
    [
      'with their subtree',
      hideUsers,
      { users: { ...fields('name'), posts: fields('title') } },
      { users: [{ id: c, name: 'Cy', posts: [{ id: a, title: 'Hello' }] }] },
    ],
    [
      'a hidden field is missing',
      { posts: { fields: { secret: 'false' } } },
      { posts: fields('title', 'secret') },
      { posts: [{ id: a, title: 'Hello' }] },
    ],
    [
      'a field that is not hidden is there',
      { posts: { fields: { secret: 'true' } } },
      { posts: fields('secret') },
      { posts: [{ id: a, secret: 's' }] },
    ],
    [
      'a where does not probe a hidden field',
      { posts: { fields: { secret: 'false' } } },
      { posts: { $: { where: { secret: 's' }, fields: [] } } },
      { posts: [] },
    ],
    [
      'nor a hidden row',
      hideUsers,
      { posts: { $: { where: { 'writers.id': d }, fields: [] } } },
      { posts: [] },
    ],
    [
      'that nothing is linked is not said of what links to hidden rows',
      { notes: { allow: { view: 'false' } } },
      { posts: { $: { where: { notes: { $isNull: true } }, fields: [] } } },
      { posts: [] },
    ],
    [
      'nor that something else is',
      { notes: { allow: { view: 'false' } } },
      { posts: { $: { where: { notes: { $not: e } }, fields: [] } } },
      { posts: [] },
    ],
    [
      'nor that what is linked has nothing',
      { notes: { allow: { view: 'false' } } },
      { posts: { $: { where: { 'notes.text': { $isNull: true } }, fields: [] } } },
      { posts: [] },
    ],
    [
      'a rule reads what fields leave out',
      { posts: { allow: { view: "data.secret == 's'" } } },
      { posts: fields('title') },
      { posts: [{ id: a, title: 'Hello' }] },
    ],
    [
      'a ref reads what rules hide',
      { ...hideUsers, posts: { allow: { view: `'${d}' in data.ref('writers.id')` } } },
      { posts: fields('title') },
      { posts: [{ id: a, title: 'Hello' }] },
    ],
    [
      'a field rule of a forward link hides it',
      { posts: { fields: { owner: 'false' } } },
      { posts: fields('title', 'owner') },
      { posts: [{ id: a, title: 'Hello' }] },
    ],
    [
      'a field rule of a reverse label hides nothing',
      { posts: { fields: { notes: 'false' } } },
      { posts: { ...fields('title'), notes: fields() } },
      { posts: [{ id: a, title: 'Hello', notes: [{ id: f }] }] },
    ],
    [
      'a field rule that fails is not asked where its field is not shown',
      { posts: { fields: { secret: '!data.nope' } } },
      { posts: fields('title') },
      { posts: [{ id: a, title: 'Hello' }] },
    ],
  ])('%s', async (_rule, rules, query, answer) => {
    expect(await ask(rules, query)).toEqual(answer)
  })

  test('a list of links without a visible member is empty, or null as one', async () => {
    const hidden = { users: { allow: { view: 'false' } }, $users: { allow: { view: 'false' } } }
    const query = { posts: { ...fields(), writers: {}, owner: {} } }

    expect(await ask(hidden, query)).toEqual({ posts: [{ id: a, writers: [], owner: [] }] })
    expect(await ask(hidden, query, true)).toEqual({ posts: [{ id: a, writers: [], owner: null }] })
  })
})

describe('what may be written', () => {
  const denied = (namespace: string) => ({
    status: 400,
    type: 'permission-denied',
    message: 'Permission denied: not perms-pass?',
    hint: { input: [namespace, 'object'], expected: 'perms-pass?' },
  })
  const fresh = () => crypto.randomUUID()

  test.each<[rule: string, rules: object, steps: (id: string) => unknown[], denial: string | null]>(
    [
      [
        'create asks for create',
        { posts: { allow: { create: 'false', update: 'true' } } },
        (id) => [['create', 'posts', id, {}]],
        'posts',
      ],
      [
        'update of a new row asks for create',
        { posts: { allow: { create: 'false', update: 'true' } } },
        (id) => [['update', 'posts', id, {}]],
        'posts',
      ],
      [
        'merge of a new row asks for create',
        { posts: { allow: { create: 'false', update: 'true' } } },
        (id) => [['merge', 'posts', id, { tags: {} }]],
        'posts',
      ],
      [
        'update of a row asks for update',
        { posts: { allow: { create: 'true', update: 'false' } } },
        () => [['update', 'posts', a, { n: 3 }]],
        'posts',
      ],
      [
        'merge of a row asks for update',
        { posts: { allow: { create: 'true', update: 'false' } } },
        () => [['merge', 'posts', a, { n: 3 }]],
        'posts',
      ],
      [
        'create sees the new row',
        { posts: { allow: { create: "data.title == 't' && newData.title == 't'" } } },
        (id) => [['create', 'posts', id, { title: 't' }]],
        null,
      ],
      [
        'update sees both',
        {
          posts: {
            allow: { update: 'data.n == 3 && newData.n == 3 && newData.title == data.title' },
          },
        },
        () => [['update', 'posts', a, { n: 3 }]],
        null,
      ],
      [
        'update sees all steps of the transaction',
        { posts: { allow: { update: "newData.title == 'y'" } } },
        () => [
          ['update', 'posts', a, { title: 'x' }],
          ['update', 'posts', a, { title: 'y' }],
          ['update', 'posts', a, { n: 3 }],
        ],
        null,
      ],
      [
        'what is modified, without id',
        {
          posts: {
            allow: {
              update: "request.modifiedFields == ['n'] || request.modifiedFields == ['title', 'n']",
            },
          },
        },
        () => [['update', 'posts', a, { n: 3 }]],
        null,
      ],
      [
        'only these may be modified',
        { posts: { allow: { update: "request.modifiedFields.all(f, f in ['title'])" } } },
        () => [['update', 'posts', a, { n: 3 }]],
        'posts',
      ],
      [
        'delete asks for delete',
        { posts: { allow: { delete: 'false' } } },
        () => [['delete', 'posts', a]],
        'posts',
      ],
      [
        'delete asks of what is not there, with null',
        { posts: { allow: { delete: 'data.id == null' } } },
        (id) => [['delete', 'posts', id]],
        null,
      ],
      [
        'a link asks the forward row for update',
        { posts: { allow: { update: 'false' } } },
        () => [['link', 'posts', a, { writers: c }]],
        'posts',
      ],
      [
        'from the other side too',
        { posts: { allow: { update: 'false' } } },
        () => [['link', 'users', c, { posts: a }]],
        'posts',
      ],
      [
        'a link asks the reverse row for view',
        { users: { allow: { view: 'false' } } },
        () => [['link', 'posts', a, { writers: c }]],
        'users',
      ],
      [
        'a link asks the reverse row for no update',
        { users: { allow: { update: 'false' } } },
        () => [['link', 'posts', a, { writers: c }]],
        null,
      ],
      [
        'a link of a new forward row asks for create',
        { posts: { allow: { create: 'false' } } },
        (id) => [
          ['create', 'posts', id, {}],
          ['link', 'posts', id, { writers: c }],
        ],
        'posts',
      ],
      [
        'a rule of the link is asked instead',
        {
          posts: { allow: { update: 'false', link: { writers: 'true' } } },
          users: { allow: { view: 'false' } },
        },
        () => [['link', 'posts', a, { writers: c }]],
        null,
      ],
      [
        'on its own side',
        { users: { allow: { link: { posts: 'false' } } } },
        () => [['link', 'posts', a, { writers: c }]],
        'users',
      ],
      [
        'a default of links',
        { posts: { allow: { link: { $default: 'false' } } } },
        () => [['link', 'posts', a, { writers: c }]],
        'posts',
      ],
      [
        'a rule of the link sees the other side',
        {
          posts: {
            allow: {
              link: {
                writers:
                  "linkedData.name == 'Cy' && data.title != null && actions.data == 'update' && actions.linkedData == 'update'",
              },
            },
          },
        },
        () => [['link', 'posts', a, { writers: c }]],
        null,
      ],
      [
        'a new row is being created',
        {
          posts: {
            allow: {
              link: { writers: "actions.data == 'create' && actions.linkedData == 'update'" },
            },
          },
        },
        (id) => [
          ['create', 'posts', id, { title: 't' }],
          ['link', 'posts', id, { writers: c }],
        ],
        null,
      ],
      [
        'unlink asks for update',
        { posts: { allow: { update: 'false' } } },
        () => [['unlink', 'posts', a, { writers: c }]],
        'posts',
      ],
      [
        'unlink asks the reverse row for view',
        { users: { allow: { view: 'false' } } },
        () => [['unlink', 'posts', a, { writers: c }]],
        'users',
      ],
      [
        'a rule of unlinking',
        { posts: { allow: { unlink: { writers: 'false' } } } },
        () => [['unlink', 'posts', a, { writers: c }]],
        'posts',
      ],
      [
        'a rule of linking is none of unlinking',
        { posts: { allow: { link: { writers: 'false' } } } },
        () => [
          ['unlink', 'posts', a, { writers: d }],
          ['link', 'users', d, {}],
        ],
        null,
      ],
      [
        'create sees links of its transaction by refs',
        { notes: { allow: { create: "data.ref('post.title') != []" } } },
        (id) => [
          ['create', 'notes', id, {}],
          ['link', 'notes', id, { post: a }],
        ],
        null,
      ],
      [
        'and that there is none',
        { notes: { allow: { create: "data.ref('post.title') != []" } } },
        (id) => [['create', 'notes', id, {}]],
        'notes',
      ],
      [
        'parameters of rules reach their entity',
        { posts: { allow: { update: "ruleParams.key == 'k'" } } },
        () => [
          ['ruleParams', 'posts', a, { key: 'k' }],
          ['update', 'posts', a, { n: 3 }],
        ],
        null,
      ],
      [
        'whether before or after',
        { posts: { allow: { update: "ruleParams.key == 'k' && ruleParams.more == 1" } } },
        () => [
          ['update', 'posts', a, { n: 3 }],
          ['ruleParams', 'posts', a, { key: 'k' }],
          ['ruleParams', 'posts', a, { more: 1 }],
        ],
        null,
      ],
      [
        'but no other',
        { posts: { allow: { update: "ruleParams.key == 'k'" } } },
        () => [
          ['ruleParams', 'posts', b, { key: 'k' }],
          ['update', 'posts', a, { n: 3 }],
        ],
        'posts',
      ],
      [
        'a new row by look-up shows its look-up attribute',
        { posts: { allow: { create: "data.slug == 'new'" } } },
        () => [['update', 'posts', ['slug', 'new'], {}]],
        null,
      ],
      [
        'a user may not change another',
        { $users: { allow: { update: 'auth.id == data.id' } } },
        () => [['update', '$users', ann, { role: 'x' }]],
        '$users',
      ],
    ],
  )('%s', async (_rule, rules, steps, denial) => {
    await setRules(app, rules)
    const answer = await app.call('/admin/transact_perms_check', {
      headers: { 'as-guest': 'true' },
      body: { steps: steps(fresh()) },
    })
    const { status, body } = await app.transact(denial ? steps(fresh()) : [], { headers: guest })

    expect({ status: answer.status, ok: answer.body['all-checks-ok?'] ?? answer.body }).toEqual({
      status: 200,
      ok: denial === null,
    })
    if (denial) expect({ status, ...body }).toMatchObject(denied(denial))
  })

  test('what cascades is judged, with the parameters of what it follows', async () => {
    const note = fresh()
    const post = fresh()
    await write(app, [
      ['create', 'posts', post, {}],
      ['create', 'notes', note, { post }],
    ])
    await setRules(app, { notes: { allow: { delete: "ruleParams.key == 'k'" } } })
    const refused = await app.transact([['delete', 'posts', post]], { headers: guest })
    const accepted = await app.transact(
      [
        ['delete', 'posts', post],
        ['ruleParams', 'posts', post, { key: 'k' }],
      ],
      { headers: guest },
    )

    expect({ status: refused.status, ...refused.body }).toMatchObject(denied('notes'))
    expect(accepted.status).toBe(200)
  })

  test('creating attributes asks for attrs.create', async () => {
    await setRules(app, { attrs: { allow: { create: 'false' } } })
    const { status, body } = await app.transact([['update', 'posts', a, { brandNew: 1 }]], {
      headers: guest,
    })

    expect({ status, ...body }).toMatchObject({
      status: 400,
      type: 'permission-denied',
      hint: { input: ['attrs', 'attr'], expected: 'perms-pass?' },
    })
  })
})

describe('rate limits', () => {
  test('a row takes a token, keys apart, and what is too much is a 429', async () => {
    await setRules(app, {
      $rateLimits: { two: { limits: [{ capacity: 2, refill: { period: '1 hour' } }] } },
      posts: { allow: { view: 'rateLimit.two.limit(ruleParams.key)' } },
    })
    const ask = (key: string) =>
      app.query({ $$ruleParams: { key }, posts: { $: { where: { id: a } } } }, { headers: guest })
    await ask('x')
    await ask('x')
    const { status, body } = await ask('x')

    expect({ status, ...body }).toMatchObject({
      status: 429,
      type: 'rate-limited',
      message: 'Your request exceeded the rate limit.',
      hint: {
        'retry-at': expect.stringMatching(/^\d{4}-.*Z$/),
        'retry-after': expect.any(Number),
        'remaining-tokens': expect.any(Number),
      },
    })
    expect((await ask('y')).status).toBe(200)
  })
})

describe('rules that are saved', () => {
  const reserved = (name: string) =>
    `The ${name} namespace is a reserved internal namespace that does not yet support rules.`
  const limits = (name: string, config: unknown) => ({ $rateLimits: { [name]: config } })
  const at = (...path: (string | number)[]) => path

  test.each<
    [rule: string, code: object, errors: [message: string | RegExp, path: (string | number)[]][]]
  >([
    [
      'an expression is a text or a boolean',
      { posts: { allow: { view: 1 } } },
      [['There was an unexpected error evaluating the rules', at('posts', 'allow', 'view')]],
    ],
    [
      'a list is no expression',
      { posts: { allow: { view: [] } } },
      [['There was an unexpected error evaluating the rules', at('posts', 'allow', 'view')]],
    ],
    [
      'types are checked',
      { posts: { allow: { view: '!1' } } },
      [
        [
          "found no matching overload for '!_' applied to '(int)' (candidates: (bool))",
          at('posts', 'allow', 'view'),
        ],
      ],
    ],
    [
      'newData is not for view',
      { posts: { allow: { view: 'newData.x' } } },
      [["undeclared reference to 'newData' (in container '')", at('posts', 'allow', 'view')]],
    ],
    [
      'newData is not for delete',
      { posts: { allow: { delete: 'newData.x' } } },
      [["undeclared reference to 'newData' (in container '')", at('posts', 'allow', 'delete')]],
    ],
    [
      'names have to be known',
      { posts: { allow: { create: 'lol' } } },
      [["undeclared reference to 'lol' (in container '')", at('posts', 'allow', 'create')]],
    ],
    [
      'a request has known fields',
      { posts: { allow: { view: 'request.hello' } } },
      [[/^undefined field 'hello'/, at('posts', 'allow', 'view')]],
    ],
    [
      'modifiedFields is no number',
      { posts: { allow: { update: 'request.modifiedFields == 1' } } },
      [[/found no matching overload for '_==_'/, at('posts', 'allow', 'update')]],
    ],
    [
      'nor has it numbers',
      { posts: { allow: { update: '1 in request.modifiedFields' } } },
      [[/found no matching overload for '@?in'/, at('posts', 'allow', 'update')]],
    ],
    [
      'a ref of the caller begins with $user.',
      { posts: { allow: { view: "auth.ref('posts.id') == []" } } },
      [['auth.ref arg must start with `$user.`', at('posts', 'allow', 'view')]],
    ],
    [
      'a limit has to be known',
      { posts: { allow: { view: "rateLimit.myLimit.limit('x')" } } },
      [
        [
          '`myLimit` is not a valid rate limit config. It should be defined in the `$rateLimits` key.',
          at('posts', 'allow', 'view'),
        ],
      ],
    ],
    [
      'no field rule of id',
      { myetype: { fields: { id: 'true' } } },
      [
        [
          'You cannot set field rules for `id`. Use myetype -> allow -> view instead',
          at('myetype', 'fields'),
        ],
      ],
    ],
    [
      'field rules are compiled',
      { posts: { fields: { title: 'lol' } } },
      [["undeclared reference to 'lol' (in container '')", at('posts', 'fields', 'title')]],
    ],
    [
      'users are not deleted by rules',
      { $users: { allow: { delete: 'true' } } },
      [
        [
          'The $users namespace doesn\'t support permissions for delete. Set `$users.allow.delete` to `"false"`.',
          at('$users', 'allow', 'delete'),
        ],
      ],
    ],
    [
      'names that are bound in a circle',
      { posts: { bind: { a: 'b', b: 'a' }, allow: { view: 'a' } } },
      [['The binds have a cyclic dependency a -> b -> a', at('posts', 'allow', 'view')]],
    ],
    [
      'a list of names has pairs',
      { posts: { bind: ['a'], allow: { view: 'true' } } },
      [
        ['bind should have an even number of elements', at('posts', 'bind')],
        ['bind should have an even number of elements', at('posts', 'allow', 'view')],
      ],
    ],
    [
      'a name is bound once',
      { posts: { bind: ['a', 'true', 'a', 'false'] } },
      [['bind should only contain a given variable name once', at('posts', 'bind', 'a')]],
    ],
    [
      'other system namespaces are reserved',
      { $codes: { allow: { view: 'true' } } },
      (['view', 'create', 'update', 'delete'] as const).map((action) => [
        reserved('$codes'),
        at('$codes', 'allow', action),
      ]),
    ],
    [
      'limits are an object',
      { $rateLimits: 1 },
      [['$rateLimits must be an object', at('$rateLimits')]],
    ],
    [
      'a limit has limits',
      limits('x', {}),
      [['Missing parameter: ["limits"]', at('$rateLimits', 'x')]],
    ],
    [
      'a limit has at least one',
      limits('x', { limits: [] }),
      [
        [
          'Validation failed for rules: The rate limit config must have at least one limit in the `limits` array.',
          at('$rateLimits', 'x'),
        ],
      ],
    ],
    [
      'a limit has a capacity',
      limits('x', { limits: [{}] }),
      [['Missing parameter: ["capacity"]', at('$rateLimits', 'x')]],
    ],
    [
      'a capacity is a positive integer',
      limits('x', { limits: [{ capacity: 0 }] }),
      [['Malformed parameter: ["capacity"]', at('$rateLimits', 'x')]],
    ],
    [
      'an amount is a positive integer',
      limits('x', { limits: [{ capacity: 1, refill: { amount: 0.5 } }] }),
      [['Malformed parameter: ["refill" "amount"]', at('$rateLimits', 'x')]],
    ],
    [
      'a type is greedy or interval',
      limits('x', { limits: [{ capacity: 1, refill: { type: 'x' } }] }),
      [['Malformed parameter: ["refill" "type"]', at('$rateLimits', 'x')]],
    ],
    [
      'a period is an interval',
      limits('x', { limits: [{ capacity: 1, refill: { period: 'x' } }] }),
      [['Malformed parameter: ["refill" "period"]', at('$rateLimits', 'x')]],
    ],
    [
      'a period has a unit that is one',
      limits('x', { limits: [{ capacity: 1, refill: { period: '1 constructor' } }] }),
      [['Malformed parameter: ["refill" "period"]', at('$rateLimits', 'x')]],
    ],
    [
      'a period is not too short',
      limits('x', { limits: [{ capacity: 1, refill: { period: '1 ms' } }] }),
      [
        [
          'Validation failed for rules: The refill period must be longer than a second.',
          at('$rateLimits', 'x'),
        ],
      ],
    ],
    [
      'a period is not too long',
      limits('x', { limits: [{ capacity: 1, refill: { period: '2 days' } }] }),
      [
        [
          "Validation failed for rules: The refill period can't be longer than a day.",
          at('$rateLimits', 'x'),
        ],
      ],
    ],
    [
      'everything wrong is told, in its order',
      {
        b: { allow: { view: 'lol' }, fields: { x: 'lal' } },
        a: { bind: ['q'] },
        ...limits('x', {}),
      },
      [
        ['bind should have an even number of elements', at('a', 'bind')],
        ["undeclared reference to 'lol' (in container '')", at('b', 'allow', 'view')],
        ["undeclared reference to 'lal' (in container '')", at('b', 'fields', 'x')],
        ['Missing parameter: ["limits"]', at('$rateLimits', 'x')],
      ],
    ],
  ])('%s', async (_rule, code, errors) => {
    const { status, body } = await app.call(`/dash/apps/${app.appId}/rules`, { body: { code } })

    expect({ status, type: body.type, kind: body.hint?.['data-type'] }).toEqual({
      status: 400,
      type: 'validation-failed',
      kind: 'rule',
    })
    expect(body.hint.errors).toEqual(
      errors.map(([message, path]) =>
        expect.objectContaining({
          message: typeof message === 'string' ? message : expect.stringMatching(message),
          in: path,
        }),
      ),
    )
    expect(body.message).toBe(
      `Validation failed for rule: ${body.hint.errors.map((error: { message: string }) => error.message).join(', ')}`,
    )
  })

  test.each<[rule: string, code: object]>([
    ['nothing', {}],
    ['booleans', { posts: { allow: { view: true, create: false } } }],
    [
      'deletion of users is false',
      { $users: { allow: { delete: 'false', create: 'true', view: 'true', update: 'true' } } },
    ],
    [
      'rules of files, streams and attributes',
      {
        $files: { allow: { view: 'true' } },
        $streams: { allow: { view: 'true' } },
        attrs: { allow: { create: 'false' } },
      },
    ],
    [
      'a limit',
      limits('x', {
        limits: [{ capacity: 1, refill: { amount: 2, period: '90 seconds', type: 'interval' } }],
      }),
    ],
    [
      'a link rule that does not compile (quirk)',
      { posts: { allow: { link: { writers: 'lol' } } } },
    ],
    ['a default that does not compile (quirk)', { posts: { allow: { $default: 'lol' } } }],
  ])('fine: %s', async (_rule, code) => {
    expect((await app.call(`/dash/apps/${app.appId}/rules`, { body: { code } })).status).toBe(200)
  })

  test('what does not compile fails when it is used', async () => {
    await setRules(app, {
      books: { allow: { $default: 'lol' } },
      posts: { allow: { link: { writers: 'lal' } } },
    })
    const first = await app.transact([['create', 'books', crypto.randomUUID(), {}]], {
      headers: guest,
    })
    const second = await app.transact([['link', 'posts', a, { writers: c }]], { headers: guest })

    expect({ status: first.status, ...first.body }).toMatchObject({
      status: 400,
      type: 'validation-failed',
      message: "Validation failed for permission: undeclared reference to 'lol' (in container '')",
      hint: { input: ['books', 'allow', '$default'] },
    })
    expect(second.body).toMatchObject({
      message: "Validation failed for permission: undeclared reference to 'lal' (in container '')",
      hint: { input: ['posts', 'allow', 'link', 'writers'] },
    })
  })
})
