import { isJsonObject, type Json, type JsonObject } from '@/lib/base/json'
import type { CheckedType, LinkAttr } from './attr'
import type { Name } from './draft'
import { parseCheckedType, parseOnDelete } from './wire'

/** A schema as somebody wants it to be: what `JSON.stringify(i.schema(…))` says (http.md 6.13 b). */
export interface Definition {
  readonly namespaces: readonly {
    readonly name: string
    readonly attrs: readonly AttrDefinition[]
  }[]
  readonly links: readonly LinkDefinition[]
}

export interface AttrDefinition {
  readonly label: string
  readonly checkedType: CheckedType | null
  readonly isUnique: boolean
  readonly isIndexed: boolean
  readonly isRequired: boolean
}

export interface LinkDefinition
  extends Pick<
    LinkAttr,
    'cardinality' | 'isUnique' | 'isRequired' | 'onDelete' | 'onDeleteReverse'
  > {
  readonly forward: Name
  readonly reverse: Name
}

/** The definition; null when the input does not have the form of one. Rooms are not looked at. */
export function parseDefinition(input: Json | undefined): Definition | null {
  if (!isJsonObject(input)) return null
  const entities = input.entities ?? {}
  const links = input.links ?? {}
  if (!isJsonObject(entities) || !isJsonObject(links)) return null
  const namespaces = Object.entries(entities).map(([name, entity]) => {
    const attrs = isJsonObject(entity) ? (entity.attrs ?? {}) : null
    return isJsonObject(attrs) ? { name, attrs: parseAttrs(attrs) } : null
  })
  const parsedLinks = Object.values(links).map(parseLink)
  if (!isComplete(namespaces) || !isComplete(parsedLinks)) return null
  return { namespaces, links: parsedLinks }
}

// A declared `id` says nothing: every namespace has one, and it is always the same.
function parseAttrs(attrs: JsonObject): readonly AttrDefinition[] {
  return Object.entries(attrs).flatMap(([label, attr]) => {
    if (label === 'id' || !isJsonObject(attr)) return []
    const config = isJsonObject(attr.config) ? attr.config : {}
    return {
      label,
      checkedType: parseCheckedType(attr.valueType),
      isUnique: config.unique === true,
      isIndexed: config.indexed === true,
      isRequired: attr.required === true,
    }
  })
}

function parseLink(link: Json): LinkDefinition | null {
  if (!isJsonObject(link)) return null
  const forward = parseSide(link.forward)
  const reverse = parseSide(link.reverse)
  if (!forward || !reverse) return null
  return {
    forward: forward.name,
    reverse: reverse.name,
    cardinality: forward.has,
    isUnique: reverse.has === 'one',
    isRequired: forward.isRequired,
    onDelete: forward.onDelete,
    onDeleteReverse: reverse.onDelete,
  }
}

function parseSide(side: Json | undefined) {
  if (!isJsonObject(side)) return null
  const { on, label, has } = side
  if (typeof on !== 'string' || typeof label !== 'string') return null
  if (has !== 'one' && has !== 'many') return null
  return {
    name: { namespace: on, label },
    has,
    isRequired: side.required === true,
    onDelete: parseOnDelete(side.onDelete),
  } as const
}

function isComplete<T>(items: readonly (T | null)[]): items is readonly T[] {
  return !items.includes(null)
}
