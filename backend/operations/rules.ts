import { invalidRules } from '@/backend/rules/rule-error'
import { validateRules } from '@/backend/rules/validate-rules'
import type { AppKey } from '@/backend/schema/attr'
import { insertRules, readRuleVersion, readRuleVersions } from '@/backend/store/rule-versions'
import { isJsonObject, type Json, type JsonObject } from '@/lib/base/json'
import type { Engine } from './engine'
import { fieldMalformed, fieldMissing } from './param-error'
import { writeApp } from './write-app'

/**
 * `POST /dash/apps/:id/rules`, body `{code}` (contract http.md 6.5): puts a document in force as a
 * whole, or refuses it with all that is wrong with it. Answers with its version.
 */
export async function pushRules(
  engine: Engine,
  { app, body }: { readonly app: AppKey; readonly body: JsonObject },
): Promise<{ readonly code: JsonObject; readonly version: number }> {
  const code = parseCode(body.code)
  const { result: version } = await writeApp(engine, app, async (tx) => ({
    result: await insertRules(tx, app, code),
    topics: new Map([['rules', null]]),
  }))
  return { code, version }
}

/** `GET /dash/apps/:id/perms/pull` (contract http.md 6.5): the document in force, or null. */
export async function pullRules({ db }: Engine, app: AppKey): Promise<{ perms: Json }> {
  const stored = await readRuleVersion(db, app)
  return { perms: stored?.code ?? null }
}

const versionsListed = 100

/** `GET /dash/apps/:id/rules/versions`: the documents that were in force, the last ones first. */
export async function listRuleVersions({ db }: Engine, app: AppKey): Promise<JsonObject> {
  const versions = await readRuleVersions(db, app, versionsListed)
  return { versions: versions.map(({ version, code, at }) => ({ version, code, created_at: at })) }
}

/** A document that may be stored. Throws `validation-failed` with every issue. */
export function parseCode(code: Json | undefined): JsonObject {
  if (code === undefined || code === null) throw fieldMissing('code')
  if (!isJsonObject(code)) throw fieldMalformed('code', code)
  const issues = validateRules(code)
  if (issues.length > 0) throw invalidRules(code, issues)
  return code
}
