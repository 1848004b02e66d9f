import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '@/backend/sql/sql'
import { isJsonObject, type Json, type JsonObject } from '@/lib/base/json'
import type { Engine } from './engine'
import { createTestApp, define, findIndexErrors, openTestEngine, refusal, uuid } from './testing'

/**
 * Random transactions against a model that keeps facts one by one, as Instant does, in place of
 * rows: the same states, and refused when the other is. Seeded, so a failure can be repeated.
 */

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.db.close())

const schema = define(
  {
    a: { uniq: 'any unique optional', idx: 'number indexed optional', info: 'any optional' },
    b: { must: 'string', info: 'any optional' },
  },
  {
    manyMany: link('a.mm many', 'b.mmBack many'),
    oneMany: link('b.owner one', 'a.owned many', { forward: { onDelete: 'cascade' } }),
    manyOne: link('a.parts many', 'b.whole one', { reverse: { onDelete: 'cascade' } }),
    oneOne: link('a.twin one', 'a.twinOf one'),
  },
)

interface Shape {
  readonly from: string
  readonly to: string
  readonly isOne: boolean
  readonly isUnique: boolean
  readonly onDelete?: true
  readonly onDeleteReverse?: true
}
const links: Readonly<Record<string, Shape>> = {
  mm: { from: 'a', to: 'b', isOne: false, isUnique: false },
  owner: { from: 'b', to: 'a', isOne: true, isUnique: false, onDelete: true },
  parts: { from: 'a', to: 'b', isOne: false, isUnique: true, onDeleteReverse: true },
  twin: { from: 'a', to: 'a', isOne: true, isUnique: true },
}
const reverses: Readonly<Record<string, string>> = {
  mmBack: 'mm',
  owned: 'owner',
  whole: 'parts',
  twinOf: 'twin',
}
const labels: Readonly<Record<string, readonly string[]>> = {
  a: ['mm', 'parts', 'twin', 'owned', 'twinOf'],
  b: ['owner', 'mmBack', 'whole'],
}

type Step = readonly [op: string, ns: string, id: string, values: JsonObject, options?: JsonObject]

class Refused extends Error {}

/** Facts by namespace, id and label; links by label as `from to`; keys of what a run has touched. */
interface Model {
  readonly facts: Map<string, Map<string, Json>>
  readonly links: Map<string, Set<string>>
  readonly touched: Set<string>
}

function copyModel({ facts, links: pairs }: Pick<Model, 'facts' | 'links'>): Model {
  return {
    facts: new Map([...facts].map(([key, values]) => [key, new Map(values)])),
    links: new Map([...pairs].map(([label, set]) => [label, new Set(set)])),
    touched: new Set(),
  }
}

function runModel(model: Model, steps: readonly Step[]): void {
  const ops = steps.flatMap(expand)
  for (const { mode, key } of ops) {
    const existed = model.facts.has(key) || hasLinkFrom(model, key)
    if ((mode === 'create' && existed) || (mode === 'update' && !existed)) throw new Refused('mode')
  }
  for (const kind of new Set(ops.map((op) => op.kind))) {
    for (const op of ops) if (op.kind === kind) applyOp(model, op)
    checkUnique(model)
  }
  checkRequired(model)
}

function applyOp(model: Model, { kind, key, label, value = null, link: pair }: ModelOp): void {
  model.touched.add(key)
  const values = model.facts.get(key)
  if (kind === 'delete') removeFacts(model, key, new Set())
  else if (pair !== undefined) applyLink(model, kind, { label: label ?? '', pair })
  else if (label === undefined) {
    const nulls: [string, Json][] = key.startsWith('a ') ? [['idx', null]] : []
    if (!values) model.facts.set(key, new Map(nulls))
  } else values?.set(label, kind === 'merge' ? merge(values.get(label), value) : value)
}

function applyLink(
  model: Model,
  kind: ModelOp['kind'],
  { label, pair }: { label: string; pair: string },
): void {
  const pairs = model.links.get(label) ?? new Set()
  const [from] = pair.split(' ')
  if (kind === 'retract') {
    pairs.delete(pair)
    return
  }
  if (links[label]?.isOne) {
    for (const other of [...pairs]) if (other.startsWith(`${from} `)) pairs.delete(other)
  }
  pairs.add(pair)
}

