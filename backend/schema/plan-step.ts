import type { AttrName, CheckedType, ConstraintType, LinkAttr } from './attr'
import type { AttrDraft, Name } from './draft'

/** One change of a schema (contract http.md 6.14). */
export type PlanStep =
  | { readonly kind: 'add-attr'; readonly attr: AttrDraft }
  | { readonly kind: 'update-attr'; readonly id: string; readonly change: AttrChange }
  | { readonly kind: 'delete-attr' | 'restore-attr'; readonly id: string }
  | ConstraintStep

/** A change that the values there are may not allow, and that is a job therefore. */
export interface ConstraintStep {
  readonly kind: 'constraint'
  readonly type: ConstraintType
  readonly attrId: string
  readonly name: AttrName
  /** The type to be enforced from now on; null for other constraints. */
  readonly checkedType: CheckedType | null
}

/** What changes of an attribute; absent is as it was. */
export interface AttrChange extends Partial<Pick<LinkAttr, 'cardinality'>> {
  readonly forward?: Name
  readonly reverse?: Name
  readonly isUnique?: boolean
  readonly isIndexed?: boolean
  readonly isRequired?: boolean
  readonly checkedType?: CheckedType | null
  /** Always said: a change that leaves them out takes them away. */
  readonly onDelete: 'cascade' | null
  readonly onDeleteReverse: 'cascade' | null
}
