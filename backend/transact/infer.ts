import { validationError } from '@/backend/engine-error'
import { type AttrDraft, draftDataAttr, draftLinkAttr, type Name } from '../schema/draft'
import type { Schema } from '../schema/schema'
import type { EntityStep, LinkTargets, Reference } from './step'

/**
 * The attributes that the steps need and the schema lacks, in the order in which they are to be
 * made (contract semantics.md 2.3; http.md 5.3). Look-ups speak first, since they say more about an
 * attribute than a plain mention does: look-up attributes are unique and indexed, and a link whose
 * value is a look-up is one to one.
 */
export function inferAttrs(schema: Schema, steps: readonly EntityStep[]): readonly AttrDraft[] {
  const known = createKnown(schema)
  for (const step of steps) {
    if (step.kind === 'rule-params') continue
    inferLookup(known, step.namespace, step.entity)
    if (step.kind === 'link') inferLinkLookups(known, step.namespace, step.links)
  }
  for (const step of steps) inferNames(known, step)
  return known.drafts
}

function inferNames(known: Known, step: EntityStep): void {
  if (step.kind === 'rule-params' || step.kind === 'delete') return
  const { namespace } = step
  if (!known.isForward({ namespace, label: 'id' })) {
    known.add(draftDataAttr({ namespace, label: 'id' }, { isUnique: true }))
  }
  if ('links' in step) {
    for (const { label } of step.links) inferLink(known, { namespace, label }, false)
    return
  }
  for (const [label] of step.values) {
    if (!known.isForward({ namespace, label })) known.add(draftDataAttr({ namespace, label }))
  }
}

/** The link that `<label>.id` names, when the look-up attribute has that form. */
export function linkOfLookup(attr: string, input: Reference): string {
  const [label, id, ...more] = attr.split('.')
  if (label && id === 'id' && more.length === 0) return label
  throw validationError('lookup', toInput(input), [
    { message: `${attr} is not a valid lookup attribute.` },
  ])
}

function toInput(reference: Reference): unknown {
  return reference.kind === 'id' ? reference.id : [reference.attr, reference.value]
}

function inferLookup(known: Known, namespace: string, entity: Reference): void {
  if (entity.kind === 'id') return
  const name = { namespace, label: entity.attr }
  if (known.isForward(name)) return
  if (entity.attr.includes('.')) {
    inferLink(known, { namespace, label: linkOfLookup(entity.attr, entity) }, true)
    return
  }
  known.add(draftDataAttr(name, { isUnique: true, isIndexed: true }))
}

function inferLinkLookups(known: Known, namespace: string, links: readonly LinkTargets[]): void {
  for (const { label, targets } of links) {
    if (!targets.some(({ kind }) => kind === 'lookup')) continue
    const target = inferLink(known, { namespace, label }, true)
    targets.forEach((reference) => {
      inferLookup(known, target, reference)
    })
  }
}

/** The namespace at the other end of the link, which is made when there is none of the name. */
function inferLink(known: Known, name: Name, isOneToOne: boolean): string {
  const target = known.target(name)
  if (target !== undefined) return target
  const reverse = { namespace: name.label, label: name.namespace }
  const options = { cardinality: 'one', isUnique: true, isIndexed: true } as const
  known.add(draftLinkAttr({ forward: name, reverse }, isOneToOne ? options : {}))
  return name.label
}

/** Names of the schema and of the attributes inferred so far. */
interface Known {
  readonly drafts: readonly AttrDraft[]
  isForward(name: Name): boolean
  /** The other end of the link; undefined when the name is no link, and its own when it is data. */
  target(name: Name): string | undefined
  add(draft: AttrDraft): void
}

function createKnown(schema: Schema): Known {
  const drafts: AttrDraft[] = []
  const forward = new Set<string>()
  const targets = new Map<string, string>()
  const key = ({ namespace, label }: Name) => `${namespace}\0${label}`
  return {
    drafts,
    isForward: (name) =>
      forward.has(key(name)) ||
      schema.dataAttr(name.namespace, name.label) !== undefined ||
      schema.link(name.namespace, name.label)?.direction === 'forward',
    target: (name) =>
      targets.get(key(name)) ??
      schema.link(name.namespace, name.label)?.target ??
      (schema.dataAttr(name.namespace, name.label) && name.namespace),
    add: (draft) => {
      drafts.push(draft)
      forward.add(key(draft.forward))
      if (draft.kind === 'data') {
        targets.set(key(draft.forward), draft.forward.namespace)
        return
      }
      targets.set(key(draft.forward), draft.reverse.namespace)
      targets.set(key(draft.reverse), draft.forward.namespace)
    },
  }
}
