import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '@/backend/sql/sql'
import type { Database } from '@/backend/store/database'
import { migrate } from '@/backend/store/migrate'
import { migrations } from '@/backend/store/migrations'
import { openTestDatabase } from '@/backend/store/testing'
import type { Json, JsonObject } from '@/lib/base/json'
import { matchingIds } from '../query/testing/brute-force'
import {
  type LabelKind,
  type Labels,
  randomWhere,
  seededRandom,
} from '../query/testing/random-where'
import type { World, WorldEntity, WorldLink } from '../query/testing/world'
import type { AppKey } from '../schema/attr'
import { admin } from './actor'
import { createEngine } from './engine'
import { runQuery } from './query'

const rounds = 600
const app = 1 as AppKey

const values: Readonly<Record<string, readonly Json[]>> = {
  n: [-1.5, 0, 1, 2],
  s: ['', 'a', 'A', 'ä', '1'],
  b: [true, false],
  u: [1, '1', true, 'a'],
}
const attrs = [
  { label: 'n', type: 'number', isIndexed: true },
  { label: 's', type: 'string', isIndexed: true },
  { label: 'b', type: 'boolean', isIndexed: true },
  { label: 'u', type: null, isIndexed: false },
] as const

const world = makeWorld(seededRandom(7))
let db: Database

beforeAll(async () => {
  db = await openTestDatabase()
  await migrate(db, migrations)
  await storeWorld(db, world)
})

afterAll(() => db.close())

test(`the compiled where agrees with a brute-force reading on ${rounds} random conditions`, async () => {
  const random = seededRandom(42)
  const engine = createEngine(db)
  const labels = labelsOf(world)
  let matches = 0
  for (let round = 0; round < rounds; round++) {
    const namespace = ['author', 'book', 'tag'][round % 3] ?? 'author'
    const where = randomWhere(labels, { namespace, random })
    const query = { [namespace]: { $: { where } } } as JsonObject
    const request = {
      app,
      actor: admin,
      requestOrigin: { ip: null, origin: null },
      query,
      isInferred: false,
      wantsPageInfo: false,
    }
    const { tree } = await runQuery(engine, request)
    const found = (tree[namespace] ?? []).map((row) => String((row as JsonObject).id)).sort()

    expect(found, JSON.stringify(where)).toEqual(matchingIds(world, namespace, where))
    matches += found.length
  }
  // A generator that only ever matched nothing would agree with anything.
  expect(matches).toBeGreaterThan(rounds)
})

