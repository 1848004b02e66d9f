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
  const rounds = work.isLong ? Math.min(3, Number(values.rounds)) : Number(values.rounds)
  const times = { engine: [] as number[], limit: [] as number[], triples: [] as number[] }
  // The first rounds warm up caches and plans: a plan of Postgres is for good after five.
  const warmUp = work.isLong ? 1 : 6
  for (let round = 0; round < rounds + warmUp; round++) {
    if (round === warmUp) await layouts.engine.settle?.()
    const answers: string[] = []
    for (const name of ['engine', 'limit', 'triples'] as const) {
      const startedAt = performance.now()
      const answer = await work.run(layouts[name], round)
      if (round >= warmUp) times[name].push(performance.now() - startedAt)
      answers.push(canonical(answer))
    }
    const [expected] = answers
    if (answers.some((answer) => answer !== expected)) {
      throw new Error(`The layouts answer differently to: ${work.name}`)
    }
  }
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
