import {
  type ChildRow,
  compileChildren,
  compileRawLinks,
  type RawLinkRow,
} from '@/backend/query/compile-children'
import type { Child, Level } from '@/backend/query/plan'
import type { EntityRow, Fetched, FetchedChild } from '@/backend/query/shape'
import type { LinkEnd } from '@/backend/schema/attr'
import type { Fetching } from './fetch-root'
import { showsUrl } from './files/file-url'

/**
 * Everything below the given entities of a level that the caller may see: one statement for each
 * expanded link and one for the has-one links shown as ids, however many entities there are.
 */
export async function fetchBelow(
  fetching: Fetching,
  level: Level,
  rows: readonly EntityRow[],
): Promise<Fetched> {
  const children: FetchedChild[] = []
  for (const child of level.children) {
    children.push(await fetchChild(fetching, child, rows))
  }
  return {
    level,
    derived: await fetchDerived(fetching, level, rows),
    hidden: await fetchHidden(fetching, level, rows),
    children,
  }
}

async function fetchChild(
  fetching: Fetching,
  child: Child,
  parents: readonly EntityRow[],
): Promise<FetchedChild> {
  const { link, level } = child
  if (!link || !level) return { child, rowsByParent: new Map(), fetched: null }
  const pairs = await fetchPairs(fetching, { link, level }, parents)
  const rowsByParent = new Map<string, EntityRow[]>()
  for (const { parent, ...row } of pairs) {
    const siblings = rowsByParent.get(parent)
    if (siblings) siblings.push(row)
    else rowsByParent.set(parent, [row])
  }
  const distinct = new Map(pairs.map(({ id, data }) => [id, { id, data }]))
  return {
    child,
    rowsByParent,
    fetched: await fetchBelow(fetching, level, [...distinct.values()]),
  }
}

/** What each parent is linked to, as far as the caller may see the entity and the link. */
async function fetchPairs(
  { tx, context, view }: Fetching,
  { link, level }: { link: LinkEnd; level: Level },
  parents: readonly EntityRow[],
): Promise<readonly ChildRow[]> {
  if (parents.length === 0) return []
  const ids = parents.map(({ id }) => id)
  const rows = await tx.query<ChildRow>(compileChildren(context, { link, level }, ids))
  if (!view) return rows
  const seen = await view.see(level.namespace, rows)
  // A link belongs to its forward side, which here may be the child (semantics.md 6.4). The other
  // case is seen to where the parent's own attributes are.
  if (link.direction === 'forward') return seen
  const hidden = await view.hidden(level.namespace, link.attr.forward.label, seen)
  return seen.filter(({ id }) => !hidden.has(id))
}

/** What is shown of the rows without being one of their values. */
async function fetchDerived(
  fetching: Fetching,
  level: Level,
  rows: readonly EntityRow[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const derived = await fetchRawLinks(fetching, level, rows)
  if (!fetching.fileUrl || !showsUrl(level)) return derived
  for (const row of rows) {
    const url = fetching.fileUrl(row)
    if (url === null) continue
    const own = derived.get(row.id) ?? new Map<string, string>()
    derived.set(row.id, own.set('url', url))
  }
  return derived
}

async function fetchRawLinks(
  { tx, context }: Fetching,
  level: Level,
  rows: readonly EntityRow[],
): Promise<Map<string, Map<string, string>>> {
  const byEntity = new Map<string, Map<string, string>>()
  if (level.rawLinks.length === 0 || rows.length === 0) return byEntity
  const labels = new Map<number, string>(
    level.rawLinks.map(({ key, forward }) => [key, forward.label]),
  )
  const ids = rows.map(({ id }) => id)
  const stored = await tx.query<RawLinkRow>(compileRawLinks(context, level.rawLinks, ids))
  // In one order, so that equal answers are alike to the last byte.
  for (const { attr, from_id, to_id } of stored.sort((a, b) => a.attr - b.attr)) {
    const links = byEntity.get(from_id) ?? new Map<string, string>()
    byEntity.set(from_id, links.set(labels.get(attr) ?? '', to_id))
  }
  return byEntity
}

async function fetchHidden(
  { view }: Fetching,
  level: Level,
  rows: readonly EntityRow[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const hidden = new Map<string, ReadonlySet<string>>()
  if (!view) return hidden
  const shown = shownLabels(level)
  for (const label of view.ruledLabels(level.namespace)) {
    if (shown.has(label)) hidden.set(label, await view.hidden(level.namespace, label, rows))
  }
  return hidden
}

/**
 * Labels of what a level shows of its own: of nothing else a rule is asked. A link in reverse is its
 * other side's (contract semantics.md 6.4).
 */
function shownLabels({ labels, rawLinks, children }: Level): ReadonlySet<string> {
  return new Set([
    ...labels.values(),
    ...rawLinks.map(({ forward }) => forward.label),
    ...children.flatMap(({ label, link }) => (link?.direction === 'forward' ? [label] : [])),
  ])
}
