import type { ValidationIssue } from '@/backend/engine-error'
import { isJsonObject, type Json, type JsonObject } from '@/lib/base/json'
import type { Result } from '@/lib/base/result'
import { isUuid } from '@/lib/base/uuid'
import type { Attr, AttrName, CheckedType, ConstraintType } from './attr'
import type { AttrDraft } from './draft'

/** An attribute as clients read it (contract http.md 8.1). Whatever is optional there is left out. */
export function toWireAttr(attr: AttrDraft & Pick<Attr, 'pending'>): JsonObject {
  return {
    id: attr.id,
    'forward-identity': toIdentity(attr.forward),
    ...(attr.reverse && { 'reverse-identity': toIdentity(attr.reverse) }),
    'value-type': attr.kind === 'link' ? 'ref' : 'blob',
    cardinality: attr.kind === 'link' ? attr.cardinality : 'one',
    'unique?': attr.isUnique,
    'index?': attr.isIndexed,
    'required?': attr.isRequired,
    'inferred-types': null,
    catalog: attr.catalog,
    ...(attr.kind === 'data' && attr.checkedType && { 'checked-data-type': attr.checkedType }),
    ...(attr.onDelete && { 'on-delete': attr.onDelete }),
    ...(attr.kind === 'link' &&
      attr.onDeleteReverse && { 'on-delete-reverse': attr.onDeleteReverse }),
    ...flagPending(attr.pending, 'index', 'indexing?'),
    ...flagPending(attr.pending, 'check-data-type', 'checking-data-type?'),
    ...flagPending(attr.pending, 'unique', 'setting-unique?'),
  }
}

function flagPending(pending: Attr['pending'], type: ConstraintType, key: string): JsonObject {
  return pending?.includes(type) ? { [key]: true } : {}
}

/** One name of an attribute as clients read it. */
export function toIdentity({ id, namespace, label }: AttrName): Json {
  return [id, namespace, label]
}

/** The type that the text names; null for `any`, `json` and whatever else is not checked. */
export function parseCheckedType(value: unknown): CheckedType | null {
  switch (value) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'date':
      return value
  }
  return null
}

/**
 * The new attribute that an `add-attr` step describes, or what is wrong with it. `at` is the path
 * of the attribute in the input. Absent flags are false; a catalog is never believed.
 */
export function parseWireAttr(
  input: Json,
  at: readonly Json[],
): Result<AttrDraft, readonly ValidationIssue[]> {
  if (!isJsonObject(input)) return { ok: false, error: [{ expected: 'map?', in: at }] }
  const { id } = input
  const forward = parseIdentity(input['forward-identity'])
  const reverse = parseIdentity(input['reverse-identity'])
  const isLink = input['value-type'] === 'ref'
  const issues = [
    ...(isUuid(id) ? [] : [{ expected: 'uuid?', in: [...at, 'id'] }]),
    ...(forward ? [] : [{ expected: 'identity?', in: [...at, 'forward-identity'] }]),
    ...(isLink || input['value-type'] === 'blob'
      ? []
      : [{ expected: '#{"blob" "ref"}', in: [...at, 'value-type'] }]),
    ...(reverse || !isLink ? [] : [{ expected: 'identity?', in: [...at, 'reverse-identity'] }]),
  ]
  if (!isUuid(id) || !forward || issues.length > 0) return { ok: false, error: issues }
  const base = {
    id: id.toLowerCase(),
    forward,
    isUnique: input['unique?'] === true,
    isIndexed: input['index?'] === true,
    isRequired: input['required?'] === true,
    onDelete: parseOnDelete(input['on-delete']),
    catalog: 'user',
  } as const
  if (isLink && reverse) {
    return {
      ok: true,
      data: {
        ...base,
        kind: 'link',
        reverse,
        cardinality: input.cardinality === 'one' ? 'one' : 'many',
        onDeleteReverse: parseOnDelete(input['on-delete-reverse']),
      },
    }
  }
  const checkedType = parseCheckedType(input['checked-data-type'])
  return {
    ok: true,
    data: { ...base, kind: 'data', reverse: null, checkedType, onDelete: null },
  }
}

/** `[ident id, namespace, label]`, or null when it is something else. */
export function parseIdentity(input: unknown): AttrName | null {
  if (!Array.isArray(input)) return null
  const [id, namespace, label]: unknown[] = input
  if (!isUuid(id) || typeof namespace !== 'string' || typeof label !== 'string') return null
  return { id: id.toLowerCase(), namespace, label }
}

/** What happens on deletion, by its wire value. */
export function parseOnDelete(input: unknown): 'cascade' | null {
  return input === 'cascade' ? 'cascade' : null
}
