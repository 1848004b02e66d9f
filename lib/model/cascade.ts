import { type AppSchema, findNamespace, type Link } from './schema'

/** A link along which a deletion goes on. */
export interface Cascade {
  readonly link: Link
  /** Namespaces that the deletion can reach from the link's target, by name. */
  readonly further: readonly string[]
}

/** What the schema says of a deletion in a namespace: the links it follows, and where those lead. */
export function findCascades(schema: AppSchema, namespace: string): readonly Cascade[] {
  return cascadingLinks(schema, namespace).map((link) => ({
    link,
    further: [...reach(schema, link.target, new Set())]
      .filter((name) => name !== link.target && name !== namespace)
      .sort(),
  }))
}

function cascadingLinks(schema: AppSchema, namespace: string): readonly Link[] {
  const links = findNamespace(schema, namespace)?.links ?? []
  return links.filter(({ deletesTargets }) => deletesTargets)
}

function reach(schema: AppSchema, namespace: string, reached: Set<string>): Set<string> {
  for (const { target } of cascadingLinks(schema, namespace)) {
    if (reached.has(target)) continue
    reached.add(target)
    reach(schema, target, reached)
  }
  return reached
}
