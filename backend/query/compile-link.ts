import { raw, type Sql, sql } from '@/backend/sql/sql'
import type { LinkEnd } from '../schema/attr'
import type { CompileContext, EntityRef } from './compile-context'

/** Columns of `links` at this end and at the other end of a link walked in a direction. */
export function ends(direction: 'forward' | 'reverse'): { here: Sql; there: Sql } {
  return direction === 'forward'
    ? { here: raw('from_id'), there: raw('to_id') }
    : { here: raw('to_id'), there: raw('from_id') }
}

/** SQL that holds of a row of `links` that leads from the entity over a link the caller may read. */
export function compileLink(
  context: CompileContext,
  { link, alias }: { link: LinkEnd; alias: Sql },
  entity: EntityRef,
): Sql {
  const { here, there } = ends(link.direction)
  const linked = sql`${alias}.app = ${context.app} and ${alias}.attr = ${link.attr.key} and ${alias}.${here} = ${entity.id}`
  const holder: EntityRef =
    link.direction === 'forward'
      ? entity
      : { id: sql`${alias}.${there}`, namespace: link.target, data: null }
  const guard = context.guard(holder, link.attr)
  return guard ? sql`${linked} and ${guard}` : linked
}
