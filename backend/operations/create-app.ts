import { hashToken } from '@/backend/auth/admin-token'
import { EngineError } from '@/backend/engine-error'
import { type Definition, parseDefinition } from '@/backend/schema/definition'
import { insertApp } from '@/backend/store/insert-app'
import { isJsonObject, type Json, type JsonObject } from '@/lib/base/json'
import { addAttrs } from './change-attrs'
import type { Engine } from './engine'
import { fieldMalformed, fieldMissing } from './param-error'
import { plan } from './push-schema'

const ephemeralDays = 14

/**
 * `POST /dash/apps/ephemeral`, body `{title, schema?, rules?}` (contract http.md 6.10): makes an
 * app, with its schema already in force, and its admin token, which is told here and never again.
 */
export async function createApp(engine: Engine, body: JsonObject): Promise<JsonObject> {
  const title = parseTitle(body.title)
  const definition = parseSchema(body.schema)
  refuseRules(body.rules)
  const id = crypto.randomUUID()
  const token = crypto.randomUUID()
  const { createdAt, expiresMs } = await engine.db.transaction(async (tx) => {
    const app = { id, title, tokenHash: hashToken(token), lifetimeDays: ephemeralDays }
    const inserted = await insertApp(tx, app)
    if (definition) {
      const schema = await engine.readSchema(tx, inserted.key)
      const steps = plan(schema, definition, { checkTypes: true, inBackground: false })
      const drafts = steps.flatMap((step) => (step.kind === 'add-attr' ? [step.attr] : []))
      await addAttrs(tx, { app: inserted.key, schema }, drafts)
    }
    return inserted
  })
  return {
    app: { id, title, created_at: createdAt, org_id: null, 'admin-token': token },
    expires_ms: expiresMs,
  }
}

function parseTitle(title: Json | undefined): string {
  if (title === undefined || title === null || title === false) throw fieldMissing('title')
  if (typeof title !== 'string' || title.trim() === '') throw fieldMalformed('title', title)
  return title
}

function parseSchema(schema: Json | undefined): Definition | null {
  if (schema === undefined || schema === null) return null
  const definition = parseDefinition(schema)
  if (!definition) throw fieldMalformed('schema', schema)
  return definition
}

/** Rules that allow everything are what an app has anyway; others cannot be kept yet. */
function refuseRules(rules: Json | undefined): void {
  if (rules === undefined || rules === null) return
  const code = isJsonObject(rules) ? (rules.code ?? {}) : null
  if (isJsonObject(code) && Object.keys(code).length === 0) return
  throw new EngineError('validation-failed', 'Rules cannot be stored by this backend yet.')
}
