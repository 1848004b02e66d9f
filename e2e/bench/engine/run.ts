import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createEngine } from '@/backend/operations/engine'
import { raw } from '@/backend/sql/sql'
import type { Database } from '@/backend/store/database'
import { migrate } from '@/backend/store/migrate'
import { migrations } from '@/backend/store/migrations'
import { openDatabase } from '@/backend/store/open-database'
import { createPostgresDatabase } from '@/backend/store/testing'
import { openLibrary } from './engine-baseline'
import { limitBaseline } from './limit'
import { triplesBaseline } from './triples'
import { type Layout, type Work, withTransactions, works } from './works'

/**
 * The engine against two baselines in one store, turn by turn in one run: hand-written SQL over plain
 * tables (limit), and the best SQL over a row for every fact (triples). Ratios of medians.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '15' },
    facts: { type: 'string', default: '1000000' },
    only: { type: 'string', default: '' },
  },
})

/** For so long quick work is played, to warm up and to be measured. */
const quickMs = 2_000

interface Result {
  readonly work: string
  /** Medians, in milliseconds. */
  readonly engineMs: number
  readonly limitMs: number
  readonly triplesMs: number
  readonly engineToLimit: number
  readonly triplesToEngine: number
  readonly aim: Work['aim']
}

const columns = [42, 10, 10, 10, 22, 22] as const
const heading = row(['work', 'engine', 'limit', 'triples', 'engine / limit', 'triples / engine'])

const url = process.env.DATABASE_URL
const store = url ? 'postgres' : 'pglite'
const { db, remove } = await openStore()
try {
  const layouts = await openLayouts(db)
  console.log(heading)
  const results: Result[] = []
  for (const work of works(Number(values.facts))) {
    if (!work.name.includes(values.only)) continue
    const result = await compare(work, layouts)
    results.push(result)
    console.log(lineOf(result))
  }
  await mkdir('bench-results', { recursive: true })
  const file = `bench-results/engine-${store}.json`
  await writeFile(file, `${JSON.stringify({ store, node: process.version, results }, null, 2)}\n`)
  console.log(`Written to ${file}.`)
} finally {
  await db.close()
  await remove()
}

async function openStore(): Promise<{ db: Database; remove: () => Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'understudy-bench-'))
  const own = url ? await createPostgresDatabase(url) : null
  const opened = await openDatabase({ dataDir, ...(own && { databaseUrl: own.url }) })
  return {
    db: opened,
    remove: async () => {
      await own?.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function openLayouts(
  database: Database,
): Promise<Record<'engine' | 'limit' | 'triples', Layout>> {
  await migrate(database, migrations)
  const engine = await openLibrary(createEngine(database))
  const limit = limitBaseline(database)
  const triples = triplesBaseline(database)
  for (const [name, layout] of Object.entries({ engine, limit, triples })) {
    const startedAt = performance.now()
    await layout.load()
    console.log(`Loaded ${name} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`)
  }
  // As autovacuum leaves a store, and as our own maintenance does.
  await database.query(raw('vacuum analyze'))
  const write = (baseline: typeof limit) =>
    withTransactions(baseline, (work) => database.transaction(work))
  return { engine, limit: write(limit), triples: write(triples) }
}

async function compare(
  work: Work,
  layouts: Awaited<ReturnType<typeof openLayouts>>,
): Promise<Result> {
  const times = { engine: [] as number[], limit: [] as number[], triples: [] as number[] }
  const least = work.isLong ? Math.min(3, Number(values.rounds)) : Number(values.rounds)
  const warmUp = await play(work, layouts, { first: 0, least: work.isLong ? 1 : 6 })
  await layouts.engine.settle?.()
  await play(work, layouts, { first: warmUp, least, times })
  const [engineMs, limitMs, triplesMs] = [times.engine, times.limit, times.triples].map(median) as [
    number,
    number,
    number,
  ]
  return {
    work: work.name,
    engineMs,
    limitMs,
    triplesMs,
    engineToLimit: engineMs / limitMs,
    triplesToEngine: triplesMs / engineMs,
    aim: work.aim,
  }
}

/**
 * Plays rounds of a work, each on every layout, and answers with the number of the next: at least so
 * many, and of quick work as many as a second or two hold. A plan of Postgres is for good after five, and a
 * program in its second of work is not yet what it is in its second hour.
 */
async function play(
  work: Work,
  layouts: Awaited<ReturnType<typeof openLayouts>>,
  { first, least, times }: { first: number; least: number; times?: Record<string, number[]> },
): Promise<number> {
  const startedAt = performance.now()
  let round = first
  while (round < first + least || (!work.isLong && performance.now() - startedAt < quickMs)) {
    const answers: string[] = []
    for (const name of ['engine', 'limit', 'triples'] as const) {
      const askedAt = performance.now()
      const answer = await work.run(layouts[name], round)
      times?.[name]?.push(performance.now() - askedAt)
      answers.push(canonical(answer))
    }
    const [expected] = answers
    if (answers.some((answer) => answer !== expected)) {
      throw new Error(`The layouts answer differently to: ${work.name}`)
    }
    round += 1
  }
  return round
}

/** Which entities, whatever their order and however often: levels are compared as sets. */
function canonical(answer: readonly string[] | number | null): string {
  return Array.isArray(answer) ? [...new Set(answer)].sort().join() : String(answer)
}

function lineOf({
  work,
  engineMs,
  limitMs,
  triplesMs,
  engineToLimit,
  triplesToEngine,
  aim,
}: Result): string {
  const isMissed = [engineToLimit > aim[0], triplesToEngine < aim[1]]
  return row([
    work,
    ...[engineMs, limitMs, triplesMs].map((ms) => `${ms.toPrecision(3)} ms`),
    `${engineToLimit.toFixed(2)} (≤ ${aim[0]})${isMissed[0] ? ' missed' : ''}`,
    `${triplesToEngine.toFixed(1)} (≥ ${aim[1]})${isMissed[1] ? ' missed' : ''}`,
  ])
}

function row(cells: readonly string[]): string {
  return cells.map((cell, at) => cell.padEnd(columns[at] ?? 0)).join(' ')
}

function median(all: readonly number[]): number {
  const sorted = [...all].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
