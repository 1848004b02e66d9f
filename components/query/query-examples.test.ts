import { expect, test } from 'vitest'
import { parseQueryText } from '@/lib/model/query-text'
import type { AppSchema, Attribute, Link, Namespace } from '@/lib/model/schema'
import { key, queryExamples } from './query-examples'

test('the examples are queries of this very app, about its richest namespace', () => {
  const examples = queryExamples(
    schema([
      namespace('tags', ['label'], []),
      namespace('support tickets', ['title', 'isOpen'], ['comments']),
    ]),
  )

  expect(examples.map(({ text }) => queryOf(text))).toEqual([
    { 'support tickets': { $: { limit: 10, order: { serverCreatedAt: 'desc' } } } },
    { 'support tickets': { $: { limit: 5 }, comments: {} } },
    { 'support tickets': { $: { where: { title: { $isNull: false } }, limit: 20 } } },
  ])
})

test('an app with nothing of its own is asked about the system', () => {
  const system = { ...namespace('$users', ['email'], []), isSystem: true }

  expect(queryExamples(schema([system])).map(({ text }) => Object.keys(queryOf(text)))).toEqual([
    ['$users'],
    ['$users'],
    ['$users'],
  ])
})

test('without namespaces there are no examples', () => {
  expect(queryExamples(schema([]))).toEqual([])
})

test.each([
  ['goals', 'goals'],
  ['$users', '$users'],
  ['content-type', "'content-type'"],
  ["it's", "'it\\'s'"],
])('%s as a key is %s', (name, written) => {
  expect(key(name)).toBe(written)
  expect(queryOf(`{ ${written}: {} }`)).toEqual({ [name]: {} })
})

function queryOf(text: string) {
  const parsed = parseQueryText(text)
  if (parsed.kind !== 'query') throw new Error(`No query: ${text}`)
  return parsed.query
}

function schema(namespaces: readonly Namespace[]): AppSchema {
  return { title: null, namespaces }
}

function namespace(name: string, attributes: string[], labels: string[]): Namespace {
  return {
    name,
    isSystem: false,
    titleAttribute: null,
    attributes: ['id', ...attributes].map(attribute),
    links: labels.map(link),
  }
}

function attribute(name: string): Attribute {
  const no = { isTyped: false, isIndexed: false, isUnique: false, isRequired: false }
  return { name, type: 'any', isSystem: false, ...no }
}

function link(label: string): Link {
  return {
    label,
    target: label,
    targetLabel: 'back',
    cardinality: 'many',
    isForward: true,
    isRequired: false,
    deletesTargets: false,
  }
}
