import type { Schema } from '../schema/schema'
import {
  entitiesTopic,
  linksTopic,
  type Topic,
  type TopicCollector,
  valuesTopic,
} from '../schema/topics'
import type { Chain, Condition, Level, Test } from './plan'
import type { EntityRow, Fetched } from './shape'

/** A namespace of an answer, with what was fetched of it; a count has fetched nothing. */
export interface FetchedRoot {
  readonly level: Level
  readonly rows: readonly EntityRow[]
  readonly fetched: Fetched | null
}

/** Ids that something is limited to; null where any entity may matter. */
type Among = ReadonlySet<string> | null

/**
 * Adds what an answer depends on, as far as the query goes. Which entities are in the answer
 * depends on conditions, and on order where a page is cut, of any entity; what is shown, only on
 * the entities that are shown. An entity that comes or goes brings all its links with it, so
 * whatever is reached over a link is known to come or go by that link.
 */
export function addPlanTopics(
  topics: TopicCollector,
  schema: Schema,
  roots: readonly FetchedRoot[],
): void {
  for (const { level, rows, fetched } of roots) {
    const among = idsOf(level.where)
    if (!isLinked(level.where)) topics.add(entitiesTopic(level.ns), among)
    addCondition(topics, level.where, among)
    if (level.order.attr && isCut(level)) topics.add(valuesTopic(level.order.attr.key), among)
    if (fetched) addShown(topics, schema, { fetched, ids: new Set(rows.map(({ id }) => id)) })
  }
}

/** Ids that a level can have at most; null where its `where` names none. */
export function idsOf(where: Condition): Among {
  switch (where.kind) {
    case 'never':
      return new Set()
    case 'lacking':
      return null
    case 'joined':
      return narrowest(
        where.chains.map(({ hops, test }) => (hops.length === 0 ? testIds(test) : null)),
      )
    case 'all':
      return narrowest(where.of.map(idsOf))
    case 'any': {
      const branches = where.of.map(idsOf)
      const known = branches.filter((ids) => ids !== null)
      return known.length < branches.length ? null : new Set(known.flatMap((ids) => [...ids]))
    }
  }
}

function testIds(test: Test): Among {
  return test.kind === 'hasId' && test.ids ? new Set(test.ids) : null
}

function narrowest(choices: readonly Among[]): Among {
  return choices.reduce((least, ids) => {
    if (least === null || ids === null) return least ?? ids
    return ids.size < least.size ? ids : least
  }, null)
}

/** Whether only entities with a link that the condition follows can satisfy it. */
function isLinked(condition: Condition): boolean {
  switch (condition.kind) {
    case 'never':
      return true
    case 'lacking':
      return false
    case 'joined':
      return condition.chains.some(({ hops, test }) => hops.length > 0 || isLinkTest(test))
    case 'all':
      return condition.of.some(isLinked)
    case 'any':
      return condition.of.every(isLinked)
  }
}

function isLinkTest({ kind }: Test): boolean {
  return kind === 'linked' || kind === 'linkedToOther'
}

function addCondition(topics: TopicCollector, condition: Condition, among: Among): void {
  switch (condition.kind) {
    case 'never':
      return
    case 'all':
    case 'any':
      for (const part of condition.of) addCondition(topics, part, among)
      return
    case 'joined':
      for (const chain of condition.chains) addChain(topics, chain, { among, isPositive: true })
      return
    case 'lacking':
      addChain(topics, condition.chain, { among, isPositive: false })
  }
}

interface ChainUse {
  /** What the chain starts at. */
  readonly among: Among
  /** Only links to what the test names matter: whatever else there is does not break the chain. */
  readonly isPositive: boolean
}

function addChain(topics: TopicCollector, { hops, test }: Chain, use: ChainUse): void {
  hops.forEach(({ attr }, index) => {
    const start = index === 0 ? use.among : null
    const end = index === hops.length - 1 && use.isPositive ? testIds(test) : null
    topics.add(linksTopic(attr.key), end ?? start)
  })
  addTest(topics, test, { ...use, among: hops.length === 0 ? use.among : null })
}

function addTest(topics: TopicCollector, test: Test, { among, isPositive }: ChainUse): void {
  switch (test.kind) {
    case 'oneOf':
    case 'nothing':
    case 'present':
    case 'compare':
    case 'like':
      topics.add(valuesTopic(test.attr.key), among)
      return
    case 'hasId':
      return
    case 'linked':
      topics.add(linksTopic(test.link.attr.key), (isPositive ? test.ids : null) ?? among)
      return
    case 'linkedToOther':
      topics.add(linksTopic(test.link.attr.key), among)
      return
    case 'either':
      for (const part of test.of) addTest(topics, part, { among, isPositive })
  }
}

/** Whether which entities are in the answer depends on their order. */
function isCut({ page, isCount }: Level): boolean {
  return !isCount && (page.take ?? page.offset ?? page.after ?? page.before) !== null
}

function addShown(
  topics: TopicCollector,
  schema: Schema,
  { fetched, ids }: { readonly fetched: Fetched; readonly ids: ReadonlySet<string> },
): void {
  if (ids.size === 0) return
  const { level, children } = fetched
  for (const key of level.labels.keys()) topics.add(`v${key}` as Topic, ids)
  if (level.order.attr) topics.add(valuesTopic(level.order.attr.key), ids)
  for (const { key } of level.rawLinks) topics.add(linksTopic(key), ids)
  // `url` is made of where the bytes are, which is not shown itself.
  const location = level.namespace === '$files' && schema.dataAttr('$files', 'location-id')
  if (location) topics.add(valuesTopic(location.key), ids)
  for (const { child, rowsByParent, fetched: below } of children) {
    if (!child.link || !child.level || !below) continue
    topics.add(linksTopic(child.link.attr.key), ids)
    addCondition(topics, child.level.where, idsOf(child.level.where))
    const shown = new Set([...rowsByParent.values()].flatMap((rows) => rows.map(({ id }) => id)))
    addShown(topics, schema, { fetched: below, ids: shown })
  }
}
