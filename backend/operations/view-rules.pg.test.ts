import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '@/lib/base/json'
import type { Actor } from './actor'
import type { Engine } from './engine'
import { runQuery } from './query'
import { createTestApp, define, openTestEngine, refusal, type TestApp, uuid } from './testing'

let engine: Engine
let app: TestApp
const guest: Actor = { kind: 'guest' }
const ann = uuid(901)
const asAnn: Actor = {
  kind: 'user',
  user: { id: ann, createdAtMs: 0, values: { email: 'a@x.co' } },
}
const requestOrigin = { ip: null, origin: null }

/** Books 1 to 12 by three authors in turn; those with an even number are public. */
const book = (n: number) => uuid(n)
const author = (n: number) => uuid(100 + n)

beforeAll(async () => {
  engine = await openTestEngine()
  app = await createTestApp(engine)
  await app.push(
    define(
      {
        books: {
          n: 'number indexed',
          title: 'string indexed optional',
          isPublic: 'boolean optional',
          price: 'number indexed optional',
        },
        authors: { name: 'string indexed optional', age: 'number optional' },
      },
      {
        author: {
          forward: { on: 'books', has: 'one', label: 'author' },
          reverse: { on: 'authors', has: 'many', label: 'books' },
        },
        fans: {
          forward: { on: 'books', has: 'many', label: 'fans' },
          reverse: { on: 'authors', has: 'many', label: 'favourites' },
        },
        user: {
          forward: { on: 'authors', has: 'one', label: 'user' },
          reverse: { on: '$users', has: 'one', label: 'person' },
        },
      },
    ),
  )
  const books = Array.from({ length: 12 }, (_, index) => index + 1)
  await app.write(
    ['update', '$users', ann, { email: 'a@x.co' }],
    ...[1, 2, 3].map((n): Json => ['update', 'authors', author(n), { name: `A${n}`, age: 30 + n }]),
    ['link', 'authors', author(1), { user: ann }],
    ...books.flatMap((n): Json[] => [
      ['update', 'books', book(n), { n, title: `T${n}`, isPublic: n % 2 === 0, price: n * 10 }],
      ['link', 'books', book(n), { author: author(((n - 1) % 3) + 1) }],
    ]),
    ['link', 'books', book(1), { fans: [author(2), author(3)] }],
  )
})
afterAll(() => engine.db.close())

/** The same rule in words that become SQL, and in words that have to be evaluated. */
const ways = [
  ['as SQL', (rule: string) => rule],
  ['evaluated', (rule: string) => `size([1].filter(x, x == 1)) == 1 && (${rule})`],
] as const

const onBooks = (view: string): JsonObject => ({ books: { allow: { view } } })

