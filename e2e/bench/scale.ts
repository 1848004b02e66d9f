import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { admin } from '@/backend/operations/actor'
import { createEngine } from '@/backend/operations/engine'
import { runQuery } from '@/backend/operations/query'
import type { AppKey } from '@/backend/schema/attr'
import { migrate } from '@/backend/store/migrate'
import { migrations } from '@/backend/store/migrations'
import { openDatabase } from '@/backend/store/open-database'
import type { JsonObject } from '@/lib/base/json'
import { loadItemsApp } from './items-app'

/** A page of 50 in a small app and in a big one of the same store, turn by turn. */
const { values } = parseArgs({
  options: {
    small: { type: 'string', default: '10000' },
    big: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '200' },
  },
})
const dataDir = await mkdtemp(join(tmpdir(), 'understudy-scale-'))
const db = await openDatabase({ dataDir })
try {
  await migrate(db, migrations)
  const engine = createEngine(db)
  const small = await loadItemsApp(db, Number(values.small))
  const big = await loadItemsApp(db, Number(values.big))
  const apps = { small: small.key, big: big.key }
  await db.maintain()
  for (const [name, options] of Object.entries<JsonObject>({
    'by creation': { order: { serverCreatedAt: 'desc' }, limit: 50 },
    'by an indexed number': { order: { rank: 'asc' }, limit: 50 },
    'by an indexed text': { order: { title: 'desc' }, limit: 50 },
  })) {
    const times = { small: [] as number[], big: [] as number[] }
    for (let round = -20; round < Number(values.rounds); round++) {
      for (const size of ['small', 'big'] as const) {
        const startedAt = performance.now()
        await ask(apps[size], options)
        if (round >= 0) times[size].push(performance.now() - startedAt)
      }
    }
    const [few, many] = [median(times.small), median(times.big)]
    const ratio = (many / few).toFixed(2)
    console.log(
      `page of 50 ${name}: × ${ratio} (aim ≤ 1.5): ${few.toFixed(2)} ms, ${many.toFixed(2)} ms`,
    )
  }

  async function ask(app: AppKey, options: JsonObject): Promise<void> {
    await runQuery(engine, {
      app,
      actor: admin,
      requestOrigin: { ip: null, origin: null },
      query: { items: { $: options } },
      isInferred: false,
      wantsPageInfo: false,
    })
  }
} finally {
  await db.close()
  await rm(dataDir, { recursive: true, force: true })
}

function median(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
