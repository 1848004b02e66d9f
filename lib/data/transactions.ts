import 'server-only'
import { actAs, type InstantClient } from '@/lib/instant/client'
import { requireConnection } from '@/lib/instant/connection'
import { toChunks } from '@/lib/instant/to-chunks'
import { toDryRun, wireDryRun } from '@/lib/instant/wire-checks'
import { checkStep } from '@/lib/model/check-step'
import { InstantError } from '@/lib/model/instant-error'
import type { DryRun, TransactionRequest, Written } from '@/lib/model/transaction'
import { readSchema } from './schema'
import { requireRole, type Viewer } from './viewer'

/**
 * Writes steps as one transaction, as the request's identity: all of them or none. Steps that name
 * what the schema does not have are refused, because the backend would create it.
 */
export async function writeTransaction(
  viewer: Viewer,
  request: TransactionRequest,
): Promise<Written> {
  const answer = await send(viewer, request, (client) =>
    client.transact(toChunks(client, request.steps)),
  )
  return { txId: answer['tx-id'] }
}

/**
 * Runs steps as a user or guest, judges them, and rolls back. A rule that refuses is part of the
 * answer; what no identity could do is raised, as is a rule that cannot be evaluated.
 */
export async function tryTransaction(viewer: Viewer, request: TransactionRequest): Promise<DryRun> {
  if (request.as.kind === 'admin') {
    throw new InstantError({
      code: 'invalid-input',
      message: 'No rule is evaluated for the admin, so there is nothing to try. Act as somebody.',
    })
  }
  const answer: unknown = await send(viewer, request, (client) =>
    client.debugTransact(toChunks(client, request.steps)),
  )
  const parsed = wireDryRun.safeParse(answer)
  if (parsed.success) return toDryRun(parsed.data)
  throw new InstantError({
    code: 'unexpected-answer',
    message: 'The backend answered the dry run with something that is no list of checks.',
  })
}

async function send<T>(
  viewer: Viewer,
  { appId, as, steps }: TransactionRequest,
  request: (client: InstantClient) => Promise<T>,
): Promise<T> {
  requireRole(viewer, 'write')
  const schema = await readSchema(viewer, { appId })
  for (const [index, step] of steps.entries()) {
    const [problem] = checkStep(step, schema)
    if (!problem) continue
    throw new InstantError({
      code: 'invalid-input',
      message: `Step ${index + 1}: ${problem.message}`,
      hint: { errors: [{ in: [index], message: problem.message }] },
    })
  }
  const connection = await requireConnection(appId)
  return actAs(connection, as, request)
}
