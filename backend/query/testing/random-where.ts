import type { Json, JsonObject } from '@/lib/base/json'

/** What a label of a namespace can be compared with, or where it leads. */
export type LabelKind =
  | { readonly kind: 'values'; readonly values: readonly Json[]; readonly isOrdered: boolean }
  | { readonly kind: 'link'; readonly target: string; readonly ids: readonly string[] }

/** Labels by namespace. */
export type Labels = Readonly<Record<string, Readonly<Record<string, LabelKind>>>>

/** A source of numbers in [0, 1) that repeats for a seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A random `where` over the labels, with paths of up to three links and lists of lists. */
export function randomWhere(
  labels: Labels,
  { namespace, random, depth = 0 }: { namespace: string; random: () => number; depth?: number },
): JsonObject {
  const where: Record<string, Json> = {}
  const size = 1 + Math.floor(random() * 3)
  for (let index = 0; index < size; index++) {
    if (depth < 2 && random() < 0.25) {
      const members = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
        randomWhere(labels, { namespace, random, depth: depth + 1 }),
      )
      where[random() < 0.5 ? 'and' : 'or'] = members
    } else {
      const { path, kind } = randomPath(labels, namespace, random)
      where[path] = randomCondition(kind, random)
    }
  }
  return where
}

function randomPath(
  labels: Labels,
  namespace: string,
  random: () => number,
): { path: string; kind: LabelKind } {
  const path: string[] = []
  let here = namespace
  for (;;) {
    const choices = Object.entries(labels[here] ?? {})
    const [label, kind] = pick(choices, random)
    path.push(label)
    if (kind.kind === 'values' || path.length > 3 || random() < 0.3) {
      return { path: path.join('.'), kind }
    }
    here = kind.target
  }
}

function randomCondition(kind: LabelKind, random: () => number): Json {
  if (kind.kind === 'link') {
    const id = () => pick(kind.ids, random)
    return pick<Json>(
      [id(), { $in: [id(), id()] }, { $not: id() }, { $isNull: true }, { $isNull: false }],
      random,
    )
  }
  const value = () => pick(kind.values, random)
  const always: Json[] = [
    value(),
    { $in: [value(), value()] },
    { $not: value() },
    { $ne: value() },
    { $isNull: true },
    { $isNull: false },
  ]
  const ordered: Json[] = [
    { $gt: value() },
    { $gte: value() },
    { $lt: value() },
    { $lte: value() },
    { $in: [value(), null] },
  ]
  return pick(kind.isOrdered ? [...always, ...ordered] : always, random)
}

function pick<T>(choices: readonly T[], random: () => number): T {
  return choices[Math.floor(random() * choices.length)] as T
}
