import type { ValidationIssue } from '@/backend/engine-error'
import { isJsonObject, type Json, type JsonObject } from '@/lib/base/json'
import type { Result } from '@/lib/base/result'
import { isUuid } from '@/lib/base/uuid'
import type { AttrName, ConstraintType } from './attr'
import type { AttrChange, PlanStep } from './plan-step'
import {
  parseCheckedType,
  parseIdentity,
  parseOnDelete,
  parseWireAttr,
  toIdentity,
  toWireAttr,
} from './wire'

/** A step as clients read it (contract http.md 6.14); a job's id stands in the step it came from. */
export function toWireStep(step: PlanStep, jobId?: string): Json {
  switch (step.kind) {
    case 'add-attr':
      return ['add-attr', toWireAttr(step.attr)]
    case 'update-attr':
      return ['update-attr', { id: step.id, ...toWireChange(step.change) }]
    case 'delete-attr':
    case 'restore-attr':
      return [step.kind, step.id]
    case 'constraint':
      return [
        step.type,
        {
          'attr-id': step.attrId,
          'forward-identity': toIdentity(step.name),
          ...(step.checkedType && { 'checked-data-type': step.checkedType }),
          ...(jobId && { 'job-id': jobId }),
        },
      ]
  }
}

function toWireChange(change: AttrChange): JsonObject {
  return {
    ...(change.cardinality && { cardinality: change.cardinality }),
    ...(change.isUnique !== undefined && { 'unique?': change.isUnique }),
    ...(change.isIndexed !== undefined && { 'index?': change.isIndexed }),
    ...(change.isRequired !== undefined && { 'required?': change.isRequired }),
    'on-delete': change.onDelete,
    'on-delete-reverse': change.onDeleteReverse,
  }
}

/** Reads a step of `steps/apply`, or says what is wrong with it (contract http.md 6.4, 6.14). */
export function parseWireStep(
  input: Json,
  at: readonly Json[],
): Result<PlanStep, readonly ValidationIssue[]> {
  if (!Array.isArray(input)) return { ok: false, error: [{ expected: 'vector?', in: at }] }
  const [type, payload = null]: readonly Json[] = input
  switch (type) {
    case 'add-attr': {
      const attr = parseWireAttr(payload, [...at, 1])
      return attr.ok ? { ok: true, data: { kind: 'add-attr', attr: attr.data } } : attr
    }
    case 'delete-attr':
    case 'restore-attr':
      return isUuid(payload)
        ? { ok: true, data: { kind: type, id: payload.toLowerCase() } }
        : { ok: false, error: [{ expected: 'uuid?', in: [...at, 1] }] }
    case 'update-attr':
      return parseUpdate(payload, [...at, 1])
    case 'index':
    case 'remove-index':
    case 'unique':
    case 'remove-unique':
    case 'required':
    case 'remove-required':
    case 'check-data-type':
    case 'remove-data-type':
      return parseConstraint(type, payload, [...at, 1])
  }
  return { ok: false, error: [{ expected: 'action?', in: [...at, 0] }] }
}

function parseUpdate(
  payload: Json,
  at: readonly Json[],
): Result<PlanStep, readonly ValidationIssue[]> {
  if (!isJsonObject(payload)) return { ok: false, error: [{ expected: 'map?', in: at }] }
  const { id, cardinality } = payload
  if (!isUuid(id)) return { ok: false, error: [{ expected: 'uuid?', in: [...at, 'id'] }] }
  // The ident ids sent are the attribute's: only the names in them mean anything.
  const forward = parseIdentity(payload['forward-identity'])
  const reverse = parseIdentity(payload['reverse-identity'])
  const change: AttrChange = {
    ...(forward && { forward: { namespace: forward.namespace, label: forward.label } }),
    ...(reverse && { reverse: { namespace: reverse.namespace, label: reverse.label } }),
    ...((cardinality === 'one' || cardinality === 'many') && { cardinality }),
    ...flag(payload, 'unique?', 'isUnique'),
    ...flag(payload, 'index?', 'isIndexed'),
    ...flag(payload, 'required?', 'isRequired'),
    onDelete: parseOnDelete(payload['on-delete']),
    onDeleteReverse: parseOnDelete(payload['on-delete-reverse']),
  }
  return { ok: true, data: { kind: 'update-attr', id: id.toLowerCase(), change } }
}

function flag<K extends string>(payload: JsonObject, name: string, key: K) {
  const value = payload[name]
  return typeof value === 'boolean' ? { [key]: value } : {}
}

function parseConstraint(
  type: ConstraintType,
  payload: Json,
  at: readonly Json[],
): Result<PlanStep, readonly ValidationIssue[]> {
  if (!isJsonObject(payload)) return { ok: false, error: [{ expected: 'map?', in: at }] }
  const attrId = payload['attr-id']
  if (!isUuid(attrId)) return { ok: false, error: [{ expected: 'uuid?', in: [...at, 'attr-id'] }] }
  const checkedType = parseCheckedType(payload['checked-data-type'])
  const noName: AttrName = { id: attrId, namespace: '', label: '' }
  return {
    ok: true,
    data: {
      kind: 'constraint',
      // Types that are not checked are no constraint at all.
      type: type === 'check-data-type' && checkedType === null ? 'remove-data-type' : type,
      attrId: attrId.toLowerCase(),
      name: parseIdentity(payload['forward-identity']) ?? noName,
      checkedType: type === 'check-data-type' ? checkedType : null,
    },
  }
}
