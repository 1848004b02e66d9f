import { expect, test } from 'vitest'
import { findAttribute, findLink, findNamespace, whyNotSortable } from '@/lib/model/schema'
import { toSchema, wireSchema } from './wire-schema'

test('namespaces come in groups, each by name, without what is internal', () => {
  expect(shop.namespaces.map(({ name }) => name)).toEqual(['authors', 'books', '$files', '$users'])
})

test('id comes first, then what titles a record, then the rest by name', () => {
  const books = findNamespace(shop, 'books')
  expect(books?.attributes.map(({ name }) => name)).toEqual([
    'id',
    'title',
    'data',
    'pages',
    'year',
  ])
  expect(books?.titleAttribute).toBe('title')
})

test('files have a size and a type, though the backend does not list them', () => {
  const files = findNamespace(shop, '$files')
  expect(files?.attributes.map(({ name }) => name)).toEqual(['id', 'content-type', 'size'])
  expect(files && findAttribute(files, 'size')).toMatchObject({ type: 'number', isIndexed: true })
})

test('a namespace that nothing but a link mentions is there, with an id', () => {
  expect(findNamespace(shop, 'authors')?.attributes.map(({ name }) => name)).toEqual(['id'])
})

test.each([
  ['title', 'string', true],
  ['pages', 'number', false],
  ['data', 'any', false],
])('%s is of type %s', (name, type, isTyped) => {
  const books = findNamespace(shop, 'books')
  expect(books && findAttribute(books, name)).toMatchObject({ type, isTyped })
})

test('only what is indexed and typed sorts, and the rest says what it lacks', () => {
  const why = (name: string) => {
    const books = findNamespace(shop, 'books')
    const attribute = books && findAttribute(books, name)
    return attribute && whyNotSortable(attribute)
  }
  expect(why('year')).toBeNull()
  expect(why('title')).toContain('an index in the schema')
  expect(why('data')).toContain('an index and a checked type')
})

test('a link is seen from both ends, with its own cardinality and cascade at each', () => {
  const books = findNamespace(shop, 'books')
  const authors = findNamespace(shop, 'authors')
  expect(books && findLink(books, 'author')).toMatchObject({
    target: 'authors',
    cardinality: 'one',
    isForward: true,
    deletesTargets: false,
  })
  expect(authors && findLink(authors, 'books')).toMatchObject({
    target: 'books',
    cardinality: 'many',
    isForward: false,
    deletesTargets: true,
  })
})

test('a link of a namespace to itself is there twice', () => {
  const books = findNamespace(shop, 'books')
  expect(books?.links.map(({ label }) => label)).toEqual(['author', 'sequel', 'sequelOf'])
})

test('a link to something internal is left out', () => {
  expect(findNamespace(shop, '$users')?.links).toEqual([])
})

const none = ['', '', ''] as const

function blob(change: Record<string, unknown>) {
  return {
    'forward-identity': none,
    'value-type': 'blob',
    cardinality: 'one',
    'unique?': false,
    'index?': false,
    'required?': false,
    ...change,
  }
}

function ref(from: readonly [string, string], to: readonly [string, string], change = {}) {
  return blob({
    'value-type': 'ref',
    'forward-identity': ['', ...from],
    'reverse-identity': ['', ...to],
    ...change,
  })
}

const shop = toSchema(
  wireSchema.parse({
    schema: {
      blobs: {
        $users: { id: blob({}), email: blob({ 'checked-data-type': 'string' }) },
        $files: { id: blob({}) },
        $magicCodes: { id: blob({}) },
        books: {
          year: blob({ 'checked-data-type': 'number', 'index?': true }),
          data: blob({ 'inferred-types': ['json', 'string'] }),
          pages: blob({ 'inferred-types': ['number'] }),
          title: blob({ 'checked-data-type': 'string' }),
          id: blob({}),
        },
      },
      refs: {
        a: ref(['books', 'author'], ['authors', 'books'], { 'on-delete': 'cascade' }),
        b: ref(['books', 'sequel'], ['books', 'sequelOf'], { 'unique?': true }),
        c: ref(['$userRefreshTokens', '$user'], ['$users', '$userRefreshTokens']),
      },
    },
    attrs: [],
    'app-title': 'Shop',
  }),
)
