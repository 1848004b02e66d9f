import type { CompileContext, EntityRef, Guard } from '@/backend/query/compile-context'
import type { Level } from '@/backend/query/plan'
import type { EntityRow } from '@/backend/query/shape'
import type { CompiledRule, CompiledRules } from '@/backend/rules/compile-rules'
import { labelsRead } from '@/backend/rules/labels-read'
import { always, type RuleFilter } from '@/backend/rules/rule-filter'
import { toFilter } from '@/backend/rules/to-filter'
import { type Sql, sql } from '@/backend/sql/sql'
import { must } from '@/lib/base/must'
import { compileFilter, isRowLocal } from './compile-filter'
import { levelReads } from './condition-reads'
import { createJudge, type Judge, type JudgeContext, requireProgram } from './judge'
import { readNamespace, readRuleRows } from './rule-rows'

/** What a caller may see, by the rules of the app (contract semantics.md 6.4). */
export interface ViewRules {
  /** SQL that hidden rows of a level fail; null when none is hidden, or when only `see` can tell. */
  rowFilter(entity: EntityRef): Sql | null
  /** Whether the filter of a namespace asks for values of the row itself alone. */
  isRowLocal(namespace: string): boolean
  /** Whether rows of a namespace must be shown to `see` after they have been fetched. */
  isEvaluated(namespace: string): boolean
  /** The entities that the caller may see, in their order. */
  see<Row extends EntityRow>(namespace: string, rows: readonly Row[]): Promise<readonly Row[]>
  /** Ids of the entities of which the caller may not see the attribute called `label`. */
  hidden(namespace: string, label: string, rows: readonly EntityRow[]): Promise<ReadonlySet<string>>
  /** Labels of a namespace that some rule may hide. */
  ruledLabels(namespace: string): readonly string[]
  readonly guard: Guard
}

/** A rule, and the filter that it has become for this request; null where it has to be evaluated. */
interface ViewRule {
  readonly rule: CompiledRule
  readonly filter: RuleFilter | null
}

/**
 * The view rules for the levels of a plan. Simple rules become part of the SQL. The others are
 * evaluated on the rows that a level yields; where a condition reads what one of them judges off other
 * rows than those, it is evaluated on the whole namespace first.
 */
