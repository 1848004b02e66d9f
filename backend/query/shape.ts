import { timedOut } from '@/backend/engine-error'
import type { Json } from '@/lib/base/json'
import { setOwn } from '@/lib/base/set-own'
import type { Child, Level } from './plan'

/** What was fetched of one level: its entities and what hangs below them. */
export interface Fetched {
  readonly level: Level
  /** Raw ids of has-one links, and links to files, by entity id, then label. */
  readonly derived: ReadonlyMap<string, ReadonlyMap<string, string>>
  /** Ids of the entities that keep an attribute to themselves, by its label. */
  readonly hidden: ReadonlyMap<string, ReadonlySet<string>>
  readonly children: readonly FetchedChild[]
}

/** An expanded link of a level: each parent's entities, and what was fetched of them. */
export interface FetchedChild {
  readonly child: Child
  readonly rowsByParent: ReadonlyMap<string, readonly EntityRow[]>
  readonly fetched: Fetched | null
}

/** An entity as stored: values by attribute key. */
export interface EntityRow {
  readonly id: string
  readonly data: Readonly<Record<string, unknown>>
}

type Tree = Record<string, Json>

/**
 * The objects of the answer (semantics.md 4). With `isInferred`, links that lead to at most one
 * entity are that entity or null; otherwise every link is an array.
 */
export function shapeRows(
  rows: readonly EntityRow[],
  fetched: Fetched,
  isInferred: boolean,
): readonly Json[] {
  return shapeAll(rows, fetched, { isInferred, left: mostObjects })
}

/** An answer of more objects fits no memory: where all is linked to all, each level multiplies it. */
const mostObjects = 3_000_000

interface Shaping {
  readonly isInferred: boolean
  /** How many objects may still be made. */
  left: number
}

function shapeAll(rows: readonly EntityRow[], fetched: Fetched, shaping: Shaping): readonly Json[] {
  return rows.map((row) => shapeEntity(row, fetched, shaping))
}

function shapeEntity(row: EntityRow, fetched: Fetched, shaping: Shaping): Tree {
  shaping.left -= 1
  if (shaping.left < 0) throw timedOut('query')
  const tree: Tree = { id: row.id }
  const isHidden = (label: string) => fetched.hidden.get(label)?.has(row.id) === true
  // By the level's labels: listing the keys of a row that are numbers costs several times more.
  for (const [key, label] of fetched.level.labels) {
    const value = row.data[key]
    if (value !== undefined && !isHidden(label)) setOwn(tree, label, value as Json)
  }
  for (const [label, text] of fetched.derived.get(row.id) ?? []) {
    if (!isHidden(label)) setOwn(tree, label, text)
  }
  for (const below of fetched.children) {
    const rows = isHidden(below.child.label) ? [] : (below.rowsByParent.get(row.id) ?? [])
    setOwn(tree, below.child.label, shapeChild(rows, below, shaping))
  }
  return tree
}

function shapeChild(
  rows: readonly EntityRow[],
  { child, fetched }: FetchedChild,
  shaping: Shaping,
): Json {
  const targets = fetched ? shapeAll(rows, fetched, shaping) : []
  return shaping.isInferred && child.link?.isSingular ? (targets[0] ?? null) : targets
}
