/**
 * An app's schema in the words of the dashboard. A link is listed under both of its namespaces, each
 * time as seen from there, so nothing that draws or walks links has to know which side is forward.
 */
export interface AppSchema {
  /** The title the backend knows, or null when it tells none. */
  readonly title: string | null
  /** The app's own by name, then the system's that people work with. Internal ones are left out. */
  readonly namespaces: readonly Namespace[]
}

export interface Namespace {
  readonly name: string
  readonly isSystem: boolean
  /** `id` first, then the one that titles a record, then by name. */
  readonly attributes: readonly Attribute[]
  readonly links: readonly Link[]
  /** The attribute that names a record to a person, or null when there is none but the id. */
  readonly titleAttribute: string | null
}

export type AttributeType = 'string' | 'number' | 'boolean' | 'date' | 'json' | 'any'

export interface Attribute {
  readonly name: string
  /** The enforced type, or else the only one seen in stored values. */
  readonly type: AttributeType
  /** Whether the backend enforces the type. */
  readonly isTyped: boolean
  readonly isIndexed: boolean
  readonly isUnique: boolean
  readonly isRequired: boolean
  readonly isSystem: boolean
}

export interface Link {
  readonly label: string
  readonly target: string
  /** The label of the same link seen from the target. */
  readonly targetLabel: string
  readonly cardinality: 'one' | 'many'
  readonly isForward: boolean
  readonly isRequired: boolean
  /** Whether deleting a record on this side deletes its targets too. */
  readonly deletesTargets: boolean
}

export function findNamespace(schema: AppSchema, name: string): Namespace | undefined {
  return schema.namespaces.find((namespace) => namespace.name === name)
}

export function findAttribute(namespace: Namespace, name: string): Attribute | undefined {
  return namespace.attributes.find((attribute) => attribute.name === name)
}

export function findLink(namespace: Namespace, label: string): Link | undefined {
  return namespace.links.find((link) => link.label === label)
}

/** Why records cannot be sorted by an attribute, or null when they can. */
export function whyNotSortable(attribute: Attribute): string | null {
  if (attribute.name === 'id') return 'Instant does not sort by id.'
  if (attribute.isIndexed && attribute.isTyped) return null
  const lacks = [!attribute.isIndexed && 'an index', !attribute.isTyped && 'a checked type']
  return `To sort by ${attribute.name}, give it ${lacks.filter(Boolean).join(' and ')} in the schema.`
}

// Those of the system's own attributes that its routes maintain and a transaction may not set.
const maintained: Record<string, readonly string[]> = {
  $files: ['size', 'content-type', 'content-disposition', 'location-id', 'key-version', 'url'],
}

/** Why a value cannot be edited, or null when it can. */
export function whyNotEditable(namespace: Namespace, attribute: Attribute): string | null {
  if (attribute.name === 'id') return 'The id of a record never changes.'
  if (maintained[namespace.name]?.includes(attribute.name)) {
    return 'Instant keeps this value itself.'
  }
  return null
}

const titles = [
  ...['name', 'fullName', 'displayName', 'title', 'subject', 'label'],
  ...['email', 'handle', 'username', 'path', 'slug', 'number', 'code', 'key'],
]

/**
 * The attribute that names a record: a usual one, or else the first that holds text. A user is named
 * by the address that signs in, whatever else the app stores.
 */
export function pickTitle(namespace: string, attributes: readonly Attribute[]): string | null {
  const has = (title: string) => attributes.some(({ name }) => name === title)
  if (namespace === '$users' && has('email')) return 'email'
  const text = attributes.find(({ type, name }) => type === 'string' && name !== 'id')
  return titles.find(has) ?? text?.name ?? null
}
