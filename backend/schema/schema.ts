import {
  type Attr,
  type DataAttr,
  dataKey,
  type LinkAttr,
  type LinkEnd,
  type NamespaceKey,
} from './attr'

/**
 * Everything an app's attributes say, indexed by name. Immutable: a change of the schema makes a
 * new one with a higher `version`.
 */
export interface Schema {
  readonly version: number
  /** User and system attributes, ordered by id. */
  readonly attrs: readonly Attr[]
  /** Key of a namespace, whether or not it has an `id` attribute yet. */
  namespaceKey(namespace: string): NamespaceKey | undefined
  /** Whether entities can be in the namespace: those of one without an `id` cannot be seen. */
  hasNamespace(namespace: string): boolean
  /** Names of all namespaces, system ones first. */
  readonly namespaces: readonly string[]
  dataAttr(namespace: string, label: string): DataAttr | undefined
  /** The link that `label` names from `namespace`, in whichever direction. */
  link(namespace: string, label: string): LinkEnd | undefined
  attrById(id: string): Attr | undefined
  /** Data attributes of a namespace, `id` included, as they were defined one after another. */
  dataAttrs(namespace: string): readonly DataAttr[]
  /** The labels of the same, less `id`, by the key of a value in `entities.data`. */
  labels(namespace: string): ReadonlyMap<string, string>
  /** Links whose forward side is the namespace. */
  linksFrom(namespace: string): readonly LinkAttr[]
  /** Links whose reverse side is the namespace. */
  linksTo(namespace: string): readonly LinkAttr[]
  /** Jobs that go through a namespace, and have to be told of each entity that changes meanwhile. */
  readonly scans: readonly Scan[]
}

/** A job on its way through a namespace. */
export interface Scan {
  readonly job: number
  readonly namespace: NamespaceKey
}

/** A namespace and its compact key. */
export interface Namespace {
  readonly key: NamespaceKey
  readonly name: string
}

/** Builds the index. Names are unique among the given attributes; the store guarantees it. */
export function createSchema(
  version: number,
  attrs: readonly Attr[],
  namespaces: readonly Namespace[],
  scans: readonly Scan[] = [],
): Schema {
  const sorted = [...attrs].sort((a, b) => (a.id < b.id ? -1 : 1))
  const keys = new Map(namespaces.map(({ name, key }) => [name, key]))
  const byId = new Map(sorted.map((attr) => [attr.id, attr]))
  const data = new Map<string, Map<string, DataAttr>>()
  const links = new Map<string, Map<string, LinkEnd>>()
  const from = new Map<string, LinkAttr[]>()
  const to = new Map<string, LinkAttr[]>()

  for (const attr of sorted) {
    if (attr.kind === 'data') {
      nested(data, attr.forward.namespace).set(attr.forward.label, attr)
      continue
    }
    nested(links, attr.forward.namespace).set(attr.forward.label, forwardEnd(attr))
    nested(links, attr.reverse.namespace).set(attr.reverse.label, reverseEnd(attr))
    listed(from, attr.forward.namespace).push(attr)
    listed(to, attr.reverse.namespace).push(attr)
  }

  const dataLists = new Map(
    [...data].map(([name, attrs]) => [name, [...attrs.values()].sort((a, b) => a.key - b.key)]),
  )
  const labels = new Map([...dataLists].map(([name, attrs]) => [name, labelsOf(attrs)]))
  return {
    version,
    attrs: sorted,
    namespaces: namespaces.map(({ name }) => name).filter((name) => data.has(name)),
    namespaceKey: (namespace) => keys.get(namespace),
    hasNamespace: (namespace) => data.get(namespace)?.has('id') ?? false,
    dataAttr: (namespace, label) => data.get(namespace)?.get(label),
    link: (namespace, label) => links.get(namespace)?.get(label),
    attrById: (id) => byId.get(id),
    dataAttrs: (namespace) => dataLists.get(namespace) ?? [],
    labels: (namespace) => labels.get(namespace) ?? noLabels,
    linksFrom: (namespace) => from.get(namespace) ?? [],
    linksTo: (namespace) => to.get(namespace) ?? [],
    scans,
  }
}

const noLabels: ReadonlyMap<string, string> = new Map()

function labelsOf(attrs: readonly DataAttr[]): ReadonlyMap<string, string> {
  const shown = attrs.filter(({ forward }) => forward.label !== 'id')
  return new Map(shown.map(({ key, forward }) => [dataKey(key), forward.label]))
}

function forwardEnd(attr: LinkAttr): LinkEnd {
  return {
    attr,
    direction: 'forward',
    target: attr.reverse.namespace,
    isSingular: attr.cardinality === 'one',
  }
}

function reverseEnd(attr: LinkAttr): LinkEnd {
  return { attr, direction: 'reverse', target: attr.forward.namespace, isSingular: attr.isUnique }
}

function nested<T>(outer: Map<string, Map<string, T>>, key: string): Map<string, T> {
  const inner = outer.get(key) ?? new Map<string, T>()
  outer.set(key, inner)
  return inner
}

function listed<T>(lists: Map<string, T[]>, key: string): T[] {
  const list = lists.get(key) ?? []
  lists.set(key, list)
  return list
}
