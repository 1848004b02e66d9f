import { hashToken } from '@/backend/auth/admin-token'
import { bulkLoad } from '@/backend/demo/bulk-load'
import { createEngine } from '@/backend/operations/engine'
import { pushSchema } from '@/backend/operations/push-schema'
import type { AppKey } from '@/backend/schema/attr'
import type { Database } from '@/backend/store/database'
import { insertApp } from '@/backend/store/insert-app'
import { loadSchema } from '@/backend/store/load-schema'
import type { Json } from '@/lib/base/json'

export interface ItemsApp {
  readonly key: AppKey
  readonly appId: string
  readonly adminToken: string
}

/** An app of one namespace, `items`: each with an indexed title and an indexed number, in no order. */
export async function loadItemsApp(db: Database, count: number): Promise<ItemsApp> {
  const appId = crypto.randomUUID()
  const adminToken = crypto.randomUUID()
  const tokenHash = hashToken(adminToken)
  const { key } = await insertApp(db, { id: appId, title: 'Items', tokenHash, lifetimeDays: null })
  const attr = (valueType: string) => ({
    valueType,
    required: false,
    config: { indexed: true, unique: false },
  })
  const entities = { items: { attrs: { title: attr('string'), rank: attr('number') }, links: {} } }
  await pushSchema(createEngine(db), {
    app: key,
    body: { schema: { entities, links: {} } as unknown as Json, check_types: true },
  })
  const startedAt = performance.now()
  const target = { app: key, schema: await loadSchema(db, key) }
  const tables = [{ namespace: 'items', records: () => items(count) }]
  await bulkLoad((work) => db.transaction(work), target, { tables })
  const took = ((performance.now() - startedAt) / 1000).toFixed(1)
  console.log(`Loaded ${count.toLocaleString('en')} entities in ${took} s.`)
  return { key, appId, adminToken }
}

function* items(count: number) {
  for (let n = 0; n < count; n++) {
    const rank = (Math.imul(n, 2_654_435_761) >>> 0) % count
    const values = { title: `Item ${rank}`, rank }
    yield { id: crypto.randomUUID(), createdAt: 1_700_000_000_000 + n, values, links: {} }
  }
}
