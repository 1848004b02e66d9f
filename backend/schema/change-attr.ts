import type { Attr } from './attr'
import type { AttrChange, ConstraintStep } from './plan-step'

/** The attribute with a change applied. Parts that its kind does not have are not looked at. */
export function changeAttr(attr: Attr, change: AttrChange): Attr {
  const base = {
    forward: { ...attr.forward, ...change.forward },
    isUnique: change.isUnique ?? attr.isUnique,
    isIndexed: change.isIndexed ?? attr.isIndexed,
    isRequired: change.isRequired ?? attr.isRequired,
  }
  if (attr.kind === 'data') {
    const { checkedType = attr.checkedType } = change
    return { ...attr, ...base, checkedType }
  }
  return {
    ...attr,
    ...base,
    reverse: { ...attr.reverse, ...change.reverse },
    cardinality: change.cardinality ?? attr.cardinality,
    onDelete: change.onDelete,
    onDeleteReverse: change.onDeleteReverse,
  }
}

/** The attribute with a constraint set or removed. */
export function constrainAttr(attr: Attr, { type, checkedType }: ConstraintStep): Attr {
  const cascades = {
    onDelete: attr.onDelete,
    onDeleteReverse: attr.kind === 'link' ? attr.onDeleteReverse : null,
  }
  switch (type) {
    case 'index':
    case 'remove-index':
      return changeAttr(attr, { ...cascades, isIndexed: type === 'index' })
    case 'unique':
    case 'remove-unique':
      return changeAttr(attr, { ...cascades, isUnique: type === 'unique' })
    case 'required':
    case 'remove-required':
      return changeAttr(attr, { ...cascades, isRequired: type === 'required' })
    case 'check-data-type':
    case 'remove-data-type':
      return changeAttr(attr, { ...cascades, checkedType })
  }
}
