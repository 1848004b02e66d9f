import type { Definition, LinkDefinition } from './definition'
import type { Name } from './draft'
import type { Schema } from './schema'

/**
 * Why a definition cannot become the schema, one message for each reason (contract semantics.md
 * 8): names that are taken, links turned around, cascades where they cannot be.
 */
export function planIssues(schema: Schema, definition: Definition): readonly string[] {
  const owners = countNames(definition)
  const isDuplicate = (name: Name) => (owners.get(nameKey(name)) ?? 0) > 1
  const attrs = definition.namespaces.flatMap(({ name: namespace, attrs }) =>
    attrs
      .map(({ label }) => ({ namespace, label }))
      .filter((name) => isDuplicate(name) || schema.link(name.namespace, name.label))
      .map(duplicate),
  )
  const links = definition.links
    .filter((link) => !isSystemLink(schema, link))
    .flatMap((link) => [
      ...nameIssues(schema, definition, { link, isDuplicate }),
      ...cascadeIssues(link),
    ])
  return [...new Set([...attrs, ...links])]
}

/** The attribute of the schema that has the four names of the link, if there is one. */
export function findLink(
  schema: Schema,
  { forward, reverse }: Pick<LinkDefinition, 'forward' | 'reverse'>,
) {
  const end = schema.link(forward.namespace, forward.label)
  if (end?.direction !== 'forward') return undefined
  const { attr } = end
  return isSame(attr.reverse, reverse) ? attr : undefined
}

/** Links of Instant's own are what they are, whatever a definition says of them. */
export function isSystemLink(schema: Schema, link: LinkDefinition): boolean {
  return findLink(schema, link)?.catalog === 'system'
}

function nameIssues(
  schema: Schema,
  definition: Definition,
  { link, isDuplicate }: { link: LinkDefinition; isDuplicate: (name: Name) => boolean },
): readonly string[] {
  const { forward, reverse } = link
  const turned = { forward: reverse, reverse: forward }
  const hasTurned =
    !isSame(forward, reverse) &&
    (findLink(schema, turned) ||
      definition.links.some(
        (other) => isSame(other.forward, turned.forward) && isSame(other.reverse, turned.reverse),
      ))
  if (hasTurned) return [conflicting(forward)]
  const isThere = findLink(schema, link) !== undefined
  return [forward, reverse]
    .filter((name) => isDuplicate(name) || (!isThere && isTaken(schema, name)))
    .map(duplicate)
}

function cascadeIssues(link: LinkDefinition): readonly string[] {
  return [
    ...(link.onDelete && link.cardinality !== 'one' ? [cascade(link.forward)] : []),
    ...(link.onDeleteReverse && !link.isUnique ? [cascade(link.reverse)] : []),
  ]
}

function isTaken(schema: Schema, { namespace, label }: Name): boolean {
  return (
    schema.dataAttr(namespace, label) !== undefined || schema.link(namespace, label) !== undefined
  )
}

function countNames({ namespaces, links }: Definition): ReadonlyMap<string, number> {
  const names = [
    ...namespaces.flatMap(({ name: namespace, attrs }) =>
      attrs.map(({ label }) => ({ namespace, label })),
    ),
    ...links.flatMap(({ forward, reverse }) => [forward, reverse]),
  ]
  const counts = new Map<string, number>()
  for (const name of names) counts.set(nameKey(name), (counts.get(nameKey(name)) ?? 0) + 1)
  return counts
}

function duplicate({ namespace, label }: Name): string {
  return `${namespace}->${label}: Duplicate entry found for attribute. Every attribute and every side of a link needs a name of its own; rename one of them.`
}

function conflicting({ namespace, label }: Name): string {
  return `${namespace}->${label}: Conflicting link found for attribute. The same link is there with forward and reverse exchanged; keep its direction.`
}

function cascade({ namespace, label }: Name): string {
  return `${namespace}->${label}: Cascade delete is only possible on links with \`has: 'one'\`. Remove onDelete, or let this side have one.`
}

function nameKey({ namespace, label }: Name): string {
  return `${namespace}\0${label}`
}

function isSame(a: Name, b: Name): boolean {
  return a.namespace === b.namespace && a.label === b.label
}
