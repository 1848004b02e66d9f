import { expect, test } from 'vitest'
import type { Json } from '@/lib/base/json'
import type { AttrKey, NamespaceKey } from './attr'
import {
  allTopics,
  createTopicCollector,
  entitiesTopic,
  fromTopicsJson,
  joinTopics,
  linksTopic,
  meets,
  type Topic,
  type Topics,
  toTopicsJson,
  valuesTopic,
} from './topics'

const of = (...entries: readonly (readonly [Topic, readonly string[] | null])[]): Topics =>
  new Map(entries.map(([topic, ids]) => [topic, ids && new Set(ids)]))

const entities = entitiesTopic(1 as NamespaceKey)
const values = valuesTopic(1 as AttrKey)
const links = linksTopic(1 as AttrKey)

test.each<[rule: string, written: Topics, read: Topics, expected: boolean]>([
  ['the same entity of a topic', of([values, ['a', 'b']]), of([values, ['b', 'c']]), true],
  ['other entities', of([values, ['a']]), of([values, ['b']]), false],
  ['any entity, written', of([values, null]), of([values, ['b']]), true],
  ['any entity, read', of([values, ['a']]), of([values, null]), true],
  ['the same entity of another topic', of([values, ['a']]), of([links, ['a']]), false],
  ['one topic of several', of([values, ['a']], [entities, ['b']]), of([entities, null]), true],
  ['everything, read', of([values, ['a']]), allTopics, true],
  ['everything, written', allTopics, of(['rules', null]), true],
  ['nothing, written', of(), allTopics, false],
  ['nothing, read', allTopics, of(), false],
])('%s', (_rule, written, read, expected) => {
  expect(meets(written, read)).toBe(expected)
})

test('a topic with too many entities comes to be about any', () => {
  const collector = createTopicCollector(2)
  collector.add(values, ['a', 'b'])
  collector.add(values, ['b'])
  expect(collector.topics).toEqual(of([values, ['a', 'b']]))
  collector.add(values, ['c'])
  expect(collector.topics).toEqual(of([values, null]))
  collector.add(values, ['a'])
  collector.add(links, new Set(['a', 'b', 'c']))
  expect(collector.topics).toEqual(of([values, null], [links, null]))
})

test('a topic about no entity is none', () => {
  const collector = createTopicCollector(2)
  collector.add(values, [])
  collector.add(links, new Set())
  expect(collector.topics).toEqual(of())
})

test('a set that several topics share is not changed by adding to one of them', () => {
  const collector = createTopicCollector(9)
  const shared = new Set(['a'])
  collector.add(values, shared)
  collector.add(links, shared)
  collector.add(values, ['b'])
  expect(collector.topics.get(links)).toBe(shared)
  expect(collector.topics).toEqual(of([values, ['a', 'b']], [links, ['a']]))
})

test('topics that are joined are whatever is in any of them', () => {
  expect(joinTopics([of([values, ['a']]), of([values, ['b']], [links, null]), of()])).toEqual(
    of([values, ['a', 'b']], [links, null]),
  )
})

test('topics are the same after they have been stored', () => {
  const topics = of([entities, ['a', 'b']], [links, null], ['schema', null])
  const stored = JSON.parse(JSON.stringify(toTopicsJson(topics))) as Json

  expect(fromTopicsJson(stored)).toEqual(topics)
  expect(fromTopicsJson(null)).toBe(allTopics)
})
