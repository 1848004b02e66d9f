import type { CompiledRules } from '@/backend/rules/compile-rules'
import type { AttrDraft } from '@/backend/schema/draft'
import type { Schema } from '@/backend/schema/schema'
import type { Op } from '../../transact/op'
import type { EntityStep } from '../../transact/step'
import { closedRow, refuseSystemRows } from '../../transact/system-rows'
import { createJudge, type JudgeContext } from './judge'
import { type AttrRemoval, denyAttrChange, judgeNewAttrs } from './judge-attrs'
import { type JudgedCheck, judgeChecks, type KnownRows } from './judge-checks'
import { createScopes } from './judge-context'
import { type Check, distinctChecks, planChecks } from './plan-checks'
import { movesCascades, planDeletions } from './plan-deletions'
import { createRowReader } from './row-reader'
import { createWriteState, entitiesOf, type FindRow, keyOf } from './write-state'

/** Hears of checks as they are made: to refuse the transaction, or to remember them. */
export type OnJudged = (judged: readonly JudgedCheck[]) => void

/** Judges a transaction of somebody who is not the admin (contract semantics.md 6.5). */
export interface WriteJudge {
  /** Refuses what no rule can allow; to be asked first. */
  refuse(schema: Schema, steps: readonly EntityStep[]): void
  /** To be asked before the attributes are stored. */
  newAttrs(schema: Schema, drafts: readonly AttrDraft[]): Promise<void>
  attrChange(step: AttrRemoval): void
  /** Judges what can be judged before anything is written, and answers with what is left to do. */
  review(schema: Schema, ops: readonly Op<string>[]): Promise<Review>
}

/** The rest of judging a transaction. */
export interface Review {
  /** To be asked before anything is deleted, once all that is written before it has been. */
  beforeDelete(): Promise<void>
  /** To be asked when all is written, and may still be taken back. */
  after(): Promise<void>
}

/** The judge of one transaction. Refs are remembered only while nothing is written. */
export function createWriteJudge(
  context: JudgeContext,
  { rules, onJudged }: { readonly rules: CompiledRules; readonly onJudged: OnJudged },
): WriteJudge {
  const scopeOf = createScopes(context.scope)
  return {
    refuse: refuseSystemRows,
    async newAttrs(schema, drafts) {
      const judge = createJudge({ ...context, schema })
      onJudged(await judgeNewAttrs({ judge, rules }, drafts))
    },
    attrChange: (step) => onJudged([denyAttrChange(step)]),
    async review(schema, ops) {
      const read = createRowReader(context, schema)
      const judge = async (checks: readonly Check[], rows: KnownRows) => {
        if (checks.length === 0) return
        // A judge for each phase, since writing changes what refs say.
        const phase = { judge: createJudge({ ...context, schema }), scopeOf }
        onJudged(await judgeChecks(phase, checks, rows))
      }
      const named = ops.flatMap(entitiesOf)
      const before = await read(named)
      const state = createWriteState(ops, before)
      const planned = planChecks({ rules, state }, ops)
      const deletions = () => planDeletions({ ...context, schema, rules, state }, ops)
      const isLate = movesCascades(ops)
      const early = isLate ? [] : await deletions()
      const first = distinctChecks([...planned.filter(isBefore), ...early])
      const known = new Set(named.map(keyOf))
      // Nothing of an entity that no step names has changed, whenever it is read.
      const rowsOf = async (checks: readonly Check[]): Promise<KnownRows> => {
        const others = await read(checks.filter((check) => !known.has(keyOf(check))))
        return {
          before: (entity) => (known.has(keyOf(entity)) ? before : others)(entity),
          after: nothing,
        }
      }
      await judge(first, await rowsOf(first))
      return {
        async beforeDelete() {
          if (!isLate) return
          const asked = new Set(first)
          const late = distinctChecks([...(await deletions()), ...first])
          const fresh = late.filter((check) => !asked.has(check))
          await judge(fresh, await rowsOf(fresh))
        },
        async after() {
          const last = planned.filter((check) => !isBefore(check))
          if (last.some(isNewUser)) throw closedRow('$users', 'create')
          const after = await read(
            last.flatMap((check) => [check, ...(check.linked ? [check.linked] : [])]),
          )
          await judge(last, { before, after })
        },
      }
    },
  }
}

const nothing: FindRow = () => null

function isBefore({ phase }: Check): boolean {
  return phase === 'before'
}

/** Users are made by signing up, and by the admin. */
function isNewUser({ action, namespace }: Check): boolean {
  return action === 'create' && namespace === '$users'
}
