import { z } from 'zod'
import { extraKey } from '@/lib/model/extra-key'
import {
  type AppSchema,
  type Attribute,
  type AttributeType,
  type Link,
  type Namespace,
  pickTitle,
} from '@/lib/model/schema'

const wireAttribute = z.object({
  'forward-identity': z.tuple([z.string(), z.string(), z.string()]),
  'reverse-identity': z.tuple([z.string(), z.string(), z.string()]).nullish(),
  'value-type': z.enum(['blob', 'ref']),
  cardinality: z.enum(['one', 'many']),
  'unique?': z.boolean(),
  'index?': z.boolean(),
  'required?': z.boolean().nullish(),
  'checked-data-type': z.string().nullish(),
  'inferred-types': z.array(z.string()).nullish(),
  catalog: z.string().nullish(),
  'on-delete': z.string().nullish(),
  'on-delete-reverse': z.string().nullish(),
})

/** Asks for the tag of the schema. Backends that have none pass it over. */
export const preferTag = { prefer: 'schema-tag' }

/** What our own embedded backend tells of a schema beyond the contract; others do not have it. */
const schemaExtra = z
  .object({ 'schema-tag': z.string().min(1) })
  .nullish()
  .catch(null)

/** The answer of schema/pull, as far as the dashboard reads it. */
export const wireSchema = z.object({
  schema: z.object({
    refs: z.record(z.string(), wireAttribute),
    blobs: z.record(z.string(), z.record(z.string(), wireAttribute)),
  }),
  'app-title': z.string().nullish(),
  [extraKey]: schemaExtra,
})

type WireAttribute = z.infer<typeof wireAttribute>

const shownSystem = ['$users', '$files']

/** The tag in what may be there of that, or null. */
export function toTag(extra: unknown): string | null {
  return schemaExtra.parse(extra)?.['schema-tag'] ?? null
}

export function toSchema(wire: z.infer<typeof wireSchema>): AppSchema {
  const refs = Object.values(wire.schema.refs)
  const names = new Set(Object.keys(wire.schema.blobs))
  // A namespace that only links to others has no blob of its own.
  for (const ref of refs) {
    names.add(ref['forward-identity'][1])
    if (ref['reverse-identity']) names.add(ref['reverse-identity'][1])
  }
  const shown = [...names].filter(isShown).sort(byKindAndName)
  return {
    title: wire['app-title'] ?? null,
    namespaces: shown.map((name) => toNamespace(name, wire.schema.blobs[name] ?? {}, refs)),
  }
}

function isShown(name: string): boolean {
  return !name.startsWith('$') || shownSystem.includes(name)
}

function byKindAndName(a: string, b: string): number {
  return Number(a.startsWith('$')) - Number(b.startsWith('$')) || a.localeCompare(b)
}

function toNamespace(
  name: string,
  blobs: Record<string, WireAttribute>,
  refs: readonly WireAttribute[],
): Namespace {
  const told = Object.entries(blobs).map(([label, wire]) => toAttribute(label, wire))
  const unsorted = withUntold(name, told)
  const titleAttribute = pickTitle(name, unsorted)
  const rank = (attribute: Attribute) =>
    attribute.name === 'id' ? 0 : attribute.name === titleAttribute ? 1 : 2
  const attributes = [...withId(unsorted)].sort(
    (a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name),
  )
  const links = refs
    .flatMap((ref) => toLinks(name, ref))
    .filter((link) => isShown(link.target))
    .sort((a, b) => a.label.localeCompare(b.label))
  return { name, isSystem: name.startsWith('$'), attributes, links, titleAttribute }
}

const untold: Readonly<Record<string, readonly Attribute[]>> = {
  $files: [ofSystem('size', 'number'), ofSystem('content-type', 'string')],
}

/** With what the records of a system namespace have though schema/pull leaves it out (contract 1: `$files`). */
function withUntold(namespace: string, told: readonly Attribute[]): readonly Attribute[] {
  const missing = (untold[namespace] ?? []).filter(
    ({ name }) => !told.some((attribute) => attribute.name === name),
  )
  return [...told, ...missing]
}

function ofSystem(name: string, type: AttributeType): Attribute {
  return {
    name,
    type,
    isTyped: true,
    isIndexed: true,
    isUnique: false,
    isRequired: name === 'size',
    isSystem: true,
  }
}

function withId(attributes: readonly Attribute[]): readonly Attribute[] {
  if (attributes.some(({ name }) => name === 'id')) return attributes
  const id: Attribute = {
    name: 'id',
    type: 'string',
    isTyped: false,
    isIndexed: true,
    isUnique: true,
    isRequired: false,
    isSystem: true,
  }
  return [id, ...attributes]
}

function toAttribute(name: string, wire: WireAttribute): Attribute {
  const checked = wire['checked-data-type'] ?? null
  return {
    name,
    type: toType(checked ?? onlyOne(wire['inferred-types'] ?? [])),
    isTyped: checked !== null,
    isIndexed: wire['index?'],
    isUnique: wire['unique?'],
    isRequired: wire['required?'] ?? false,
    isSystem: wire.catalog === 'system',
  }
}

function onlyOne(types: readonly string[]): string | undefined {
  return types.length === 1 ? types[0] : undefined
}

const types: readonly AttributeType[] = ['string', 'number', 'boolean', 'date', 'json']

function toType(type: string | undefined): AttributeType {
  return types.find((each) => each === type) ?? 'any'
}

/** A link as seen from a namespace: none, one, or two when it links the namespace to itself. */
function toLinks(namespace: string, wire: WireAttribute): readonly Link[] {
  const [, from, label] = wire['forward-identity']
  const [, to, targetLabel] = wire['reverse-identity'] ?? []
  if (to === undefined || targetLabel === undefined) return []
  const forward: Link = {
    label,
    target: to,
    targetLabel,
    cardinality: wire.cardinality,
    isForward: true,
    isRequired: wire['required?'] ?? false,
    deletesTargets: wire['on-delete-reverse'] === 'cascade',
  }
  const reverse: Link = {
    label: targetLabel,
    target: from,
    targetLabel: label,
    cardinality: wire['unique?'] ? 'one' : 'many',
    isForward: false,
    isRequired: false,
    deletesTargets: wire['on-delete'] === 'cascade',
  }
  return [...(from === namespace ? [forward] : []), ...(to === namespace ? [reverse] : [])]
}
