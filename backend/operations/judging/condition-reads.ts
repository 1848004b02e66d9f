import type { Chain, Condition, Level, Test } from '@/backend/query/plan'
import type { Attr, LinkEnd } from '@/backend/schema/attr'

/** Something that a condition reads: an attribute of entities of a namespace, or that they exist. */
export interface Read {
  readonly namespace: string
  readonly attr: Attr | null
  /** Whether it is read off the row of the level itself, which is judged when it is shown. */
  readonly isShown: boolean
  /** Whether its text is searched by a pattern. */
  readonly isPattern?: true
}

/** Everything that the conditions of a level and of those below it read. */
export function levelReads(level: Level): readonly Read[] {
  return [
    ...conditionReads(level.where, level.namespace),
    ...level.children.flatMap((child) => (child.level ? levelReads(child.level) : [])),
  ]
}

function conditionReads(condition: Condition, namespace: string): readonly Read[] {
  switch (condition.kind) {
    case 'never':
      return []
    case 'all':
    case 'any':
      return condition.of.flatMap((part) => conditionReads(part, namespace))
    case 'joined':
      return condition.chains.flatMap((chain) => chainReads(chain, namespace))
    case 'lacking':
      return chainReads(condition.chain, namespace)
  }
}

function chainReads({ hops, test }: Chain, start: string): readonly Read[] {
  const namespaces = [start, ...hops.map(({ target }) => target)]
  const passed = hops.map((hop, index) =>
    linkRead(hop, { namespace: namespaces[index] ?? start, isShown: index === 0 }),
  )
  const namespace = namespaces[namespaces.length - 1] ?? start
  return [...passed, ...testReads(test, { namespace, isShown: hops.length === 0 })]
}

/** A link is read off the entity on its forward side (contract semantics.md 6.4). */
function linkRead({ attr, direction, target }: LinkEnd, here: Here): Read {
  return direction === 'forward' ? { ...here, attr } : { namespace: target, attr, isShown: false }
}

type Here = Pick<Read, 'namespace' | 'isShown'>

function testReads(test: Test, here: Here): readonly Read[] {
  switch (test.kind) {
    case 'oneOf':
    case 'nothing':
    case 'present':
    case 'compare':
      return [{ ...here, attr: test.attr }]
    case 'like':
      return [{ ...here, attr: test.attr, isPattern: true }]
    case 'hasId':
      return [{ ...here, attr: null }]
    case 'linked':
    case 'linkedToOther':
      return [linkRead(test.link, here)]
    case 'either':
      return test.of.flatMap((part) => testReads(part, here))
  }
}
