import { type EngineError, validationError } from '@/backend/engine-error'
import { isUuid } from '@/lib/base/uuid'
import type { Attr } from '../schema/attr'
import { extensibleSystemNamespaces, isSystemNamespace } from '../schema/catalog'
import type { Schema } from '../schema/schema'
import type { EntityStep } from './step'

/**
 * Refuses what only an admin may write: Instant's own columns, but for the path of a file, and
 * rows of system namespaces other than files (contract semantics.md 5.10; http.md 5.8). What is
 * left on them is for rules to judge. To be asked before any rule is.
 */
export function refuseSystemRows(schema: Schema, steps: readonly EntityStep[]): void {
  for (const step of steps) {
    const { namespace } = step
    if (step.kind === 'rule-params') continue
    for (const label of labelsOf(step)) refuseColumn(schema, namespace, label)
    refuseLinkValues(schema, step)
    if (!isSystemNamespace(namespace)) continue
    if (step.kind === 'delete') refuseDeletion(namespace)
    else if (isClosed(schema, namespace)) throw closedRow(namespace, 'create')
  }
}

/** Refuses to have rows of a system namespace deleted, even as a consequence, but for files. */
export function refuseDeletion(namespace: string): void {
  if (isSystemNamespace(namespace) && namespace !== '$files') throw closedRow(namespace, 'delete')
}

/** The refusal of a row that only an admin, or signing up, can make or delete. */
export function closedRow(namespace: string, what: 'create' | 'delete'): EngineError {
  const message = `${namespace} is a system entity. You aren't allowed to ${what} this directly.`
  return validationError('tx-step', [namespace], [{ message }])
}

function labelsOf(step: Exclude<EntityStep, { kind: 'rule-params' }>): readonly string[] {
  if ('values' in step) return step.values.map(([label]) => label)
  return 'links' in step ? step.links.map(({ label }) => label) : []
}

function refuseColumn(schema: Schema, namespace: string, label: string): void {
  const attr = attrOf(schema, namespace, label)
  if (attr?.catalog !== 'system' || attr.forward.label === 'id' || isFilePath(attr)) return
  const { forward } = attr
  throw validationError(
    'tx-step',
    [forward.namespace, forward.label],
    [
      {
        message: `${forward.namespace}.${forward.label} is a system column. You aren't allowed to change this directly.`,
      },
    ],
  )
}

/** A link written like a value has to hold an id; the admin is told so in other words. */
function refuseLinkValues(schema: Schema, step: EntityStep): void {
  if (step.kind !== 'put') return
  for (const [label, value] of step.values) {
    const link = schema.link(step.namespace, label)
    if (link?.direction !== 'forward' || isUuid(value)) continue
    throw validationError('eid', value, [{ message: 'Expected link value to be a uuid.' }])
  }
}

function attrOf(schema: Schema, namespace: string, label: string): Attr | undefined {
  return schema.dataAttr(namespace, label) ?? schema.link(namespace, label)?.attr
}

/** Which values of it are refused is the same for everybody. */
function isFilePath({ forward }: Attr): boolean {
  return forward.namespace === '$files' && forward.label === 'path'
}

/** A namespace that is not there at all is refused where attributes are made for it. */
function isClosed(schema: Schema, namespace: string): boolean {
  return schema.hasNamespace(namespace) && !extensibleSystemNamespaces.has(namespace)
}
