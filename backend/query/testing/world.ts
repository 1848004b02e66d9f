/** A tiny app in memory, against which a brute-force reading of InstaQL can be run. */
export interface World {
  readonly entities: Readonly<Record<string, readonly WorldEntity[]>>
  readonly links: readonly WorldLink[]
}

export interface WorldEntity {
  readonly id: string
  readonly [label: string]: unknown
}

/** A link by its two names, and the pairs of ids that it joins. */
export interface WorldLink {
  readonly from: { readonly namespace: string; readonly label: string }
  readonly to: { readonly namespace: string; readonly label: string }
  readonly pairs: readonly (readonly [string, string])[]
}

/** Ids that a label leads to from an entity; null when the namespace has no such link. */
export function follow(
  world: World,
  { namespace, label }: { namespace: string; label: string },
  id: string,
): { readonly target: string; readonly ids: readonly string[] } | null {
  for (const { from, to, pairs } of world.links) {
    if (from.namespace === namespace && from.label === label) {
      return { target: to.namespace, ids: pairs.filter(([a]) => a === id).map(([, b]) => b) }
    }
    if (to.namespace === namespace && to.label === label) {
      return { target: from.namespace, ids: pairs.filter(([, b]) => b === id).map(([a]) => a) }
    }
  }
  return null
}
