import { validationError } from '@/backend/engine-error'
import type { AppKey } from '@/backend/schema/attr'
import type { Queryable } from '@/backend/store/database'
import { findLookups } from '@/backend/store/find-lookups'
import { must } from '@/lib/base/must'
import type { Lookup, Op, Subject } from '../transact/op'

/** Ops whose entities are all known, and the ids that were made up for look-ups that found none. */
export interface IdentifiedOps {
  readonly ops: readonly Op<string>[]
  readonly born: ReadonlySet<string>
}

/**
 * Finds the entities that are looked up, as they are before the transaction. A look-up that finds
 * none stands for a new entity, the same one wherever it is repeated; but only where a step is
 * about it: as a target of a link it is an error, and nothing to be deleted or unlinked
 * (contract semantics.md 5.4).
 */
export async function identifyOps(
  tx: Queryable,
  app: AppKey,
  ops: readonly Op[],
): Promise<IdentifiedOps> {
  const lookups = new Map(
    ops
      .flatMap(subjectsOf)
      .flatMap((subject): [string, Lookup][] =>
        subject.kind === 'lookup' ? [[subject.lookup.key, subject.lookup]] : [],
      ),
  )
  if (lookups.size === 0) {
    return {
      ops: ops.map((op) => withIds(op, (subject) => must(idOf(subject), 'no look-ups'))),
      born: new Set(),
    }
  }
  const ids = await findLookups(tx, app, [...lookups.values()])
  const born = new Set<string>()
  for (const op of ops) {
    if (op.kind !== 'put' || !op.lookup || ids.has(op.lookup.key)) continue
    const id = crypto.randomUUID()
    ids.set(op.lookup.key, id)
    born.add(id)
  }
  for (const op of ops) {
    if (op.kind === 'put' && op.lookup && born.has(ids.get(op.lookup.key) ?? '')) {
      refuseOtherValue(op.lookup, op)
    }
  }
  const find = (subject: Subject) =>
    idOf(subject) ?? (subject.kind === 'lookup' ? ids.get(subject.lookup.key) : undefined)
  const identified = ops.flatMap((op): Op<string>[] => {
    const subjects = subjectsOf(op)
    const isKnown = subjects.every((subject) => find(subject) !== undefined)
    if (isKnown) return [withIds(op, (subject) => must(find(subject), 'checked above'))]
    if (op.kind === 'link') throw lookupNotFound(subjects)
    return []
  })
  return { ops: identified, born }
}

function idOf(subject: Subject): string | undefined {
  return subject.kind === 'id' ? subject.id : undefined
}

function subjectsOf(op: Op): readonly Subject[] {
  return op.kind === 'link' || op.kind === 'unlink' ? [op.from, op.to] : [op.entity]
}

function withIds(op: Op, find: (subject: Subject) => string): Op<string> {
  switch (op.kind) {
    case 'put':
    case 'merge':
    case 'delete':
    case 'params':
      return { ...op, entity: find(op.entity) }
    case 'link':
    case 'unlink':
      return { ...op, from: find(op.from), to: find(op.to) }
  }
}

/** A new entity cannot be looked up by one value and be given another at once. */
function refuseOtherValue(lookup: Lookup, { values }: Extract<Op, { kind: 'put' }>): void {
  const isOther = values.some(
    ([attr, value]) =>
      attr === lookup.attr && JSON.stringify(value) !== JSON.stringify(lookup.value),
  )
  if (!isOther) return
  throw validationError('lookup', toInput(lookup), [
    {
      message:
        'Updates with lookups can only update the lookup attribute if an entity with the unique attribute value already exists.',
    },
  ])
}

function lookupNotFound(subjects: readonly Subject[]) {
  const lookup = subjects.find((subject) => subject.kind === 'lookup')
  return validationError('lookup', lookup ? toInput(lookup.lookup) : null, [
    { message: 'The entity for the lookup does not exist.' },
  ])
}

function toInput({ attr, value }: Lookup) {
  return [attr.id, value]
}
