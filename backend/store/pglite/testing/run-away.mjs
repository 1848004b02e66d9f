// Writes to the store in a data directory, says so, and then asks what has no end.
import { parentPort, workerData } from 'node:worker_threads'
import { register } from 'tsx/esm/api'

register()
const { openPglite } = await import('../open-pglite.ts')
const { raw } = await import('../../../sql/sql.ts')

const db = await openPglite(workerData)
await db.query(raw('create table kept as select n from generate_series(1, 100) n'))
parentPort.postMessage('written')
await db.query(raw('select count(*) from generate_series(1, 1e15::bigint) a'))
parentPort.postMessage('came to an end')