export async function createViewRules(
  judgeContext: JudgeContext,
  {
    rules,
    levels,
    context,
    judge = createJudge(judgeContext),
    isSqlAllowed = true,
  }: {
    rules: CompiledRules
    levels: readonly Level[]
    context: CompileContext
    judge?: Judge
    /** Not so where every row that is hidden should be known: rows are then evaluated one by one. */
    isSqlAllowed?: boolean
  },
): Promise<ViewRules> {
  const { tx, schema } = judgeContext
  const ruled = { ...context, schema }
  const known = new Map<CompiledRule, RuleFilter | null>()
  const admitted = new Map<string, readonly string[]>()

  const toViewRule = (rule: CompiledRule | null): ViewRule | null =>
    rule && { rule, filter: known.get(rule) ?? null }
  const rowRule = (namespace: string) => toViewRule(rules.rule(namespace, 'view'))
  const fieldRule = (namespace: string, label: string) =>
    toViewRule(rules.fieldRule(namespace, label))

  const translate = async (namespace: string, rule: CompiledRule | null): Promise<void> => {
    if (!rule || known.has(rule)) return
    const program = requireProgram(rule)
    const refs = await judge.authRefs(program)
    const checkedType = (label: string) => schema.dataAttr(namespace, label)?.checkedType ?? null
    known.set(rule, toFilter(program, { scope: judgeContext.scope, refs, checkedType }))
  }
  const passing = async (
    namespace: string,
    rule: CompiledRule,
    rows: readonly EntityRow[],
  ): Promise<ReadonlySet<string>> => {
    const seen = await readRuleRows(tx, ruled, {
      namespace,
      // Several parents may reach the same entity.
      entities: [...new Map(rows.map((row) => [row.id, row])).values()],
      // Whoever wants every row explained wants to see all of it.
      labels: isSqlAllowed ? labelsRead(requireProgram(rule)) : null,
    })
    const subjects = seen.map(({ id, row }) => ({
      inputs: { data: row },
      owners: { data: { namespace, id } },
    }))
    const verdicts = await judge.judge(rule, subjects)
    return new Set(seen.flatMap(({ id }, index) => (verdicts[index]?.passes ? [id] : [])))
  }
  const admit = async (namespace: string, found: ViewRule | null): Promise<void> => {
    if (!found || found.filter) return
    const key = admissionKey(namespace, found.rule)
    if (admitted.has(key)) return
    const ids = await passing(namespace, found.rule, await readNamespace(tx, context, namespace))
    admitted.set(key, [...ids])
  }
  const ruleSql = (entity: EntityRef, found: ViewRule | null): Sql | null => {
    if (!found || found.filter?.kind === always.kind) return null
    if (found.filter) return compileFilter(ruled, found.filter, entity)
    const ids = must(
      admitted.get(admissionKey(entity.namespace, found.rule)),
      'rules that conditions meet have been evaluated',
    )
    return sql`${entity.id} = any(${ids}::uuid[])`
  }

  for (const namespace of namespacesOf(levels)) {
    await translate(namespace, rules.rule(namespace, 'view'))
    for (const label of rules.fieldLabels(namespace)) {
      await translate(namespace, rules.fieldRule(namespace, label))
    }
  }
  for (const { namespace, attr, isShown } of levels.flatMap(levelReads)) {
    if (!isShown) await admit(namespace, rowRule(namespace))
    if (attr) await admit(namespace, fieldRule(namespace, attr.forward.label))
  }

  return {
    rowFilter: (entity) => {
      const found = rowRule(entity.namespace)
      return isSqlAllowed && found?.filter ? ruleSql(entity, found) : null
    },
    isRowLocal: (namespace) => {
      const filter = rowRule(namespace)?.filter
      return filter ? isRowLocal(schema, namespace, filter) : false
    },
    isEvaluated: (namespace) => {
      const found = rowRule(namespace)
      return found !== null && !(isSqlAllowed && found.filter)
    },
    see: async (namespace, rows) => {
      const found = rowRule(namespace)
      if (!found || (isSqlAllowed && found.filter) || rows.length === 0) return rows
      const ids = await passing(namespace, found.rule, rows)
      return rows.filter(({ id }) => ids.has(id))
    },
    hidden: async (namespace, label, rows) => {
      const found = fieldRule(namespace, label)
      if (!found || found.filter?.kind === always.kind) return new Set()
      const ids = await passing(namespace, found.rule, rows)
      return new Set(rows.flatMap(({ id }) => (ids.has(id) ? [] : [id])))
    },
    ruledLabels: rules.fieldLabels,
    guard: (entity, attr) => {
      const row = entity.isShown ? null : ruleSql(entity, rowRule(entity.namespace))
      const field = attr && ruleSql(entity, fieldRule(entity.namespace, attr.forward.label))
      return row && field ? sql`(${row} and ${field})` : (row ?? field)
    },
  }
}

/** A rule of `$default` judges several namespaces. */
function admissionKey(namespace: string, { path }: CompiledRule): string {
  return JSON.stringify([namespace, ...path])
}

/** Namespaces that a level shows, or that its conditions pass through. */
function namespacesOf(levels: readonly Level[]): ReadonlySet<string> {
  const shown = (level: Level): string[] => [
    level.namespace,
    ...level.children.flatMap((child) => (child.level ? shown(child.level) : [])),
  ]
  return new Set([
    ...levels.flatMap(shown),
    ...levels.flatMap(levelReads).map(({ namespace }) => namespace),
  ])
}