describe.each(ways)('a view rule, %s', (_way, word) => {
  test('hides rows with all that hangs below them', async () => {
    await app.rule({ authors: { allow: { view: word("data.name != 'A1'") } } })
    const { authors } = await app.readAs(guest, { authors: { books: {} } })

    expect(authors).toMatchObject([
      { name: 'A2', books: [{ n: 2 }, { n: 5 }, { n: 8 }, { n: 11 }] },
      { name: 'A3', books: [{ n: 3 }, { n: 6 }, { n: 9 }, { n: 12 }] },
    ])
  })

  test('hides what a link leads to', async () => {
    await app.rule(onBooks(word('data.isPublic == true')))
    const { authors } = await app.readAs(guest, {
      authors: { books: { $: { order: { n: 'desc' } } } },
    })

    expect(authors).toMatchObject([
      { name: 'A1', books: [{ n: 10 }, { n: 4 }] },
      { name: 'A2', books: [{ n: 8 }, { n: 2 }] },
      { name: 'A3', books: [{ n: 12 }, { n: 6 }] },
    ])
  })

  test('makes one object null where it hides it', async () => {
    await app.rule({ authors: { allow: { view: word("data.name == 'A2'") } } })
    const query = { books: { $: { where: { n: { $lte: 2 } } }, author: {} } }
    const { tree } = await ask(query, { isInferred: true })

    expect(tree.books).toMatchObject([{ author: null }, { author: { name: 'A2' } }])
  })

  test('leaves the id of what is hidden, since that is a link of the row itself', async () => {
    await app.rule({ authors: { allow: { view: word('false') } } })
    const { books } = await app.readAs(guest, { books: { $: { where: { n: 1 } } } })

    expect(books).toMatchObject([{ author: author(1) }])
  })

  test('follows links to the caller', async () => {
    await app.rule(onBooks(word("auth.id in data.ref('author.user.id')")))

    expect(numbers(await app.readAs(asAnn, { books: {} }))).toEqual([1, 4, 7, 10])
    expect(numbers(await app.readAs(guest, { books: {} }))).toEqual([])
  })

  test('is not asked of the admin', async () => {
    await app.rule(onBooks(word('false')))

    expect(numbers(await app.read({ books: {} }))).toHaveLength(12)
  })

  describe('keeps conditions from probing', () => {
    test.each<[rule: string, rules: () => JsonObject, query: JsonObject, found: readonly number[]]>(
      [
        [
          'a hidden row by its own values',
          () => onBooks(word('data.isPublic == true')),
          { $: { where: { title: { $in: ['T1', 'T2'] } } } },
          [2],
        ],
        [
          'a hidden row behind a link',
          () => ({ authors: { allow: { view: word("data.name == 'A2'") } } }),
          { $: { where: { 'author.name': { $in: ['A1', 'A2'] }, n: { $lte: 3 } } } },
          [2],
        ],
        [
          'what is not there of a hidden row',
          () => ({ authors: { allow: { view: word("data.name == 'A2'") } } }),
          { $: { where: { 'author.name': { $not: 'A9' }, n: { $lte: 3 } } } },
          [2],
        ],
        [
          'but a bare id needs the row that holds it only',
          () => ({ authors: { allow: { view: word('false') } } }),
          { $: { where: { author: author(1) } } },
          [1, 4, 7, 10],
        ],
        [
          'alternatives apart',
          () => ({ authors: { allow: { view: word('false') } } }),
          { $: { where: { or: [{ 'author.name': 'A1' }, { n: 2 }] } } },
          [2],
        ],
        [
          'a hidden field',
          () => ({ books: { fields: { price: word('data.isPublic == true') } } }),
          { $: { where: { price: { $lte: 40 } } } },
          [2, 4],
        ],
        [
          'a hidden field behind a link',
          () => ({ authors: { fields: { name: word('data.age == 32') } } }),
          { $: { where: { 'author.name': { $like: 'A%' }, n: { $lte: 3 } } } },
          [2],
        ],
        [
          'a hidden link',
          () => ({ books: { fields: { author: word('data.isPublic == true') } } }),
          { $: { where: { author: author(1) } } },
          [4, 10],
        ],
      ],
    )('%s', async (_rule, rules, query, found) => {
      await app.rule(rules())

      expect(numbers(await app.readAs(guest, { books: query }))).toEqual(found)
    })
  })

  describe('hides fields', () => {
    test('of rows that are shown', async () => {
      await app.rule({ books: { fields: { price: word('data.isPublic == true') } } })
      const { books } = await app.readAs(guest, { books: { $: { where: { n: { $lte: 2 } } } } })

      expect(books).toEqual([
        { id: book(1), n: 1, title: 'T1', isPublic: false, author: author(1) },
        { id: book(2), n: 2, title: 'T2', isPublic: true, price: 20, author: author(2) },
      ])
    })

    test('also when they are asked for by name, below a link too', async () => {
      await app.rule({ books: { fields: { price: word('data.isPublic == true') } } })
      const fields = { $: { fields: ['price'] } }
      const { books } = await app.readAs(guest, { books: fields })
      const { authors } = await app.readAs(guest, {
        authors: { $: { where: { name: 'A1' } }, books: fields },
      })

      expect(books?.slice(0, 2)).toEqual([{ id: book(1) }, { id: book(2), price: 20 }])
      expect(authors).toMatchObject([
        {
          books: [
            { id: book(1) },
            { id: book(4), price: 40 },
            { id: book(7) },
            { id: book(10), price: 100 },
          ],
        },
      ])
    })

    test('and rules see what fields do not show', async () => {
      await app.rule({
        books: { allow: { view: word('data.price == 30') }, fields: { price: 'false' } },
      })

      expect(numbers(await app.readAs(guest, { books: { $: { fields: ['n'] } } }))).toEqual([3])
    })

    test('a link that is hidden leads nowhere, from whichever side', async () => {
      await app.rule({ books: { fields: { author: word('data.isPublic == true') } } })
      const where = { $: { where: { n: { $lte: 2 } } } }
      const { books: plain } = await app.readAs(guest, { books: where })
      const { books: expanded } = await app.readAs(guest, { books: { ...where, author: {} } })
      const { authors } = await app.readAs(guest, { authors: { books: {} } })

      expect(plain?.map((each) => 'author' in (each as object))).toEqual([false, true])
      expect(expanded).toMatchObject([{ author: [] }, { author: [{ name: 'A2' }] }])
      expect(authors).toMatchObject([
        { books: [{ n: 4 }, { n: 10 }] },
        { books: [{ n: 2 }, { n: 8 }] },
        { books: [{ n: 6 }, { n: 12 }] },
      ])
    })
  })

  describe('fills pages with rows that are shown', () => {
    const pages: readonly (readonly [
      page: string,
      options: JsonObject,
      found: readonly number[],
      flags: readonly [boolean, boolean],
    ])[] = [
      ['first', { first: 2 }, [2, 4], [true, false]],
      ['limit', { limit: 2 }, [2, 4], [true, false]],
      ['limit and offset', { limit: 2, offset: 2 }, [6, 8], [true, true]],
      ['last', { last: 2 }, [10, 12], [false, true]],
      ['the end', { limit: 5, offset: 4 }, [10, 12], [false, true]],
      ['more than there are', { first: 50 }, [2, 4, 6, 8, 10, 12], [false, false]],
      ['descending', { first: 2, order: { n: 'desc' } }, [12, 10], [true, false]],
      ['descending from the end', { last: 2, order: { n: 'desc' } }, [4, 2], [false, true]],
    ]

    test.each(pages)('%s', async (_page, options, found, [hasNextPage, hasPreviousPage]) => {
      await app.rule(onBooks(word('data.isPublic == true')))
      const { tree, pageInfo } = await ask({ books: { $: options } })

      expect(numbers(tree)).toEqual(found)
      expect(pageInfo.books).toMatchObject({
        hasNextPage,
        hasPreviousPage,
        startCursor: { entityId: book(found[0] ?? 0) },
        endCursor: { entityId: book(found.at(-1) ?? 0) },
      })
    })

    test('cursors lead on from one page to the next and back', async () => {
      await app.rule(onBooks(word('data.isPublic == true')))
      const page = async (options: JsonObject) => {
        const { tree, pageInfo } = await ask({ books: { $: { order: { n: 'asc' }, ...options } } })
        return { found: numbers(tree), info: pageInfo.books }
      }
      const wire = (
        cursor:
          | { entityId: string; attrId: string; value: Json; createdAt: number | null }
          | null
          | undefined,
      ) => (cursor ? [cursor.entityId, cursor.attrId, cursor.value, cursor.createdAt] : null)
      const one = await page({ first: 2 })
      const two = await page({ first: 2, after: wire(one.info?.endCursor) })
      const three = await page({ first: 3, after: wire(two.info?.endCursor) })
      const back = await page({ last: 2, before: wire(two.info?.startCursor) })

      expect([one.found, two.found, three.found, back.found]).toEqual([
        [2, 4],
        [6, 8],
        [10, 12],
        [2, 4],
      ])
      expect(three.info).toMatchObject({ hasNextPage: false, hasPreviousPage: true })
    })

    test('none at all', async () => {
      await app.rule(onBooks(word('false')))
      const { tree, pageInfo } = await ask({ books: { $: { first: 2 } } })

      expect(tree.books).toEqual([])
      expect(pageInfo.books).toMatchObject({
        hasNextPage: false,
        startCursor: null,
        endCursor: null,
      })
    })
  })
})

