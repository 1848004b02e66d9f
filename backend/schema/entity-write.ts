import type { Json } from '@/lib/base/json'
import type { AttrKey, DataAttr, LinkAttr, NamespaceKey } from './attr'

/** An entity in one of its namespaces: the same id may stand in several. */
export interface EntityKey {
  readonly namespace: NamespaceKey
  readonly id: string
}

/** New values of one entity. What is not mentioned stays as it is. */
export interface EntityWrite extends EntityKey {
  /** The entity is not stored yet, so `values` is all it gets. */
  readonly isNew: boolean
  readonly values: ReadonlyMap<DataAttr, Json>
}

/** A value to be kept in the index table; undefined where the entity has none. */
export interface IndexWrite {
  readonly attr: DataAttr
  readonly id: string
  readonly value: Json | undefined
}

/** A link as it is stored. */
export interface StoredLink {
  readonly attr: AttrKey
  readonly from: string
  readonly to: string
}

/** A link fact, from its forward side. */
export interface LinkWrite {
  readonly attr: LinkAttr
  readonly from: string
  readonly to: string
}

/** An attribute that an entity must have a value of, or a link for. */
export interface Requirement {
  readonly attr: AttrKey
  readonly entity: EntityKey
}

/** A map key for an entity. */
export function entityKey({ namespace, id }: EntityKey): string {
  return `${namespace}:${id}`
}
