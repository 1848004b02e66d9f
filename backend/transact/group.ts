import type { Group, GroupKind, Op, OpOf } from './op'

const groupOf = {
  put: 'set',
  link: 'set',
  merge: 'merge',
  unlink: 'retract',
  delete: 'delete',
  // For rules only.
  params: null,
} as const satisfies Record<Op['kind'], GroupKind | null>

/**
 * Ops are not run in sequence but by kind, in the order in which each kind first appears, and in
 * the order given within a kind. So `delete, update, delete` leaves the entity there, and
 * `update, unlink, link` leaves it unlinked (contract semantics.md 5.2).
 */
export function groupOps<S>(ops: readonly Op<S>[]): readonly Group<S>[] {
  const kinds = new Set(ops.flatMap(({ kind }) => groupOf[kind] ?? []))
  return [...kinds].map((kind) => groupOfKind(ops, kind))
}

function groupOfKind<S>(ops: readonly Op<S>[], kind: GroupKind): Group<S> {
  switch (kind) {
    case 'set':
      return { kind, puts: only(ops, 'put'), links: only(ops, 'link') }
    case 'merge':
      return { kind, ops: only(ops, 'merge') }
    case 'retract':
      return { kind, ops: only(ops, 'unlink') }
    case 'delete':
      return { kind, ops: only(ops, 'delete') }
  }
}

function only<K extends Op['kind'], S>(ops: readonly Op<S>[], kind: K): readonly OpOf<K, S>[] {
  return ops.filter((op): op is OpOf<K, S> => op.kind === kind)
}
