import { EngineError, validationError } from '@/backend/engine-error'
import type { Json } from '@/lib/base/json'
import { must } from '@/lib/base/must'
import { isUuid } from '@/lib/base/uuid'
import type { DataAttr, LinkAttr, LinkEnd } from '../schema/attr'
import type { Schema } from '../schema/schema'
import type { Op, Subject } from './op'
import { resolveSubject } from './resolve-subject'
import type { EntityStep } from './step'
import { refuseSystemColumn } from './system-column'

type StepOf<K> = Extract<EntityStep, { readonly kind: K }>

/**
 * The ops of a step, with names looked up in a schema that has all of them (contract http.md 5.5).
 * A put and a merge always make the entity too; a link does so only for an entity that is looked up.
 */
export function expandStep(schema: Schema, step: EntityStep): readonly Op[] {
  const { namespace } = step
  const entity = resolveSubject(schema, namespace, step.entity)
  switch (step.kind) {
    case 'put':
      return expandPut(schema, step, entity)
    case 'merge':
      return expandMerge(schema, step, entity)
    case 'link':
    case 'unlink':
      return [
        ...(entity.kind === 'lookup' ? [{ ...put(step, entity), isImplicit: true as const }] : []),
        ...step.links.flatMap(({ label, targets }) => {
          const end = requireLink(schema, namespace, label)
          refuseSystemColumn(end.attr)
          return targets.map((target) =>
            linkOp(step.kind, end, {
              near: entity,
              far: resolveSubject(schema, end.target, target),
            }),
          )
        }),
      ]
    case 'delete':
      return [{ kind: 'delete', namespace, entity }]
    case 'rule-params':
      return [{ kind: 'params', namespace, entity, params: step.params }]
  }
}

function expandPut(schema: Schema, step: StepOf<'put' | 'merge'>, entity: Subject): readonly Op[] {
  const { namespace } = step
  const values: [DataAttr, Json][] = []
  const links: Op[] = []
  for (const [label, value] of step.values) {
    const attr = forwardAttr(schema, namespace, label)
    refuseSystemColumn(attr, value)
    if (attr.kind === 'data') values.push([attr, value])
    else links.push(linkByValue(attr, entity, value))
  }
  return [
    { ...put(step, entity), values, mode: step.mode, facts: 1 + step.values.length },
    ...links,
  ]
}

function expandMerge(
  schema: Schema,
  step: StepOf<'put' | 'merge'>,
  entity: Subject,
): readonly Op[] {
  const { namespace } = step
  const values = step.values.map(([label, value]): readonly [DataAttr, Json] => {
    const attr = forwardAttr(schema, namespace, label)
    refuseSystemColumn(attr, value)
    if (attr.kind === 'data') return [attr, value]
    throw new EngineError(
      'sql-raise',
      `Raised Exception: merge operation is not supported for links`,
      { etype: namespace, label },
    )
  })
  return [
    { ...put(step, entity), mode: step.mode, facts: 1 + values.length },
    { kind: 'merge', namespace, entity, values },
  ]
}

function put(step: EntityStep, entity: Subject): Extract<Op, { kind: 'put' }> {
  return {
    kind: 'put',
    namespace: step.namespace,
    entity,
    values: [],
    mode: null,
    facts: 1,
    lookup: entity.kind === 'lookup' ? entity.lookup : null,
  }
}

function linkOp(
  kind: 'link' | 'unlink',
  { attr, direction }: LinkEnd,
  { near, far }: { readonly near: Subject; readonly far: Subject },
): Op {
  return direction === 'forward'
    ? { kind, attr, from: near, to: far }
    : { kind, attr, from: far, to: near }
}

/** A link written like a value, which only its forward label can be (contract semantics.md 5.5). */
function linkByValue(attr: LinkAttr, from: Subject, value: Json): Op {
  if (isUuid(value)) {
    return { kind: 'link', attr, from, to: { kind: 'id', id: value.toLowerCase() } }
  }
  throw new EngineError('validation-failed', 'Linked value must be a valid uuid.', {
    namespace: attr.forward.namespace,
    attribute: attr.forward.label,
    value,
    'checked-data-type': null,
    'attr-id': attr.id,
    'entity-id': from.kind === 'id' ? from.id : null,
  })
}

function forwardAttr(schema: Schema, namespace: string, label: string): DataAttr | LinkAttr {
  const link = schema.link(namespace, label)
  return must(
    schema.dataAttr(namespace, label) ?? (link?.direction === 'forward' ? link.attr : undefined),
    'inferAttrs() has named every attribute that is missing',
  )
}

function requireLink(schema: Schema, namespace: string, label: string): LinkEnd {
  const link = schema.link(namespace, label)
  if (link) return link
  throw validationError(
    'tx-step',
    [namespace, label],
    [{ message: `${label} is not a link on ${namespace}` }],
  )
}