test('parameters of a query reach its rules', async () => {
  await app.rule(onBooks('data.title == ruleParams.title'))

  expect(numbers(await app.readAs(guest, { $$ruleParams: { title: 'T3' }, books: {} }))).toEqual([
    3,
  ])
  expect(numbers(await app.readAs(guest, { books: {} }))).toEqual([])
})

test('a rule that fails on one row fails the request, and does not say why', async () => {
  await app.rule(onBooks('size(data.title) > 0 && timestamp(data.title).getTime() > 0'))
  const error = await refusal(app.readAs(guest, { books: {} }))

  expect(error).toMatchObject({
    type: 'permission-evaluation-failed',
    message:
      'Could not evaluate permission rule for `books.view`. You may have a typo. Debug this in the sandbox and then update your permission rules.',
    hint: { rule: ['books', 'view'] },
  })
  expect(JSON.stringify(error.hint)).not.toContain('understudy')
})

test('a rule that fails on one row does not keep others from being asked for', async () => {
  await app.rule(onBooks("data.n != 5 || timestamp(data.title) == timestamp('2026-01-01')"))
  const among = { where: { n: { $in: [2, 3] }, id: { $ne: book(3) }, author: author(2) } }

  expect(numbers(await app.readAs(guest, { books: { $: among } }))).toEqual([2])
  expect((await refusal(app.readAs(guest, { books: { $: { where: { n: 5 } } } }))).type).toBe(
    'permission-evaluation-failed',
  )
})

