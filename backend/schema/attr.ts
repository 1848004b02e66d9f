declare const brand: unique symbol

/** Compact number of an app in SQL. Its uuid is what clients know it by. */
export type AppKey = number & { readonly [brand]: 'app' }
/** Compact number of a namespace in SQL: below 1,000 for system namespaces, the same in every app. */
export type NamespaceKey = number & { readonly [brand]: 'namespace' }
/**
 * Compact number of an attribute in SQL, and its key in `entities.data`. Below 1,000 for system
 * attributes, the same in every app. Never reused, so a rename or deletion touches no row.
 */
export type AttrKey = number & { readonly [brand]: 'attr' }

/** What can be demanded of the values of an attribute, and taken back (contract http.md 6.14). */
export type ConstraintType =
  | 'index'
  | 'remove-index'
  | 'unique'
  | 'remove-unique'
  | 'required'
  | 'remove-required'
  | 'check-data-type'
  | 'remove-data-type'

/** Types whose values are checked on write; attributes of any other type take any JSON. */
export type CheckedType = 'string' | 'number' | 'boolean' | 'date'

/** One name of an attribute. `id` is the ident id of the wire (contract http.md 8.1). */
export interface AttrName {
  readonly id: string
  readonly namespace: string
  readonly label: string
}

interface AttrBase {
  readonly key: AttrKey
  /** The uuid clients know the attribute by. */
  readonly id: string
  readonly forward: AttrName
  readonly isUnique: boolean
  readonly isIndexed: boolean
  readonly isRequired: boolean
  readonly catalog: 'user' | 'system'
  /** What jobs are about to make of it and have not yet; absent when there are none. */
  readonly pending?: readonly ConstraintType[]
}

/** Holds at most one JSON value per entity. The attribute labelled `id` holds the entity's id. */
export interface DataAttr extends AttrBase {
  readonly kind: 'data'
  /**
   * Number under which the index table has its values: `key`, until a job has made rows of another
   * form under a number of their own.
   */
  readonly indexKey: AttrKey
  readonly checkedType: CheckedType | null
  /** The one system blob that carries a reverse name (contract http.md 8.2). Otherwise null. */
  readonly reverse: AttrName | null
  readonly onDelete: 'cascade' | null
}

/** Points at entities of the namespace named by `reverse`; stored once, from the forward side. */
export interface LinkAttr extends AttrBase {
  readonly kind: 'link'
  readonly reverse: AttrName
  /** How many targets a forward entity has; `isUnique` says a target has one forward entity. */
  readonly cardinality: 'one' | 'many'
  /** Deleting a target deletes the forward entities that point at it. */
  readonly onDelete: 'cascade' | null
  /** Deleting a forward entity deletes its targets. */
  readonly onDeleteReverse: 'cascade' | null
}

export type Attr = DataAttr | LinkAttr

/** A link seen from one of its ends. */
export interface LinkEnd {
  readonly attr: LinkAttr
  readonly direction: 'forward' | 'reverse'
  /** Namespace at the other end. */
  readonly target: string
  /** At most one entity stands at the other end. */
  readonly isSingular: boolean
}

/** How an attribute's values are kept in the index table; null when it is not indexed at all. */
export type IndexColumn = 'number' | 'text'

/**
 * Where the index table keeps the values of a data attribute that is indexed or unique. Strings
 * are kept as they are, untyped values as their jsonb text, everything else as a number.
 */
export function indexColumn(attr: DataAttr): IndexColumn | null {
  if (!attr.isIndexed && !attr.isUnique) return null
  if (attr.forward.label === 'id') return null
  return attr.checkedType === null || attr.checkedType === 'string' ? 'text' : 'number'
}

/** An attribute's key as it stands in `entities.data`. */
export function dataKey(key: AttrKey): string {
  return String(key)
}
