import { type ValidationIssue, validationError } from '@/backend/engine-error'
import { isJsonObject, type Json } from '@/lib/base/json'
import { isUuid } from '@/lib/base/uuid'
import { parseWireAttr } from '../schema/wire'
import { parseReference } from './parse-reference'
import type { LinkTargets, Mode, Reference, Step } from './step'
import { refuseUnstorableText } from './unstorable-text'

/** Where a step stands, and what has been found wrong so far. */
interface Context {
  readonly index: number
  /** The step does not have the form of a step. */
  readonly structure: ValidationIssue[]
  /** A lookup that has the form of one but cannot be read: told only when all forms are right. */
  readonly lookups: ValidationIssue[]
}

/**
 * Reads the steps of a transaction (contract semantics.md 5.1; http.md 5.2, 5.9). Anything that is
 * not a step is `validation-failed` for `steps`, with one issue for each thing wrong.
 */
export function parseSteps(input: readonly Json[]): readonly Step[] {
  const structure: ValidationIssue[] = []
  const lookups: ValidationIssue[] = []
  const steps = input.flatMap((step, index) => parseStep(step, { index, structure, lookups }) ?? [])
  if (structure.length > 0) throw validationError('steps', input, structure)
  const unsupported = input.find((step) => Array.isArray(step) && step[0] === 'update-attr')
  if (unsupported) {
    throw validationError('action', unsupported, [{ message: 'Unsupported action update-attr' }])
  }
  if (lookups[0]) throw validationError('lookup', input, [lookups[0]])
  refuseUnstorableText(input)
  return steps
}

function parseStep(step: Json, context: Context): Step | null {
  if (!Array.isArray(step)) return refuse(context, 'vector?', [])
  const parts: readonly Json[] = step
  switch (parts[0]) {
    case 'create':
      return parseValues('put', parts, { ...context, mode: 'create' })
    case 'update':
      return parseValues('put', parts, { ...context, mode: parseMode(parts[4], context) })
    case 'merge':
      return parseValues('merge', parts, { ...context, mode: parseMode(parts[4], context) })
    case 'link':
    case 'unlink':
      return parseLinks(parts[0], parts, context)
    case 'delete':
      return parseDelete(parts, context)
    case 'ruleParams':
      return parseRuleParams(parts, context)
    case 'add-attr':
      return parseAddAttr(parts, context)
    case 'delete-attr':
    case 'restore-attr':
      return isUuid(parts[1])
        ? { kind: parts[0], id: parts[1].toLowerCase() }
        : refuse(context, 'uuid?', [1])
    case 'update-attr':
      // Well formed as far as the grammar goes; refused when the rest is too.
      return null
  }
  return refuse(context, 'action?', [0])
}

function parseValues(
  kind: 'put' | 'merge',
  parts: readonly Json[],
  context: Context & { readonly mode: Mode },
): Step | null {
  const target = parseTarget(parts, context)
  const object = parts[3]
  if (!isJsonObject(object)) return refuse(context, 'map?', [3])
  if (!target) return null
  const values = Object.entries(object).filter(([label]) => label !== 'id')
  return { kind, ...target, mode: context.mode, values }
}

/** `{upsert: false}` wants an entity that exists; without it any will do. */
function parseMode(options: Json | undefined, context: Context): Mode {
  if (options === undefined || options === null) return null
  if (!isJsonObject(options)) return refuse(context, 'map?', [4])
  const upsert = options.upsert ?? true
  if (typeof upsert !== 'boolean') return refuse(context, 'boolean?', [4, 'upsert'])
  return upsert ? null : 'update'
}

function parseLinks(
  kind: 'link' | 'unlink',
  parts: readonly Json[],
  context: Context,
): Step | null {
  const target = parseTarget(parts, context)
  const object = parts[3]
  if (!isJsonObject(object)) return refuse(context, 'map?', [3])
  const links = Object.entries(object).map(([label, value]): LinkTargets => {
    // A bare array is a list of references, never a lookup.
    const list: readonly Json[] = Array.isArray(value) ? value : [value]
    const targets = list.flatMap((item, n) => {
      const path = Array.isArray(value) ? [3, label, n] : [3, label]
      return take(item, context) ?? refuse(context, 'lookup?', path) ?? []
    })
    return { label, targets }
  })
  return target && { kind, ...target, links }
}

function parseDelete(parts: readonly Json[], context: Context): Step | null {
  const target = parseTarget(parts, context)
  return target && { kind: 'delete', ...target }
}

function parseRuleParams(parts: readonly Json[], context: Context): Step | null {
  const target = parseTarget(parts, context)
  const params = parts[3]
  if (!isJsonObject(params)) return refuse(context, 'map?', [3])
  return target && { kind: 'rule-params', ...target, params }
}

function parseAddAttr(parts: readonly Json[], context: Context): Step | null {
  const attr = parseWireAttr(parts[1] ?? null, [context.index, 1])
  if (attr.ok) return { kind: 'add-attr', attr: attr.data }
  context.structure.push(...attr.error)
  return null
}

function parseTarget(
  parts: readonly Json[],
  context: Context,
): { readonly namespace: string; readonly entity: Reference } | null {
  const [, namespace, id] = parts
  const entity = take(id, context)
  if (typeof namespace !== 'string') refuse(context, 'string?', [1])
  if (!entity) {
    context.structure.push({
      message: `Invalid entity ID '${printed(id)}'. Entity IDs must be UUIDs or lookup references.`,
      in: [context.index, 2],
    })
  }
  return typeof namespace === 'string' && entity ? { namespace, entity } : null
}

/** The reference; null when it is none. Of a lookup that cannot be read the issue is kept. */
function take(input: Json | undefined, { lookups }: Context): Reference | null {
  const parsed = parseReference(input)
  if (!parsed || parsed.ok) return parsed?.data ?? null
  lookups.push(parsed.error)
  return { kind: 'lookup', attr: '', value: null }
}

function refuse(context: Context, expected: string, path: readonly (string | number)[]): null {
  context.structure.push({ expected, in: [context.index, ...path] })
  return null
}

function printed(id: Json | undefined): string {
  if (id === undefined || id === null) return ''
  return typeof id === 'string' ? id : JSON.stringify(id)
}