function removeFacts(model: Model, key: string, seen: Set<string>): void {
  if (seen.has(key)) return
  seen.add(key)
  model.touched.add(key)
  model.facts.delete(key)
  for (const [label, pairs] of model.links) {
    for (const pair of [...pairs]) {
      const { onDelete, onDeleteReverse, ends } = endsOf(label, pair)
      if (!ends.includes(key)) continue
      pairs.delete(pair)
      model.touched.add(ends[0])
      if (ends[0] === key && onDeleteReverse) removeFacts(model, ends[1], seen)
      if (ends[1] === key && onDelete) removeFacts(model, ends[0], seen)
    }
  }
}

function endsOf(label: string, pair: string): Partial<Shape> & { ends: readonly [string, string] } {
  const shape = links[label]
  const [from = '', to = ''] = pair.split(' ')
  return { ...shape, ends: [`${shape?.from} ${from}`, `${shape?.to} ${to}`] }
}

function checkUnique(model: Model): void {
  const values = [...model.facts]
    .flatMap(([key, facts]) => (key.startsWith('a ') ? [facts.get('uniq') ?? null] : []))
    .filter((value) => value !== null)
    .map((value) => JSON.stringify(value))
  const targets = [...model.links]
    .filter(([label]) => links[label]?.isUnique)
    .flatMap(([label, pairs]) => [...pairs].map((pair) => `${label} ${pair.split(' ')[1]}`))
  for (const list of [values, targets]) {
    if (new Set(list).size < list.length) throw new Refused('unique')
  }
}

function checkRequired(model: Model): void {
  for (const key of model.touched) {
    if (!key.startsWith('b ')) continue
    const facts = model.facts.get(key)
    const isMissing = facts ? (facts.get('must') ?? null) === null : hasLinkFrom(model, key)
    if (isMissing) throw new Refused('required')
  }
}

function hasLinkFrom(model: Model, key: string): boolean {
  const [ns, id] = key.split(' ')
  return [...model.links].some(
    ([label, pairs]) =>
      links[label]?.from === ns && [...pairs].some((pair) => pair.startsWith(`${id} `)),
  )
}

function stateOf(model: Model) {
  const facts = [...model.facts].map(([key, values]) => [key, Object.fromEntries(values)])
  const pairs = [...model.links].flatMap(([label, set]) =>
    [...set].map((pair) => `${label} ${pair}`),
  )
  return { facts: Object.fromEntries(facts), pairs: pairs.sort() }
}

interface ModelOp {
  readonly kind: 'set' | 'merge' | 'retract' | 'delete'
  readonly key: string
  readonly mode?: 'create' | 'update'
  readonly label?: string
  readonly value?: Json
  readonly link?: string
}

function expand([op, ns, id, values, options]: Step): readonly ModelOp[] {
  const key = `${ns} ${id}`
  if (op === 'delete') return [{ kind: 'delete', key }]
  if (op === 'link' || op === 'unlink') {
    return Object.entries(values).flatMap(([label, targets]) =>
      (targets as string[]).map((target): ModelOp => {
        const forward = reverses[label]
        const pair = forward ? `${target} ${id}` : `${id} ${target}`
        const shape = links[forward ?? label]
        return {
          kind: op === 'link' ? 'set' : 'retract',
          key: `${shape?.from} ${pair.split(' ')[0]}`,
          label: forward ?? label,
          link: pair,
        }
      }),
    )
  }
  const mode = op === 'create' ? 'create' : options?.upsert === false ? 'update' : null
  const kind = op === 'merge' ? 'merge' : 'set'
  return [
    { kind: 'set', key, ...(mode && { mode }) },
    ...Object.entries(values).map(([label, value]): ModelOp => ({ kind, key, label, value })),
  ]
}

function merge(stored: Json | undefined, patch: Json): Json {
  if (!isJsonObject(stored) || !isJsonObject(patch)) return patch
  const result: Record<string, Json> = { ...stored }
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key]
    else result[key] = merge(result[key], value)
  }
  return result
}

