import { EngineError } from '@/backend/engine-error'
import type { AppKey } from '@/backend/schema/attr'
import type { Actor } from '../actor'
import type { Engine } from '../engine'
import { createJudge } from '../judging/judge'
import { createJudgeContext, type RequestOrigin } from '../judging/judge-context'

/** Who does something with files, and of which app. */
export interface FileCaller {
  readonly app: AppKey
  readonly appId: string
  readonly actor: Actor
  /** What rules may know of the request. */
  readonly requestOrigin: RequestOrigin
}

/**
 * Asks the rule of `$files` for the action about each path, which is all that it gets to see of a
 * file (contract semantics.md 6.7). Throws `permission-denied` unless all of them pass; the admin is
 * never asked.
 */
export async function requireStoragePermission(
  { db, readSchema, readRules, takeTokens }: Engine,
  { app, actor, requestOrigin }: FileCaller,
  { action, paths }: { action: 'create' | 'delete' | 'view'; paths: readonly string[] },
): Promise<void> {
  if (actor.kind === 'admin') return
  const isAllowed = await db.transaction(async (tx) => {
    const rules = await readRules(tx, app)
    const rule = rules.rule('$files', action)
    if (!rule) return false
    const schema = await readSchema(tx, app)
    const request = { app, actor, requestOrigin, ruleParams: null, isDebug: false }
    const judge = createJudge(createJudgeContext(takeTokens, request, { tx, schema, rules }))
    const subjects = paths.map((path) => ({ inputs: { data: { path } }, owners: { data: null } }))
    const verdicts = await judge.judge(rule, subjects)
    return verdicts.every(({ passes }) => passes)
  }, 'read')
  if (isAllowed) return
  throw new EngineError('permission-denied', 'Permission denied: not has-storage-permission?', {
    input: ['$files', action],
    expected: 'has-storage-permission?',
  })
}