function makeWorld(random: () => number): World {
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T
  const make = (namespace: string, count: number): WorldEntity[] =>
    Array.from({ length: count }, (_, index) => ({
      id: `${namespace.charCodeAt(0).toString(16)}000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      ...Object.fromEntries(
        Object.entries(values).flatMap(([label, choices]) => {
          const chance = random()
          if (chance < 0.15) return []
          return [[label, chance < 0.3 ? null : pick(choices)]]
        }),
      ),
    }))
  const entities = { author: make('author', 8), book: make('book', 9), tag: make('tag', 5) }
  const pairs = (
    from: readonly WorldEntity[],
    to: readonly WorldEntity[],
    { count, isOneTo, isOneFrom }: { count: number; isOneTo?: boolean; isOneFrom?: boolean },
  ) => {
    const kept: [string, string][] = []
    for (let index = 0; index < count; index++) {
      const pair: [string, string] = [pick(from).id, pick(to).id]
      const isTaken = kept.some(
        ([a, b]) =>
          (a === pair[0] && b === pair[1]) ||
          (isOneFrom && a === pair[0]) ||
          (isOneTo && b === pair[1]),
      )
      if (!isTaken) kept.push(pair)
    }
    return kept
  }
  const { author, book, tag } = entities
  const link = (from: string, to: string, joined: WorldLink['pairs']): WorldLink => {
    const [fromNamespace = '', fromLabel = ''] = from.split('.')
    const [toNamespace = '', toLabel = ''] = to.split('.')
    return {
      from: { namespace: fromNamespace, label: fromLabel },
      to: { namespace: toNamespace, label: toLabel },
      pairs: joined,
    }
  }
  return {
    entities,
    links: [
      link('author.books', 'book.authors', pairs(author, book, { count: 12 })),
      link('author.favourite', 'book.fans', pairs(author, book, { count: 8, isOneFrom: true })),
      link('book.tags', 'tag.book', pairs(book, tag, { count: 8, isOneTo: true })),
      link('author.friends', 'author.friendOf', pairs(author, author, { count: 8 })),
    ],
  }
}

function labelsOf({ entities, links }: World): Labels {
  const labels: Record<string, Record<string, LabelKind>> = {}
  for (const namespace of Object.keys(entities)) {
    labels[namespace] = Object.fromEntries(
      attrs.map(({ label, isIndexed }): [string, LabelKind] => [
        label,
        { kind: 'values', values: values[label] ?? [], isOrdered: isIndexed },
      ]),
    )
  }
  for (const { from, to } of links) {
    for (const [here, there] of [
      [from, to],
      [to, from],
    ] as const) {
      const ids = (entities[there.namespace] ?? []).map(({ id }) => id)
      const ends = labels[here.namespace]
      if (ends) ends[here.label] = { kind: 'link', target: there.namespace, ids }
    }
  }
  return labels
}

/** Writes the tables directly, so that this test stands on the query side alone. */
async function storeWorld(db: Database, { entities, links }: World): Promise<void> {
  await db.query(sql`insert into apps (id, title) values (gen_random_uuid(), 'World')`)
  for (const [namespace, rows] of Object.entries(entities)) {
    const [stored] = await db.query<{ key: number }>(
      sql`insert into namespaces (app, name) values (${app}, ${namespace}) returning key`,
    )
    await insertAttr(db, { namespace, label: 'id', type: null, isIndexed: false })
    const keys: Record<string, number> = {}
    for (const attr of attrs) keys[attr.label] = await insertAttr(db, { namespace, ...attr })
    for (const row of rows) await storeEntity(db, { ns: stored?.key ?? 0, keys, row })
  }
  for (const { from, to, pairs } of links) {
    const [attr] = await db.query<{ key: number }>(sql`
      insert into attrs (app, id, kind, forward_id, namespace, label, reverse_id,
        reverse_namespace, reverse_label, cardinality)
      values (${app}, gen_random_uuid(), 'link', gen_random_uuid(), ${from.namespace},
        ${from.label}, gen_random_uuid(), ${to.namespace}, ${to.label}, 'many') returning key`)
    for (const [a, b] of pairs) {
      await db.query(sql`insert into links (app, attr, from_id, to_id, one_from, one_to)
        values (${app}, ${attr?.key}, ${a}::uuid, ${b}::uuid, false, false)`)
    }
  }
}

async function storeEntity(
  db: Database,
  { ns, keys, row }: { ns: number; keys: Readonly<Record<string, number>>; row: WorldEntity },
): Promise<void> {
  const data = Object.fromEntries(
    attrs.flatMap(({ label, isIndexed }) =>
      label in row || isIndexed ? [[String(keys[label]), row[label] ?? null]] : [],
    ),
  )
  await db.query(sql`insert into entities (app, ns, id, created_at, data)
    values (${app}, ${ns}, ${row.id}::uuid, 1, ${JSON.stringify(data)}::jsonb)`)
  for (const { label, type } of attrs.filter(({ isIndexed }) => isIndexed)) {
    const value = JSON.stringify(row[label] ?? null)
    await db.query(sql`
      insert into index_values (app, attr, id, is_unique, is_text, vn, vt)
      values (${app}, ${keys[label]}, ${row.id}::uuid, false, ${type === 'string'},
        index_number(${value}::jsonb, ${type}::text), index_text(${value}::jsonb, ${type}::text))`)
  }
}

async function insertAttr(
  db: Database,
  attr: {
    readonly namespace: string
    readonly label: string
    readonly type: string | null
    readonly isIndexed: boolean
  },
): Promise<number> {
  const [row] = await db.query<{ key: number }>(sql`
    insert into attrs (app, id, kind, forward_id, namespace, label, is_indexed, checked_type)
    values (${app}, gen_random_uuid(), 'data', gen_random_uuid(), ${attr.namespace},
      ${attr.label}, ${attr.isIndexed}, ${attr.type}::text) returning key`)
  return row?.key ?? 0
}
