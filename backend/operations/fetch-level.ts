import type { LinkEnd } from '@/backend/schema/attr'
import type { Queryable } from '@/backend/store/database'
import {
  type ChildRow,
  compileChildren,
  compileRawLinks,
  type RawLinkRow,
} from '../query/compile-children'
import type { CompileContext } from '../query/compile-context'
import type { Child, Level } from '../query/plan'
import type { EntityRow, Fetched, FetchedChild } from '../query/shape'

/**
 * Everything below the given entities of a level: one statement for each expanded link and one
 * for the has-one links shown as ids, however many entities there are.
 */
export async function fetchBelow(
  tx: Queryable,
  context: CompileContext,
  { level, ids }: { level: Level; ids: readonly string[] },
): Promise<Fetched> {
  const children: FetchedChild[] = []
  for (const child of level.children) {
    children.push(await fetchChild(tx, context, { child, parentIds: ids }))
  }
  return { level, rawLinks: await fetchRawLinks(tx, context, { level, ids }), children }
}

async function fetchChild(
  tx: Queryable,
  context: CompileContext,
  { child, parentIds }: { child: Child; parentIds: readonly string[] },
): Promise<FetchedChild> {
  const { link, level } = child
  if (!link || !level) return { child, rowsByParent: new Map(), fetched: null }
  const rowsByParent = await fetchRows(tx, context, { link, level, parentIds })
  const ids = [...new Set([...rowsByParent.values()].flat().map(({ id }) => id))]
  return { child, rowsByParent, fetched: await fetchBelow(tx, context, { level, ids }) }
}

async function fetchRows(
  tx: Queryable,
  context: CompileContext,
  { link, level, parentIds }: { link: LinkEnd; level: Level; parentIds: readonly string[] },
): Promise<Map<string, EntityRow[]>> {
  const rowsByParent = new Map<string, EntityRow[]>()
  if (parentIds.length === 0) return rowsByParent
  const rows = await tx.query<ChildRow>(compileChildren(context, { link, level }, parentIds))
  for (const { parent, id, data } of rows) {
    const siblings = rowsByParent.get(parent)
    if (siblings) siblings.push({ id, data })
    else rowsByParent.set(parent, [{ id, data }])
  }
  return rowsByParent
}

async function fetchRawLinks(
  tx: Queryable,
  context: CompileContext,
  { level, ids }: { level: Level; ids: readonly string[] },
): Promise<Map<string, Map<string, string>>> {
  const byEntity = new Map<string, Map<string, string>>()
  if (level.rawLinks.length === 0 || ids.length === 0) return byEntity
  const labels = new Map<number, string>(
    level.rawLinks.map(({ key, forward }) => [key, forward.label]),
  )
  const rows = await tx.query<RawLinkRow>(compileRawLinks(context, level.rawLinks, ids))
  for (const { attr, from_id, to_id } of rows) {
    const links = byEntity.get(from_id) ?? new Map<string, string>()
    byEntity.set(from_id, links.set(labels.get(attr) ?? '', to_id))
  }
  return byEntity
}
