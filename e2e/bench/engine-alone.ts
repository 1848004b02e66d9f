import { admin } from '@/backend/operations/actor'
import { createEngine } from '@/backend/operations/engine'
import { requireApp } from '@/backend/operations/identify'
import { runQuery } from '@/backend/operations/query'
import { nowhere } from '@/backend/operations/transact'
import { openDatabase } from '@/backend/store/open-database'
import type { JsonObject } from '@/lib/base/json'
import { type Figures, type Load, measure } from './measure'

/** A query of the engine itself, in this process: what is left of a request without HTTP. */
export async function measureEngine(
  { dataDir, appId }: { readonly dataDir: string; readonly appId: string },
  query: (round: number) => JsonObject,
  load: Load,
): Promise<Figures> {
  const databaseUrl = process.env.DATABASE_URL
  const db = await openDatabase({ dataDir, ...(databaseUrl && { databaseUrl }) })
  try {
    const engine = createEngine(db)
    const app = await requireApp(engine, appId)
    const asked = { app, actor: admin, requestOrigin: nowhere, isInferred: false }
    return await measure(async (round) => {
      await runQuery(engine, { ...asked, query: query(round), wantsPageInfo: false })
    }, load)
  } finally {
    await db.close()
  }
}
