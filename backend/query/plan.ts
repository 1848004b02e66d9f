import type { Json } from '@/lib/base/json'
import type { DataAttr, LinkAttr, LinkEnd, NamespaceKey } from '../schema/attr'
import type { Page } from './query'

/** A query whose names are attributes, ready to compile. */
export interface Plan {
  readonly roots: readonly Root[]
}

/** A namespace of the answer; `level` is null when the app has no such namespace. */
export interface Root {
  readonly label: string
  readonly level: Level | null
}

/** What to fetch of one namespace at one place in the tree. */
export interface Level {
  readonly namespace: string
  readonly ns: NamespaceKey
  readonly where: Condition
  readonly order: LevelOrder
  readonly page: Page
  /** Some ordering or paging option was given, so page info is due (semantics.md 3.5). */
  readonly isPaged: boolean
  readonly isCount: boolean
  /** Labels of the data attributes to show, by the key their value is stored under. */
  readonly labels: ReadonlyMap<string, string>
  /** Has-one forward links that are not expanded: shown as the target's id (semantics.md 4). */
  readonly rawLinks: readonly LinkAttr[]
  readonly children: readonly Child[]
}

/** An expanded link; `link` is null when the namespace has no such label. */
export interface Child {
  readonly label: string
  readonly link: LinkEnd | null
  readonly level: Level | null
}

export interface LevelOrder {
  /** The attribute ordered by, or null for the time of creation. */
  readonly attr: DataAttr | null
  readonly direction: 'asc' | 'desc'
  /** Wire id of the order attribute in cursors: the `id` attribute for the time of creation. */
  readonly attrId: string
}

/** A `where` whose paths have been resolved. */
export type Condition =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] }
  /** A path named something unknown: the node matches nothing. */
  | { readonly kind: 'never' }
  /** All chains hold, over one choice of the entities that they pass in common. */
  | { readonly kind: 'joined'; readonly chains: readonly Chain[] }
  /** Some chain ends in an entity that fails the test, or breaks on the way. */
  | { readonly kind: 'lacking'; readonly chain: Chain }

/** A walk over links and what must hold at its end. */
export interface Chain {
  readonly hops: readonly LinkEnd[]
  readonly test: Test
}

export type Comparison = 'gt' | 'gte' | 'lt' | 'lte'

/** What is asked of the entity at the end of a chain. None holds for a value that is not there. */
export type Test =
  | { readonly kind: 'oneOf'; readonly attr: DataAttr; readonly values: readonly Json[] }
  /** The value is null or missing. Asked of indexed attributes only. */
  | { readonly kind: 'nothing'; readonly attr: DataAttr }
  | { readonly kind: 'present'; readonly attr: DataAttr }
  | {
      readonly kind: 'compare'
      readonly attr: DataAttr
      readonly by: Comparison
      readonly to: Json
    }
  | {
      readonly kind: 'like'
      readonly attr: DataAttr
      readonly pattern: string
      readonly isCaseSensitive: boolean
    }
  /** The entity exists and its id is one of these; any id will do when null. */
  | { readonly kind: 'hasId'; readonly ids: readonly string[] | null }
  /** Linked to one of these ids; to anything when null. */
  | { readonly kind: 'linked'; readonly link: LinkEnd; readonly ids: readonly string[] | null }
  | { readonly kind: 'linkedToOther'; readonly link: LinkEnd; readonly id: string }
  /** Any of the tests, on the same entity. */
  | { readonly kind: 'either'; readonly of: readonly Test[] }

/** Whether a level shows whatever of its namespace may be shown. */
export function isUnfiltered({ where }: Level): boolean {
  return where.kind === 'all' && where.of.length === 0
}
