import { type CompiledRules, compileRules } from '@/backend/rules/compile-rules'
import { type AppReader, createAppReader } from '@/backend/store/app-reader'
import { readRulesVersion, readRuleVersion } from '@/backend/store/rule-versions'

/** Reads the rules that an app has in the snapshot of a transaction. */
export type ReadRules = AppReader<CompiledRules>

/** A reader that compiles the rules of an app once for each version of its document. */
export function createRulesReader(): ReadRules {
  return createAppReader({
    mostApps: 200,
    readVersion: readRulesVersion,
    async read(tx, app, version) {
      const stored = version === 0 ? null : await readRuleVersion(tx, app)
      return { version: stored?.version ?? 0, value: compileRules(stored?.code ?? {}) }
    },
  })
}
