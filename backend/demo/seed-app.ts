import { hashToken } from '@/backend/auth/admin-token'
import { addAttrs } from '@/backend/operations/change-attrs'
import { plan } from '@/backend/operations/push-schema'
import { parseDefinition } from '@/backend/schema/definition'
import type { Database, Queryable } from '@/backend/store/database'
import { insertApp } from '@/backend/store/insert-app'
import { loadSchema } from '@/backend/store/load-schema'
import { insertRules } from '@/backend/store/rule-versions'
import type { Json } from '@/lib/base/json'
import { must } from '@/lib/base/must'
import { type BulkInput, type BulkTarget, bulkLoad } from './bulk-load'
import { demoRules } from './rules'
import { demoSchema } from './schema'

export interface SeedApp {
  readonly id: string
  readonly title: string
  readonly adminToken: string
}

/** Makes an app that stays, with the schema and the rules of the demo and no records yet. */
export async function insertSeedApp(
  tx: Queryable,
  { id, title, adminToken }: SeedApp,
): Promise<BulkTarget> {
  const tokenHash = hashToken(adminToken)
  const { key: app } = await insertApp(tx, { id, title, tokenHash, lifetimeDays: null })
  const schema = await loadSchema(tx, app)
  const definition = must(
    parseDefinition(demoSchema as unknown as Json),
    'the demo schema has the form of one',
  )
  const steps = plan(schema, definition, { checkTypes: true, inBackground: false })
  const drafts = steps.flatMap((step) => (step.kind === 'add-attr' ? [step.attr] : []))
  await insertRules(tx, app, demoRules)
  return { app, schema: await addAttrs(tx, { app, schema }, drafts) }
}

/**
 * Makes an app and loads it, in batches of their own: an app of a million records is no
 * transaction of a million records. Interrupted, it leaves an app without all its records.
 */
export async function seedApp(db: Database, app: SeedApp, input: BulkInput): Promise<void> {
  const target = await db.transaction((tx) => insertSeedApp(tx, app))
  await bulkLoad((work) => db.transaction(work), target, input)
  // Without statistics and a visibility map, the first queries would be planned badly.
  await db.maintain()
}
