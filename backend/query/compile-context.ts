import { raw, type Sql } from '@/backend/sql/sql'
import type { AppKey, Attr, NamespaceKey } from '../schema/attr'

/** What compiling needs to know besides the plan. */
export interface CompileContext {
  readonly app: AppKey
  /** Key of a namespace that the plan mentions. */
  readonly namespaceKey: (namespace: string) => NamespaceKey
  /** Microseconds since the epoch of every date in the query, by its JSON text. */
  readonly instants: ReadonlyMap<string, number>
  readonly guard: Guard
  /** SQL that the rows of a level must pass to be shown at all, or null when all may. */
  readonly rowFilter: (entity: EntityRef) => Sql | null
  /** Whether `rowFilter` asks for values of the row itself alone, which no index has. */
  readonly isRowLocal: (namespace: string) => boolean
  /** A name that no other subquery has: an inner one speaks of the entities of those around it. */
  readonly newAlias: () => Sql
}

/** Names l0, l1, … in the order in which they are asked for, so that equal queries compile alike. */
export function createAliases(): () => Sql {
  let count = 0
  return () => raw(`l${count++}`)
}

/**
 * SQL that holds when the caller may read an attribute of an entity (a link's, of the entity on
 * its forward side; null stands for the entity as such), or null when they always may. It keeps
 * conditions from probing what a rule hides (semantics.md 6.4).
 */
export type Guard = (entity: EntityRef, attr: Attr | null) => Sql | null

/** The guard of the admin, whom no rule is asked of. */
export const unguarded: Guard = () => null

/** An entity that a query speaks of. */
export interface EntityRef {
  /** SQL of its id. */
  readonly id: Sql
  readonly namespace: string
  /** SQL of its `data`, where the row is at hand; null where it has to be looked up. */
  readonly data: Sql | null
  /** Whether it is the row of the level itself, which is judged when it is shown. */
  readonly isShown?: true
}
