import type { Level } from '@/backend/query/plan'
import { idsOf } from '@/backend/query/plan-topics'
import type { CompiledRules } from '@/backend/rules/compile-rules'
import { labelsRead } from '@/backend/rules/labels-read'
import type { Program } from '@/backend/rules/program'
import { refsRead } from '@/backend/rules/refs-read'
import type { Schema } from '@/backend/schema/schema'
import {
  entitiesTopic,
  linksTopic,
  type TopicCollector,
  valuesTopic,
} from '@/backend/schema/topics'
import { must } from '@/lib/base/must'
import { levelReads } from './condition-reads'

/** Ids that something is limited to; null where any entity may matter. */
type Among = ReadonlySet<string> | null

/** Adds what decides who a user is and what rules are told of them: the row and its tokens. */
export function addUserTopics(topics: TopicCollector, schema: Schema, userId: string): void {
  const me = new Set([userId])
  topics.add(entitiesTopic(must(schema.namespaceKey('$users'), 'the catalog has $users')), me)
  for (const { key } of schema.dataAttrs('$users')) topics.add(valuesTopic(key), me)
  for (const { key } of schema.linksFrom('$users')) topics.add(linksTopic(key), me)
  const owner = must(
    schema.link('$userRefreshTokens', '$user'),
    'the catalog links tokens to users',
  )
  topics.add(linksTopic(owner.attr.key), me)
}

/**
 * Adds what the view rules of the levels read. Where it cannot be told what a rule reads, that is
 * everything.
 */
export function addRuleTopics(
  topics: TopicCollector,
  { schema, rules, userId }: { schema: Schema; rules: CompiledRules; userId: string | null },
  levels: readonly Level[],
): void {
  topics.add('rules', null)
  for (const [namespace, among] of judged(levels)) {
    const found = [
      rules.rule(namespace, 'view'),
      ...rules.fieldLabels(namespace).map((label) => rules.fieldRule(namespace, label)),
    ]
    for (const rule of found) {
      if (!rule) continue
      if (rule.program.ok)
        addProgram(topics, schema, { program: rule.program.data, namespace, among, userId })
      else topics.add('all', null)
    }
  }
}

/** Namespaces that rules are asked of, each with the entities that they may be asked about. */
function judged(levels: readonly Level[]): ReadonlyMap<string, Among> {
  const found = new Map<string, Among>()
  const note = (namespace: string, among: Among) => {
    const known = found.get(namespace)
    const isAny = known === null || among === null
    found.set(namespace, isAny ? null : new Set([...(known ?? []), ...among]))
  }
  const noteBelow = ({ children }: Level): void => {
    for (const { level } of children) {
      if (!level) continue
      note(level.namespace, null)
      noteBelow(level)
    }
  }
  for (const level of levels) {
    note(level.namespace, idsOf(level.where))
    noteBelow(level)
    const reads = levelReads(level)
    // Conditions that follow no link ask about nothing but the entities of their own level.
    if (!reads.some(({ attr }) => attr?.kind === 'link')) continue
    for (const { namespace } of reads) note(namespace, null)
  }
  return found
}

interface Asked {
  readonly program: Program
  readonly namespace: string
  readonly among: Among
  readonly userId: string | null
}

function addProgram(
  topics: TopicCollector,
  schema: Schema,
  { program, namespace, among, userId }: Asked,
): void {
  const refs = refsRead(program)
  if (!refs) {
    topics.add('all', null)
    return
  }
  const attrs = [...schema.dataAttrs(namespace), ...schema.linksFrom(namespace)]
  const labels = labelsRead(program)
  for (const { kind, key, forward } of attrs) {
    if (labels && !labels.has(forward.label)) continue
    topics.add(kind === 'data' ? valuesTopic(key) : linksTopic(key), among)
  }
  for (const { source, path } of refs) {
    if (source === 'data') addPath(topics, schema, { namespace, path, among })
    else if (userId !== null)
      addPath(topics, schema, { namespace: '$users', path, among: new Set([userId]) })
  }
}

function addPath(
  topics: TopicCollector,
  schema: Schema,
  {
    namespace,
    path,
    among,
  }: { readonly namespace: string; readonly path: string; readonly among: Among },
): void {
  let here = namespace
  let ids = among
  for (const label of path.split('.')) {
    const link = schema.link(here, label)
    const attr = schema.dataAttr(here, label)
    if (attr) topics.add(valuesTopic(attr.key), ids)
    if (!link) return
    topics.add(linksTopic(link.attr.key), ids)
    here = link.target
    ids = null
  }
}
