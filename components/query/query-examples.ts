import type { AppSchema, Attribute, Namespace } from '@/lib/model/schema'

export interface QueryExample {
  readonly title: string
  readonly text: string
}

/**
 * Three queries that this very app can answer, from plain to particular: the newest records of a
 * namespace, records with what is linked to them, and a condition on an attribute.
 */
export function queryExamples({ namespaces }: AppSchema): readonly QueryExample[] {
  const own = namespaces.filter(({ isSystem }) => !isSystem)
  const all = own.length > 0 ? own : namespaces
  const byRichness = [...all].sort((a, b) => richness(b) - richness(a))
  const [richest] = byRichness
  if (!richest) return []
  const linked = byRichness.find(({ links }) => links.length > 0)
  const filtered = byRichness.find((namespace) => conditionIn(namespace)) ?? richest
  return [newest(richest), linked ? withLink(linked) : whole(richest), where(filtered)]
}

// What an app is about usually has the most links and attributes.
function richness({ links, attributes }: Namespace): number {
  return links.length * 3 + attributes.length
}

function newest({ name }: Namespace): QueryExample {
  return {
    title: `The 10 newest ${name}`,
    text: `{\n  ${key(name)}: {\n    $: { limit: 10, order: { serverCreatedAt: 'desc' } },\n  },\n}\n`,
  }
}

function whole({ name }: Namespace): QueryExample {
  return { title: `All ${name}`, text: `{ ${key(name)}: {} }\n` }
}

function withLink({ name, links }: Namespace): QueryExample {
  const link = links.find(({ cardinality }) => cardinality === 'many') ?? links[0]
  const label = link?.label ?? ''
  return {
    title: `${name} with their ${label}`,
    text: `{\n  ${key(name)}: {\n    $: { limit: 5 },\n    ${key(label)}: {},\n  },\n}\n`,
  }
}

function where(namespace: Namespace): QueryExample {
  const { name } = namespace
  const condition = conditionIn(namespace) ?? {
    title: 'that exist',
    text: 'id: { $isNull: false }',
  }
  return {
    title: `${name} ${condition.title}`,
    text: `{\n  ${key(name)}: {\n    $: { where: { ${condition.text} }, limit: 20 },\n  },\n}\n`,
  }
}

interface Condition {
  readonly title: string
  readonly text: string
}

/** The most telling condition the namespace's attributes allow. */
function conditionIn({ attributes }: Namespace): Condition | null {
  const usable = attributes.filter(({ name }) => name !== 'id')
  const comparable = usable.filter(({ isIndexed, isTyped }) => isIndexed && isTyped)
  const flag = usable.find(({ type }) => type === 'boolean')
  if (flag) return { title: `where ${flag.name} is true`, text: `${key(flag.name)}: true` }
  const text = comparable.find(({ type }) => type === 'string')
  if (text)
    return { title: `with an “a” in ${text.name}`, text: `${key(text.name)}: { $ilike: '%a%' }` }
  const number = comparable.find(({ type }) => type === 'number')
  if (number)
    return { title: `with ${number.name} above 0`, text: `${key(number.name)}: { $gt: 0 }` }
  return present(usable[0])
}

function present(attribute: Attribute | undefined): Condition | null {
  if (!attribute) return null
  const { name } = attribute
  return { title: `that have ${name}`, text: `${key(name)}: { $isNull: false }` }
}

/** A name as a key of an object literal: quoted only where it must be. */
export function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name.replaceAll(/[\\']/g, '\\$&')}'`
}
