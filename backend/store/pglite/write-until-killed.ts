/**
 * A program for `crash.pg.test.ts`: writes batches of rows into the data directory it is given,
 * and prints the number of each batch once its transaction has resolved.
 */
import { writeSync } from 'node:fs'
import { sql } from '@/backend/sql/sql'
import type { Database } from '../database'
import { openPglite } from './open-pglite'

const [dataDir = '', firstBatch = '0'] = process.argv.slice(2)
const writers = 4
let batch = Number(firstBatch)

const db = await openPglite({ dataDir })
writeSync(1, 'ready\n')
await Promise.all(Array.from({ length: writers }, () => writeForEver(db)))

async function writeForEver(database: Database): Promise<never> {
  for (;;) {
    batch += 1
    const own = batch
    const size = 1 + Math.floor(Math.random() * 150)
    await database.transaction((tx) =>
      tx.query(sql`
        insert into batches (batch, n, size)
        select ${own}::int, n, ${size}::int from generate_series(1, ${size}::int) n`),
    )
    writeSync(1, `${own}\n`)
    if (Math.random() < 0.02) await database.maintain()
  }
}
