import { sql } from '@/backend/sql/sql'
import type { AppKey } from '../schema/attr'
import type { LinkWrite, StoredLink } from '../schema/entity-write'
import type { Queryable } from './database'

/** What storing links has come to. */
export interface LinksWritten {
  /**
   * A link whose target has another forward entity although it may have only one; null when there
   * is none. After a clash the transaction must not be committed.
   */
  readonly clash: LinkWrite | null
  /** Links that had to go, since their forward end has one. */
  readonly replaced: readonly StoredLink[]
}

/**
 * Stores links; one that is there already is left alone. Where the forward end has one, its old
 * link goes first, so it is replaced. No two of the links may start at one has-one end.
 */
export async function writeLinks(
  tx: Queryable,
  app: AppKey,
  links: readonly LinkWrite[],
): Promise<LinksWritten> {
  const singular = links.filter(({ attr }) => attr.cardinality === 'one')
  const replaced =
    singular.length === 0
      ? []
      : await tx.query<StoredLink>(sql`
          delete from links l using ${pairs(singular)}
          where l.app = ${app} and l.attr = w.attr and l.from_id = w.from_id
            and l.to_id <> w.to_id
          returning l.attr, l.from_id as from, l.to_id as to`)
  await tx.query(sql`
    insert into links (app, attr, from_id, to_id, one_from, one_to)
    select ${app}::int, w.attr, w.from_id, w.to_id, w.one_from, w.one_to
    from unnest(
      ${links.map(({ attr }) => attr.key)}::int[],
      ${links.map(({ from }) => from)}::uuid[],
      ${links.map(({ to }) => to)}::uuid[],
      ${links.map(({ attr }) => attr.cardinality === 'one')}::boolean[],
      ${links.map(({ attr }) => attr.isUnique)}::boolean[]
    ) with ordinality w(attr, from_id, to_id, one_from, one_to, n)
    order by w.n
    on conflict do nothing`)
  return { clash: await findClash(tx, app, links), replaced }
}

async function findClash(
  tx: Queryable,
  app: AppKey,
  links: readonly LinkWrite[],
): Promise<LinkWrite | null> {
  const unique = links.filter(({ attr }) => attr.isUnique)
  if (unique.length === 0) return null
  const missing = await tx.query<{ n: number }>(sql`
    select w.n from ${pairs(unique)}
    where not exists (
      select from links l
      where l.app = ${app} and l.attr = w.attr and l.from_id = w.from_id and l.to_id = w.to_id)
    order by w.n limit 1`)
  return missing[0] ? (unique[missing[0].n - 1] ?? null) : null
}

/** Removes links; one that is not there is no matter. */
export async function deleteLinks(
  tx: Queryable,
  app: AppKey,
  links: readonly LinkWrite[],
): Promise<void> {
  if (links.length === 0) return
  await tx.query(sql`
    delete from links l using ${pairs(links)}
    where l.app = ${app} and l.attr = w.attr and l.from_id = w.from_id and l.to_id = w.to_id`)
}

function pairs(links: readonly LinkWrite[]) {
  return sql`unnest(
    ${links.map(({ attr }) => attr.key)}::int[],
    ${links.map(({ from }) => from)}::uuid[],
    ${links.map(({ to }) => to)}::uuid[]
  ) with ordinality w(attr, from_id, to_id, n)`
}