test('one id in two namespaces is judged in each by its own rules', async () => {
  await app.write(['update', 'authors', book(1), { name: 'also a book' }])
  await app.rule({ books: { allow: { view: 'false' } } })
  const { books, authors } = await app.readAs(guest, {
    books: {},
    authors: { $: { where: { id: book(1) } } },
  })
  await app.write(['delete', 'authors', book(1)])

  expect(books).toEqual([])
  expect(authors).toMatchObject([{ name: 'also a book' }])
})

test('users see themselves, and namespaces of the system are closed, unless rules say otherwise', async () => {
  await app.rule({})
  const all = { $users: {}, $magicCodes: {}, $userRefreshTokens: {} }

  expect(await app.readAs(asAnn, all)).toMatchObject({
    $users: [{ id: ann }],
    $magicCodes: [],
    $userRefreshTokens: [],
  })
  expect(await app.readAs(guest, all)).toMatchObject({ $users: [] })
})

test('a token is taken for each row that is evaluated', async () => {
  await app.rule({
    ...onBooks('data.n > 3 || rateLimit.few.limit("x")'),
    $rateLimits: { few: { limits: [{ capacity: 3 }] } },
  })

  expect(numbers(await app.readAs(guest, { books: {} }))).toHaveLength(12)
  expect((await refusal(app.readAs(guest, { books: {} }))).type).toBe('rate-limited')
})

function ask(query: JsonObject, { isInferred = false } = {}) {
  const request = { app: app.app, actor: guest, requestOrigin, query, isInferred }
  return runQuery(engine, { ...request, wantsPageInfo: true })
}

function numbers({ books }: { readonly [namespace: string]: readonly Json[] }): readonly unknown[] {
  return (books ?? []).map((each) => (each as JsonObject).n)
}
