import { validationError } from '@/backend/engine-error'
import type { Json } from '@/lib/base/json'
import { isUuid } from '@/lib/base/uuid'
import type { Attr } from '../schema/attr'
import type { Schema } from '../schema/schema'
import { linkOfLookup } from './infer'
import type { Subject } from './op'
import type { Reference } from './step'

/**
 * Finds the attribute that a look-up in a namespace names. It must be unique, and a look-up by
 * `id` is the id itself (contract semantics.md 5.4; http.md 5.4, 5.9).
 */
export function resolveSubject(schema: Schema, namespace: string, reference: Reference): Subject {
  if (reference.kind === 'id') return reference
  const { attr: name, value } = reference
  const input = [name, value]
  const attr = lookupAttr(schema, namespace, reference)
  if (!attr?.isUnique) {
    throw validationError('lookup', input, [
      { message: `${name} is not a unique attribute on ${namespace}` },
    ])
  }
  if (attr.forward.namespace !== namespace || attr.forward.label !== labelOf(attr, name)) {
    throw validationError('tx-step', input, [{ message: otherNamespace }])
  }
  if (attr.kind === 'data' && attr.forward.label === 'id') return byId(namespace, reference)
  const target = attr.kind === 'link' ? linkTarget(attr, value) : value
  return {
    kind: 'lookup',
    lookup: { key: `${attr.key} ${JSON.stringify(target)}`, attr, value: target },
  }
}

const otherNamespace =
  'Invalid transaction. The namespace in the lookup attribute is different from the namespace of the attribute that is being set'

// A name with a dot that is really an attribute's takes precedence over `<link>.id`.
function lookupAttr(
  schema: Schema,
  namespace: string,
  reference: Reference & { kind: 'lookup' },
): Attr | undefined {
  const { attr: name } = reference
  const named = schema.dataAttr(namespace, name)
  if (named) return named
  const link = schema.link(namespace, name)
  if (link?.direction === 'forward') return link.attr
  if (!name.includes('.')) return undefined
  return schema.link(namespace, linkOfLookup(name, reference))?.attr
}

/** The label that the look-up should have named the attribute by. */
function labelOf(attr: Attr, name: string): string {
  return attr.kind === 'link' && name.endsWith('.id') && name !== attr.forward.label
    ? name.slice(0, -'.id'.length)
    : name
}

function byId(namespace: string, { attr, value }: Reference & { kind: 'lookup' }): Subject {
  if (isUuid(value)) return { kind: 'id', id: value.toLowerCase() }
  throw invalidLookup(`${namespace}.id`, [attr, value])
}

function linkTarget(attr: Attr, value: Json): string {
  if (isUuid(value)) return value.toLowerCase()
  throw invalidLookup(`${attr.forward.namespace}.${attr.forward.label}`, [
    attr.forward.label,
    value,
  ])
}

function invalidLookup(attr: string, lookup: Json) {
  return validationError('tx-steps', lookup, [
    {
      message: `Invalid lookup '${JSON.stringify(lookup)}'. The lookup attribute is '${attr}', but the lookup value is not a valid UUID.`,
    },
  ])
}
