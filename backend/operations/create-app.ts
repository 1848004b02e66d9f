import { hashToken } from '@/backend/auth/admin-token'
import { type Definition, parseDefinition } from '@/backend/schema/definition'
import { insertApp } from '@/backend/store/insert-app'
import { insertRules } from '@/backend/store/rule-versions'
import { isJsonObject, type Json, type JsonObject } from '@/lib/base/json'
import { addAttrs } from './change-attrs'
import type { Engine } from './engine'
import { fieldMalformed, fieldMissing } from './param-error'
import { plan } from './push-schema'
import { parseCode } from './rules'

const ephemeralDays = 14

/**
 * `POST /dash/apps/ephemeral`, body `{title, schema?, rules?}` (contract http.md 6.10): makes an
 * app, with its schema and rules already in force, and its admin token, which is told here and never again.
 */
export async function createApp(engine: Engine, body: JsonObject): Promise<JsonObject> {
  const title = parseTitle(body.title)
  const definition = parseSchema(body.schema)
  const rules = parseRules(body.rules)
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
    if (rules) await insertRules(tx, inserted.key, rules)
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

/** The document to put in force. Throws `validation-failed` with all that is wrong with it. */
function parseRules(rules: Json | undefined): JsonObject | null {
  if (rules === undefined || rules === null) return null
  if (!isJsonObject(rules)) throw fieldMalformed('rules', rules)
  return rules.code === undefined || rules.code === null ? null : parseCode(rules.code)
}