test.each([1, 2, 3, 4, 5, 6])(
  'random transactions do what the model does, seed %i',
  async (seed) => {
    const app = await createTestApp(engine)
    await app.push(schema)
    const random = createRandom(seed)
    let model = copyModel({
      facts: new Map(),
      links: new Map(Object.keys(links).map((label) => [label, new Set()])),
    })
    let accepted = 0
    for (let n = 0; n < 120; n += 1) {
      const steps = Array.from({ length: 1 + random(6) }, () => randomStep(random))
      const next = copyModel(model)
      const reason = modelRefusal(next, steps)
      const input = steps.map((step): Json => [...step] as Json)
      if (reason === null) {
        await app.write(...input)
        model = next
        accepted += 1
      } else {
        const error = await refusal(app.write(...input))
        expect({ reason, type: error.type, steps }).toEqual({
          reason,
          type: reason === 'unique' ? 'record-not-unique' : 'validation-failed',
          steps,
        })
      }
      expect({ steps, ...(await readState(app.app)) }).toEqual({ steps, ...stateOf(model) })
    }
    expect(accepted).toBeGreaterThan(20)
    expect(await findIndexErrors(engine, app.app)).toEqual([])
  },
)

function modelRefusal(model: Model, steps: readonly Step[]): string | null {
  try {
    runModel(model, steps)
    return null
  } catch (error) {
    if (error instanceof Refused) return error.message
    throw error
  }
}

async function readState(app: number) {
  const rows = await engine.db.query<{ ns: string; id: string; data: Record<string, Json> }>(sql`
    select n.name as ns, e.id, e.data from entities e
    join namespaces n on n.app = e.app and n.key = e.ns where e.app = ${app}`)
  const attrs = await engine.db.query<{ key: number; label: string }>(
    sql`select key, label from attrs where app = ${app}`,
  )
  const names = new Map(attrs.map(({ key, label }) => [String(key), label]))
  const pairs = await engine.db.query<{ attr: number; from_id: string; to_id: string }>(
    sql`select attr, from_id, to_id from links where app = ${app}`,
  )
  const facts = rows.map(({ ns, id, data }) => [
    `${ns} ${id}`,
    Object.fromEntries(Object.entries(data).map(([key, value]) => [names.get(key), value])),
  ])
  return {
    facts: Object.fromEntries(facts),
    pairs: pairs.map((row) => `${names.get(String(row.attr))} ${row.from_id} ${row.to_id}`).sort(),
  }
}

function randomStep(random: (n: number) => number): Step {
  const pick = <T>(items: readonly T[]): T => items[random(items.length)] as T
  const ns = pick(['a', 'b'])
  const id = uuid(random(4))
  const op = pick(['create', 'update', 'update', 'merge', 'link', 'link', 'unlink', 'delete'])
  if (op === 'delete') return [op, ns, id, {}]
  if (op === 'link' || op === 'unlink') {
    const targets = Array.from({ length: 1 + random(2) }, () => uuid(random(4)))
    return [op, ns, id, { [pick(labels[ns] ?? [])]: targets }]
  }
  const info = pick<Json>([{ x: random(3) }, { x: null, y: { z: 1 } }, { y: { z: null } }, null, 5])
  const values: JsonObject =
    ns === 'b'
      ? { ...(random(4) > 0 && { must: 'm' }), ...(random(2) > 0 && { info }) }
      : {
          ...(random(3) === 0 && { uniq: pick<Json>([1, 2, null, 'x']) }),
          ...(random(3) === 0 && { idx: random(5) }),
          ...(random(2) === 0 && { info }),
        }
  const isStrict = op !== 'create' && random(4) === 0
  return isStrict ? [op, ns, id, values, { upsert: false }] : [op, ns, id, values]
}

/** Small numbers below `n`, the same ones for the same seed (mulberry32). */
function createRandom(seed: number): (n: number) => number {
  let state = seed
  return (n) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * n)
  }
}

function link(
  forward: string,
  reverse: string,
  more: { forward?: JsonObject; reverse?: JsonObject } = {},
): JsonObject {
  const side = (text: string) => {
    const [name = '', has = ''] = text.split(' ')
    const [on = '', label = ''] = name.split('.')
    return { on, label, has }
  }
  return {
    forward: { ...side(forward), ...more.forward },
    reverse: { ...side(reverse), ...more.reverse },
  }
}
