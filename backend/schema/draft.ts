import type { Attr, DataAttr, LinkAttr } from './attr'

type WithoutKey<A> = A extends Attr ? Omit<A, 'key' | 'indexKey' | 'pending'> : never

/** An attribute that is not stored yet, and so has no compact key. */
export type AttrDraft = WithoutKey<Attr>
export type DataAttrDraft = WithoutKey<DataAttr>
export type LinkAttrDraft = WithoutKey<LinkAttr>

/** A namespace and label, in whichever direction. */
export interface Name {
  readonly namespace: string
  readonly label: string
}

/** A new data attribute: untyped, neither unique nor indexed nor required unless told otherwise. */
export function draftDataAttr(
  { namespace, label }: Name,
  options: Partial<Pick<DataAttr, 'isUnique' | 'isIndexed' | 'isRequired' | 'checkedType'>> = {},
): DataAttrDraft {
  const { isUnique = false, isIndexed = false, isRequired = false, checkedType = null } = options
  return {
    kind: 'data',
    id: crypto.randomUUID(),
    forward: { id: crypto.randomUUID(), namespace, label },
    reverse: null,
    isUnique,
    isIndexed,
    isRequired,
    checkedType,
    onDelete: null,
    catalog: 'user',
  }
}

/** A new link between two names: many on both sides unless told otherwise. */
export function draftLinkAttr(
  { forward, reverse }: { readonly forward: Name; readonly reverse: Name },
  options: Partial<
    Pick<
      LinkAttr,
      'cardinality' | 'isUnique' | 'isIndexed' | 'isRequired' | 'onDelete' | 'onDeleteReverse'
    >
  > = {},
): LinkAttrDraft {
  const { cardinality = 'many', isUnique = false, isIndexed = false, isRequired = false } = options
  const { onDelete = null, onDeleteReverse = null } = options
  return {
    kind: 'link',
    id: crypto.randomUUID(),
    forward: { id: crypto.randomUUID(), ...forward },
    reverse: { id: crypto.randomUUID(), ...reverse },
    cardinality,
    isUnique,
    isIndexed,
    isRequired,
    onDelete,
    onDeleteReverse,
    catalog: 'user',
  }
}
