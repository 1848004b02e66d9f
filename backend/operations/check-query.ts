import { type CompiledRule, type CompiledRules, compileRules } from '@/backend/rules/compile-rules'
import type { Json, JsonObject } from '@/lib/base/json'
import { must } from '@/lib/base/must'
import { parseQuery } from '../query/parse'
import type { RuledActor } from './actor'
import type { Engine } from './engine'
import { collectCandidates, maxCandidates } from './judging/collect-candidates'
import { createJudge, type Judge, type Verdict } from './judging/judge'
import { createJudgeContext } from './judging/judge-context'
import { rememberVerdicts } from './judging/remember-verdicts'
import { type RuleRow, readRuleRows } from './judging/rule-rows'
import { createViewRules } from './judging/view-rules'
import { planQuery } from './plan-query'
import { answerPlan, levelsOf, type QueryRequest, ruleParamsOf, startFetching } from './query'

/** A query to be explained, as somebody whom rules are asked about. */
export interface CheckQueryRequest extends QueryRequest {
  readonly actor: RuledActor
  /** Asked instead of the rules in force; null for those. They must be valid. */
  readonly rulesOverride: JsonObject | null
}

/** What a view or field rule has said of an entity (contract http.md 4.5). */
export interface RowCheck {
  readonly namespace: string
  readonly id: string
  /** The attribute that a field rule is about; null for the row itself. */
  readonly label: string | null
  readonly record: JsonObject
  /** Null: shown, since there is none. */
  readonly rule: CompiledRule | null
  readonly value: Json
  readonly verdict: Verdict | null
}

export interface QueryCheck {
  readonly result: { readonly [namespace: string]: readonly Json[] }
  readonly checks: readonly RowCheck[]
  /** Most entities that are looked at, and whether that was enough. */
  readonly limit: number
  readonly isComplete: boolean
}

/**
 * Answers a query as somebody, and tells of every entity it touches what the rules say of it,
 * hidden ones included (contract http.md 2.4, 4.5). A rule that fails on one of them fails the
 * request, and says what has happened.
 */
export async function checkQuery(engine: Engine, request: CheckQueryRequest): Promise<QueryCheck> {
  const { app, rulesOverride } = request
  const query = parseQuery(request.query, { isAdmin: false })
  return engine.db.transaction(async (tx) => {
    const schema = await engine.readSchema(tx, app)
    const rules = rulesOverride ? compileRules(rulesOverride) : await engine.readRules(tx, app)
    const planned = await planQuery(tx, { app, schema }, query)
    const asking = { ...request, ruleParams: ruleParamsOf(request), isDebug: true }
    const judgeContext = createJudgeContext(engine.takeTokens, asking, { tx, schema, rules })
    const judge = rememberVerdicts(createJudge(judgeContext))
    const { plan, context } = planned
    const levels = levelsOf(plan)
    const viewing = { rules, context, levels, judge, isSqlAllowed: false }
    const view = await createViewRules(judgeContext, viewing)
    const fetching = await startFetching(engine, request, { planned, view })
    const { answer } = await answerPlan(fetching, plan, request)

    const pages = plan.roots.flatMap(({ label, level }) =>
      level ? [{ level, visible: (answer.tree[label] ?? []).map(idOf) }] : [],
    )
    const source = { tx, context: { ...context, schema } }
    const { candidates, isComplete } = await collectCandidates(source, pages)
    const checks: RowCheck[] = []
    for (const [namespace, entities] of candidates) {
      const found = { namespace, entities: [...entities.values()] }
      const rows = await readRuleRows(tx, source.context, { ...found, labels: null })
      checks.push(...(await checkRows({ judge, rules }, namespace, rows)))
    }
    return { result: answer.tree, checks, limit: maxCandidates, isComplete }
  }, 'read')
}

async function checkRows(
  { judge, rules }: { judge: Judge; rules: CompiledRules },
  namespace: string,
  rows: readonly RuleRow[],
): Promise<readonly RowCheck[]> {
  const asked = [
    { label: null, rule: rules.rule(namespace, 'view') },
    ...rules
      .fieldLabels(namespace)
      .map((label) => ({ label, rule: rules.fieldRule(namespace, label) })),
  ]
  const checks: RowCheck[] = []
  for (const { label, rule } of asked) {
    const subjects = rows.map(({ id, row }) => ({
      inputs: { data: row },
      owners: { data: { namespace, id } },
    }))
    const verdicts = rule && (await judge.judge(rule, subjects))
    rows.forEach(({ id, row }, index) => {
      const verdict = verdicts && must(verdicts[index], 'there is an answer to every question')
      const value = verdict ? verdict.value : true
      checks.push({ namespace, id, label, record: row, rule, value, verdict })
    })
  }
  return checks
}

function idOf(row: Json): string {
  return String((row as JsonObject).id)
}
