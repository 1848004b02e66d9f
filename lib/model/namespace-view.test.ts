import { describe, expect, test } from 'vitest'
import { defaultView, type NamespaceView, parseView, resolveView, toSearch } from './namespace-view'
import type { AppSchema, Attribute, Namespace } from './schema'

const id = '0b2f8a3e-6f0d-4c55-9d1e-0a8a4a5f0001'

const view: NamespaceView = {
  sort: 'title',
  direction: 'asc',
  page: 12,
  size: 250,
  order: ['a,b', 'c:d', '100%'],
  hidden: ['e'],
  widths: { 'a,b': 120, 'c:d': 300 },
  isLive: true,
  filter: 'a = "x&y" or (b < 3',
  search: '50% + más',
  isCompared: true,
  onlyDifferences: true,
  open: [
    { namespace: '$users', id },
    { namespace: 'odd,name:here', id },
  ],
}

test('a view comes back from its own address, whatever its names hold', () => {
  expect(parseView(throughAddress(view))).toEqual({ view, problems: [] })
})

test('the default view needs no address', () => {
  expect(toSearch(defaultView).toString()).toBe('')
  expect(parseView(new URLSearchParams())).toEqual({ view: defaultView, problems: [] })
})

test.each([
  ['dir=up', 'direction'],
  ['page=0', 'page'],
  ['page=-3', 'page'],
  ['page=1e3', 'page'],
  ['page=two', 'page'],
  ['size=99', 'size'],
  ['size=100000', 'size'],
  ['cols=a,,b', 'order'],
  ['cols=%25E0%25A4%25A', 'order'],
  ['hide=,', 'hidden'],
  ['widths=a', 'widths'],
  ['widths=a:4', 'widths'],
  ['widths=a:99999', 'widths'],
  ['widths=a:1:2', 'widths'],
  ['open=tickets', 'open'],
  ['open=tickets:not-an-id', 'open'],
] as const)('%s falls back and says so', (search, field) => {
  const parsed = parseView(new URLSearchParams(search))

  expect(parsed.view[field]).toEqual(defaultView[field])
  expect(parsed.problems).toHaveLength(1)
  expect(parsed.problems[0]).toContain(search.slice(0, search.indexOf('=')))
})

describe('against a schema', () => {
  test('what the namespace has is kept', () => {
    const parsed = {
      view: { ...defaultView, sort: 'title', order: ['title', 'author'] },
      problems: [],
    }
    expect(resolveView(parsed, books, schema)).toEqual(parsed)
  })

  test.each<[rule: string, change: Partial<NamespaceView>]>([
    ['an attribute that is not there cannot sort', { sort: 'nope' }],
    ['an attribute without an index cannot sort', { sort: 'blurb' }],
    ['a column that is not there is not ordered', { order: ['nope'] }],
    ['a column that is not there is not hidden', { hidden: ['nope'] }],
    ['a column that is not there has no width', { widths: { nope: 100 } }],
    ['a record of no namespace is not opened', { open: [{ namespace: 'nope', id }] }],
  ])('%s', (_rule, change) => {
    const { view, problems } = resolveView(
      { view: { ...defaultView, ...change }, problems: [] },
      books,
      schema,
    )

    expect(view).toEqual(defaultView)
    expect(problems).toHaveLength(1)
  })

  test('a column that is missing in several places is told once', () => {
    const change = { order: ['nope'], hidden: ['nope'], widths: { nope: 90 } }
    const { problems } = resolveView(
      { view: { ...defaultView, ...change }, problems: [] },
      books,
      schema,
    )
    expect(problems).toHaveLength(1)
  })
})

function throughAddress(view: NamespaceView): URLSearchParams {
  return new URL(`http://localhost/?${toSearch(view)}`).searchParams
}

function attribute(name: string, isIndexed: boolean): Attribute {
  const flags = { isTyped: true, isUnique: false, isRequired: false, isSystem: false }
  return { name, type: 'string', isIndexed, ...flags }
}

const books: Namespace = {
  name: 'books',
  isSystem: false,
  attributes: [attribute('id', true), attribute('title', true), attribute('blurb', false)],
  links: [
    {
      label: 'author',
      target: 'people',
      targetLabel: 'books',
      cardinality: 'one',
      isForward: true,
      isRequired: false,
      deletesTargets: false,
    },
  ],
  titleAttribute: 'title',
}

const schema: AppSchema = { title: null, namespaces: [books] }
