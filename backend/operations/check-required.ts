import { EngineError } from '@/backend/engine-error'
import type { AppKey, Attr } from '@/backend/schema/attr'
import type { EntityKey } from '@/backend/schema/entity-write'
import type { Schema } from '@/backend/schema/schema'
import type { Queryable } from '@/backend/store/database'
import { findMissing } from '@/backend/store/find-missing'

/**
 * Refuses a transaction after which an entity it has touched lacks what its namespace requires
 * (contract semantics.md 5.8; http.md 5.9).
 */
export async function checkRequired(
  tx: Queryable,
  { app, schema }: { readonly app: AppKey; readonly schema: Schema },
  touched: readonly EntityKey[],
): Promise<void> {
  const names = new Map(schema.namespaces.map((name) => [schema.namespaceKey(name), name]))
  const named = touched.flatMap((key) => {
    const name = names.get(key.namespace)
    return name === undefined ? [] : [{ ...key, name }]
  })
  const missing = await findMissing(tx, { app, schema }, named)
  if (missing.length === 0) return
  const attrs = new Map(schema.attrs.map((attr) => [attr.key, attr]))
  const ids = new Map<Attr, string[]>()
  for (const { attr: key, id } of missing) {
    const attr = attrs.get(key)
    if (attr) ids.set(attr, [...(ids.get(attr) ?? []), id])
  }
  throw missingRequired([...ids])
}

function missingRequired(missing: readonly (readonly [Attr, readonly string[]])[]): EngineError {
  const groups = missing.map(([{ forward }, ids]) => {
    const noun = ids.length > 1 ? 'attributes' : 'attribute'
    return `Missing required ${noun} \`${forward.namespace}/${forward.label}\`: ${ids.join(', ')}`
  })
  const records = missing.flatMap(([{ id, forward }, ids]) =>
    ids.map((entity) => ({
      entity_id: entity,
      attr_id: id,
      etype: forward.namespace,
      label: forward.label,
      is_required: true,
    })),
  )
  return new EngineError('validation-failed', groups.join('. '), { records })
}
