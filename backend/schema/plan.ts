import type { ConstraintType, DataAttr, LinkAttr } from './attr'
import type { AttrDefinition, Definition, LinkDefinition } from './definition'
import { draftDataAttr, draftLinkAttr } from './draft'
import { findLink, isSystemLink } from './plan-issues'
import type { ConstraintStep, PlanStep } from './plan-step'
import type { Schema } from './schema'

/** How a schema is compared with its definition (contract http.md 6.17). */
export interface PlanOptions {
  /** Enforce the types of values; otherwise types are not looked at. */
  readonly checkTypes: boolean
  /** Changed constraints become jobs; otherwise all but types are changed at once. */
  readonly inBackground: boolean
}

/**
 * The steps that make a schema have everything a definition says. What the definition leaves out
 * stays, and what is Instant's own stays as it is. Expects a definition without plan issues.
 */
export function planSteps(
  schema: Schema,
  definition: Definition,
  options: PlanOptions,
): readonly PlanStep[] {
  const data = definition.namespaces.flatMap(({ name, attrs }) => [
    ...planId(schema, name),
    ...attrs.flatMap((attr) => planAttr(schema, { ...attr, namespace: name }, options)),
  ])
  const links = definition.links
    .filter((link) => !isSystemLink(schema, link))
    .flatMap((link) => planLink(schema, link, options))
  const steps = [...data, ...links]
  return [
    ...steps.filter(({ kind }) => kind === 'add-attr'),
    ...steps.filter(({ kind }) => kind !== 'add-attr'),
  ]
}

function planId(schema: Schema, namespace: string): readonly PlanStep[] {
  if (schema.dataAttr(namespace, 'id')) return []
  return [{ kind: 'add-attr', attr: draftDataAttr({ namespace, label: 'id' }, { isUnique: true }) }]
}

function planAttr(
  schema: Schema,
  definition: AttrDefinition & { readonly namespace: string },
  options: PlanOptions,
): readonly PlanStep[] {
  const { namespace, label, isUnique, isIndexed, isRequired } = definition
  const current = schema.dataAttr(namespace, label)
  if (current?.catalog === 'system') return []
  const checkedType = options.checkTypes ? definition.checkedType : null
  if (!current) {
    const flags = { isUnique, isIndexed, isRequired, checkedType }
    return [{ kind: 'add-attr', attr: draftDataAttr({ namespace, label }, flags) }]
  }
  return [
    ...planFlags(current, definition, options),
    ...(options.checkTypes ? planType(current, definition) : []),
  ]
}

function planFlags(
  current: DataAttr,
  { isUnique, isIndexed, isRequired }: AttrDefinition,
  { inBackground }: PlanOptions,
): readonly PlanStep[] {
  if (inBackground) {
    return [
      ...toggle(current, { is: current.isIndexed, wants: isIndexed, type: 'index' }),
      ...toggle(current, { is: current.isUnique, wants: isUnique, type: 'unique' }),
      ...toggle(current, { is: current.isRequired, wants: isRequired, type: 'required' }),
    ]
  }
  const isSame =
    current.isUnique === isUnique &&
    current.isIndexed === isIndexed &&
    current.isRequired === isRequired
  if (isSame) return []
  const change = { isUnique, isIndexed, isRequired, onDelete: null, onDeleteReverse: null }
  return [{ kind: 'update-attr', id: current.id, change }]
}

function planType(current: DataAttr, { checkedType }: AttrDefinition): readonly PlanStep[] {
  if (current.checkedType === checkedType) return []
  const type = checkedType === null ? 'remove-data-type' : 'check-data-type'
  return [constraint(current, type, { checkedType })]
}

function planLink(
  schema: Schema,
  link: LinkDefinition,
  { inBackground }: PlanOptions,
): readonly PlanStep[] {
  const { forward, reverse, cardinality, isUnique, isRequired, onDelete, onDeleteReverse } = link
  const current = findLink(schema, link)
  if (!current) return [{ kind: 'add-attr', attr: draftLinkAttr({ forward, reverse }, link) }]
  const isShaped =
    current.cardinality === cardinality &&
    current.isUnique === isUnique &&
    current.onDelete === onDelete &&
    current.onDeleteReverse === onDeleteReverse
  const isSame = isShaped && (inBackground || current.isRequired === isRequired)
  const change = {
    cardinality,
    isUnique,
    onDelete,
    onDeleteReverse,
    ...(inBackground ? {} : { isRequired }),
  }
  return [
    ...(isSame ? [] : [{ kind: 'update-attr', id: current.id, change } as const]),
    ...(inBackground
      ? toggle(current, { is: current.isRequired, wants: isRequired, type: 'required' })
      : []),
  ]
}

function toggle(
  attr: DataAttr | LinkAttr,
  { is, wants, type }: { is: boolean; wants: boolean; type: 'index' | 'unique' | 'required' },
): readonly PlanStep[] {
  if (is === wants) return []
  return [constraint(attr, wants ? type : `remove-${type}`, { checkedType: null })]
}

function constraint(
  { id, forward }: DataAttr | LinkAttr,
  type: ConstraintType,
  { checkedType }: Pick<ConstraintStep, 'checkedType'>,
): ConstraintStep {
  return { kind: 'constraint', type, attrId: id, name: forward, checkedType }
}
