import { compileRules } from '@/backend/rules/compile-rules'
import { sql } from '@/backend/sql/sql'
import { insertTransaction } from '@/backend/store/insert-transaction'
import type { JsonObject } from '@/lib/base/json'
import { parseSteps } from '../transact/parse'
import type { RuledActor } from './actor'
import type { Engine } from './engine'
import type { JudgedCheck } from './judging/judge-checks'
import { createJudgeContext } from './judging/judge-context'
import { createWriteJudge } from './judging/write-judge'
import { nowhere, type TransactRequest } from './transact'
import { transactAlone } from './write-app'
import { writeSteps } from './write-steps'

/** A transaction to be explained, of somebody whom rules are asked about. */
export interface CheckTransactionRequest extends TransactRequest {
  readonly actor: RuledActor
  /** Asked instead of the rules in force; null for those. They must be valid. */
  readonly rulesOverride: JsonObject | null
  /** Keep what is written if every check passes; otherwise all of it is taken back. */
  readonly commits: boolean
}

export interface TransactionCheck {
  /** Taken up even by a transaction that is taken back. */
  readonly txId: number
  readonly areAllPassed: boolean
  readonly isCommitted: boolean
  /** Those before the write in the order of the steps, then those after it. */
  readonly checks: readonly JudgedCheck[]
}

/**
 * Runs a transaction as somebody and tells what the rules say of it, without being stopped by
 * them; other errors stop it as ever (contract http.md 2.5, 4.6). Nothing is kept unless told so.
 */
export async function checkTransaction(
  engine: Engine,
  request: CheckTransactionRequest,
): Promise<TransactionCheck> {
  const { db, readSchema, readRules, takeTokens, changes } = engine
  const { app, actor, requestOrigin = nowhere, rulesOverride, commits } = request
  const steps = parseSteps(request.steps)
  const { topics, check } = await transactAlone(engine, app, async (tx) => {
    await tx.query(sql`savepoint dry_run`)
    const schema = await readSchema(tx, app)
    const rules = rulesOverride ? compileRules(rulesOverride) : await readRules(tx, app)
    const asking = { app, actor, requestOrigin, ruleParams: null, isDebug: true }
    const context = createJudgeContext(takeTokens, asking, { tx, schema, rules })
    const checks: JudgedCheck[] = []
    const onJudged = (judged: readonly JudgedCheck[]) => {
      checks.push(...judged)
    }
    const judge = createWriteJudge(context, { rules, onJudged })
    const topics = await writeSteps(
      tx,
      { ...request, schema, judge, mostIds: changes.mostIds(app) },
      steps,
    )
    const logged = db.kind === 'postgres' ? topics : null
    const { id } = await insertTransaction(tx, app, logged)
    const areAllPassed = checks.every(({ passes }) => passes)
    const isCommitted = commits && areAllPassed
    if (!isCommitted) await tx.query(sql`rollback to savepoint dry_run`)
    return { topics, check: { txId: id, areAllPassed, isCommitted, checks } }
  })
  if (check.isCommitted) changes.publish(app, { id: check.txId, topics })
  return check
}
