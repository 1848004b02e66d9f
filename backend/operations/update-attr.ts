import { EngineError, validationError } from '@/backend/engine-error'
import type { AppKey, Attr } from '@/backend/schema/attr'
import { changeAttr } from '@/backend/schema/change-attr'
import type { Name } from '@/backend/schema/draft'
import { admitNames } from '@/backend/schema/new-attrs'
import type { AttrChange } from '@/backend/schema/plan-step'
import type { Schema } from '@/backend/schema/schema'
import { alterAttr } from '@/backend/store/alter-attr'
import type { Queryable } from '@/backend/store/database'
import {
  findDuplicates,
  findManyTargets,
  findTooLarge,
  findWithout,
} from '@/backend/store/find-violations'
import { loadSchema } from '@/backend/store/load-schema'
import { renameNamespace } from '@/backend/store/rename-namespace'
import { notUnique } from './not-unique'

interface Context {
  readonly app: AppKey
  readonly schema: Schema
}

/**
 * Changes an attribute at once, and answers with the schema as it is then. Refuses names that are
 * taken, and constraints that stored values do not meet (contract semantics.md 8; http.md 6.14).
 */
export async function updateAttr(
  tx: Queryable,
  { app, schema }: Context,
  { id, change }: { readonly id: string; readonly change: AttrChange },
): Promise<Schema> {
  const from = requireUserAttr(schema, id)
  const to = changeAttr(from, change)
  admitNames(schema, from, to)
  await moveNamespace(tx, { app, schema }, { from: from.forward, to: to.forward })
  const moved = await loadSchema(tx, app)
  refuseMove(moved, from, to)
  await checkChange(tx, { app, schema: moved }, { from, to })
  await alterAttr(tx, { app, schema: moved }, { from, to })
  return loadSchema(tx, app)
}

function requireUserAttr(schema: Schema, id: string): Attr {
  const attr = schema.attrById(id)
  if (!attr) {
    throw new EngineError(
      'sql-raise',
      `Raised Exception: We could not find an attribute with id = '${id}'`,
    )
  }
  if (attr.catalog === 'user') return attr
  const { namespace, label } = attr.forward
  throw validationError('attributes', id, [
    {
      message: `${namespace}.${label} is a system column. You aren't allowed to change this directly.`,
    },
  ])
}

/** A namespace moves with its `id` attribute, and its entities with it. */
async function moveNamespace(
  tx: Queryable,
  { app, schema }: Context,
  { from, to }: { readonly from: Name; readonly to: Name },
): Promise<void> {
  if (from.label !== 'id' || from.namespace === to.namespace) return
  if (schema.namespaceKey(to.namespace) !== undefined) return
  await renameNamespace(tx, app, { from: from.namespace, to: to.namespace })
}

/**
 * Values stay with their entities, so an attribute cannot go to another namespace alone; and what
 * is called `id` is no value at all.
 */
function refuseMove(schema: Schema, from: Attr, to: Attr): void {
  const labels = [from.forward.label, to.forward.label]
  if (labels.includes('id') && labels[0] !== labels[1]) {
    throw validationError('attributes', to.id, [
      { message: `\`${labels[0]}\` can't be renamed to \`${labels[1]}\`` },
    ])
  }
  const home = schema.namespaceKey(from.forward.namespace)
  const isLeft = from.kind === 'link' || home === undefined
  if (isLeft || home === schema.namespaceKey(to.forward.namespace)) return
  throw validationError('attributes', to.id, [
    {
      message: `\`${from.forward.label}\` can't be moved from \`${from.forward.namespace}\` to \`${to.forward.namespace}\``,
    },
  ])
}

async function checkChange(
  tx: Queryable,
  context: Context,
  change: { readonly from: Attr; readonly to: Attr },
): Promise<void> {
  const { from, to } = change
  if (to.isRequired && !from.isRequired) await refuseMissing(tx, context, to)
  await refuseLarge(tx, context, change)
  if (to.isUnique && !from.isUnique) {
    const [duplicate] = await findDuplicates(tx, context, to)
    if (duplicate) throw notUnique(to, duplicate.value)
  }
  await refuseMany(tx, context, change)
}

async function refuseMissing(tx: Queryable, context: Context, attr: Attr): Promise<void> {
  const { namespace, label } = attr.forward
  const { count } = await findWithout(tx, context, attr)
  if (count === 0) return
  throw validationError(
    'attributes',
    [namespace, label],
    [
      {
        message: `Can't update attribute \`${label}\` to required because \`${namespace}\` already have entities without it`,
      },
    ],
  )
}

async function refuseLarge(
  tx: Queryable,
  context: Context,
  { from, to }: { readonly from: Attr; readonly to: Attr },
): Promise<void> {
  const wasLimited = from.isIndexed || from.isUnique
  if (to.kind !== 'data' || wasLimited || !(to.isIndexed || to.isUnique)) return
  const [large] = await findTooLarge(tx, context, to)
  if (!large) return
  throw new EngineError(
    'validation-failed',
    `Value is too large for ${to.isUnique ? 'a unique' : 'an indexed'} attribute.`,
    {
      namespace: to.forward.namespace,
      attribute: to.forward.label,
      value: large.value,
      'checked-data-type': to.checkedType,
      'attr-id': to.id,
      'entity-id': large.entityId,
      'value-too-large?': true,
    },
  )
}

/** A link becomes has-one only where nothing has to be dropped for it. */
async function refuseMany(
  tx: Queryable,
  { app }: Context,
  { from, to }: { readonly from: Attr; readonly to: Attr },
): Promise<void> {
  if (to.kind !== 'link' || from.kind !== 'link') return
  if (to.cardinality !== 'one' || from.cardinality === 'one') return
  if ((await findManyTargets(tx, app, to)).length === 0) return
  throw new EngineError('record-not-unique', 'Record not unique: triple', {
    'record-type': 'triple',
    'attr-id': to.id,
    etype: to.forward.namespace,
    label: to.forward.label,
  })
}
