import { expect, test } from 'vitest'
import { linksShown } from '@/lib/model/record'
import type { AppSchema, Attribute, Link, Namespace } from '@/lib/model/schema'
import { linkedFields, recordsOf, toDetail, toRow } from './record-shape'

test('a query brings of each link what names its targets, and never more', () => {
  expect(linkedFields(books.links, schema)).toEqual({
    author: { $: { fields: ['name'] } },
    tags: { $: { fields: ['id'] } },
  })
})

test('links are not values', () => {
  const row = toRow({ id: 'b', title: 'Sum', author: [{ id: 'a' }] }, place)
  expect(row.values).toEqual({ id: 'b', title: 'Sum' })
})

test.each([
  ['an array, as without inference', [{ id: 'a', name: 'David' }], { id: 'a', title: 'David' }],
  ['an object, as with it', { id: 'a', name: 'David' }, { id: 'a', title: 'David' }],
  ['without a title', [{ id: 'a' }], { id: 'a', title: null }],
  ['with an empty title', [{ id: 'a', name: ' ' }], { id: 'a', title: null }],
  ['with a number for a title', [{ id: 'a', name: 7 }], { id: 'a', title: '7' }],
  ['empty', [], null],
  ['null', null, null],
])('a has-one link that comes as %s', (_how, author, expected) => {
  expect(toRow({ id: 'b', author }, place).links).toEqual({ author: expected })
})

test('a link that the answer leaves out has no target', () => {
  expect(toRow({ id: 'b' }, place).links).toEqual({ author: null })
})

test('of many targets all are counted and the first are listed', () => {
  const tags = Array.from({ length: linksShown + 5 }, (_, index) => ({ id: `t${index}` }))
  const { links } = toDetail({ id: 'b', tags }, place)
  expect(links.tags?.total).toBe(linksShown + 5)
  expect(links.tags?.records).toHaveLength(linksShown)
})

test('an answer that is no tree is not taken for one', () => {
  for (const answer of [
    { books: [{ title: 'no id' }] },
    { books: 'b' },
    { books: [null] },
    'books',
  ]) {
    expect(() => recordsOf(answer, 'books')).toThrow('did not answer')
  }
})

test('a namespace that an answer leaves out has no records', () => {
  expect(recordsOf({}, 'books')).toEqual([])
})

function attribute(name: string): Attribute {
  const flags = {
    isTyped: true,
    isIndexed: false,
    isUnique: false,
    isRequired: false,
    isSystem: false,
  }
  return { name, type: 'string', ...flags }
}

function link(label: string, target: string, cardinality: 'one' | 'many'): Link {
  const flags = { isForward: true, isRequired: false, deletesTargets: false }
  return { label, target, targetLabel: 'books', cardinality, ...flags }
}

const books: Namespace = {
  name: 'books',
  isSystem: false,
  attributes: [attribute('id'), attribute('title')],
  links: [link('author', 'people', 'one'), link('tags', 'tags', 'many')],
  titleAttribute: 'title',
}

const people: Namespace = {
  name: 'people',
  isSystem: false,
  attributes: [attribute('id'), attribute('name')],
  links: [],
  titleAttribute: 'name',
}

const schema: AppSchema = { title: null, namespaces: [books, people] }
const place = { namespace: books, schema }
