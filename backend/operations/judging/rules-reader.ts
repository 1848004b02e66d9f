import { type CompiledRules, compileRules } from '@/backend/rules/compile-rules'
import type { AppKey } from '@/backend/schema/attr'
import type { Queryable } from '@/backend/store/database'
import { readRulesVersion, readRuleVersion } from '@/backend/store/rule-versions'

/** Reads the rules that an app has in the snapshot of a transaction. */
export type ReadRules = (tx: Queryable, app: AppKey) => Promise<CompiledRules>

const maxApps = 200

/** A reader that compiles the rules of an app once for each version of its document. */
export function createRulesReader(): ReadRules {
  const known = new Map<AppKey, { readonly version: number; readonly rules: CompiledRules }>()
  return async (tx, app) => {
    const version = await readRulesVersion(tx, app)
    const cached = known.get(app)
    if (cached?.version === version) return cached.rules
    const stored = version === 0 ? null : await readRuleVersion(tx, app)
    const rules = compileRules(stored?.code ?? {})
    known.delete(app)
    known.set(app, { version: stored?.version ?? 0, rules })
    const oldest = known.keys().next()
    if (known.size > maxApps && !oldest.done) known.delete(oldest.value)
    return rules
  }
}
