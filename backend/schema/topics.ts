import type { Json, JsonObject } from '@/lib/base/json'
import { isJsonObject } from '@/lib/base/json'
import type { AttrKey, NamespaceKey } from './attr'

/**
 * Something of an app that transactions change and answers depend on: that entities of a namespace
 * are there, the values of an attribute, the links of an attribute, the schema, the rules, or all
 * of it.
 */
export type Topic = `e${NamespaceKey}` | `v${AttrKey}` | `l${AttrKey}` | 'schema' | 'rules' | 'all'

/**
 * What a transaction has written, or what an answer depends on: topics, each with the ids of the
 * entities that it is about, or null for any entity. The topic of a link is about both its ends.
 */
export type Topics = ReadonlyMap<Topic, ReadonlySet<string> | null>

/** Topics that meet any others. */
export const allTopics: Topics = new Map([['all', null]])

export const entitiesTopic = (namespace: NamespaceKey): Topic => `e${namespace}`
export const valuesTopic = (attr: AttrKey): Topic => `v${attr}`
export const linksTopic = (attr: AttrKey): Topic => `l${attr}`

/** Whether what was written may matter to what was read. */
export function meets(written: Topics, read: Topics): boolean {
  if (written.size === 0 || read.size === 0) return false
  if (written.has('all') || read.has('all')) return true
  for (const [topic, ids] of written) {
    const wanted = read.get(topic)
    if (wanted !== undefined && intersects(ids, wanted)) return true
  }
  return false
}

function intersects(a: ReadonlySet<string> | null, b: ReadonlySet<string> | null): boolean {
  if (a === null || b === null) return true
  const [small, large] = a.size < b.size ? [a, b] : [b, a]
  for (const id of small) if (large.has(id)) return true
  return false
}

/** Whatever is in any of them. */
export function joinTopics(parts: readonly Topics[]): Topics {
  const joined = createTopicCollector(Number.POSITIVE_INFINITY)
  for (const part of parts) for (const [topic, ids] of part) joined.add(topic, ids)
  return joined.topics
}

/** Topics while they are gathered. */
export interface TopicCollector {
  readonly topics: Topics
  /** A set may be kept as it is, so that topics with the same entities share it. */
  add(topic: Topic, ids: ReadonlySet<string> | readonly string[] | null): void
}

/** Gathers topics. One with more than `mostIds` entities comes to be about any. */
export function createTopicCollector(mostIds: number): TopicCollector {
  const topics = new Map<Topic, ReadonlySet<string> | null>()
  const own = new Map<Topic, Set<string>>()
  const store = (topic: Topic, ids: ReadonlySet<string>) => {
    if (ids.size > 0) topics.set(topic, ids.size > mostIds ? null : ids)
  }
  return {
    topics,
    add(topic, ids) {
      const known = topics.get(topic)
      if (known === null) return
      if (ids === null) {
        topics.set(topic, null)
      } else if (!known && ids instanceof Set) {
        store(topic, ids)
      } else {
        const all = own.get(topic) ?? new Set(known)
        for (const id of ids) all.add(id)
        own.set(topic, all)
        store(topic, all)
      }
    },
  }
}

/** As JSON, to be stored with a transaction. */
export function toTopicsJson(topics: Topics): JsonObject {
  return Object.fromEntries([...topics].map(([topic, ids]) => [topic, ids && [...ids]]))
}

/** Topics from their JSON; all topics for what is none. */
export function fromTopicsJson(json: Json): Topics {
  if (!isJsonObject(json)) return allTopics
  const entries = Object.entries(json).map(([topic, ids]): [Topic, ReadonlySet<string> | null] => [
    topic as Topic,
    Array.isArray(ids) ? new Set(ids.map(String)) : null,
  ])
  return new Map(entries)
}
