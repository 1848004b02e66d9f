import 'server-only'
import { writeAs } from '@/lib/instant/client'
import { requireConnection } from '@/lib/instant/connection'
import { toChunks } from '@/lib/instant/to-chunks'
import { toDryRun, wireDryRun } from '@/lib/instant/wire-checks'
import { InstantError } from '@/lib/model/instant-error'
import type { TransactionRequest, WriteOutcome } from '@/lib/model/transaction'
import { requireRole, type Viewer } from './viewer'

/**
 * Writes steps as one transaction as the request's identity, all of them or none; or makes a dry run of
 * them, where a rule that refuses is part of the answer. What no identity could do is raised by both, as
 * is a rule that cannot be evaluated, and `writes-off` when neither is meant.
 */
export async function writeSteps(
  viewer: Viewer,
  { appId, as, mode, steps }: TransactionRequest,
): Promise<WriteOutcome> {
  requireRole(viewer, 'write')
  const connection = await requireConnection(appId)
  return writeAs<WriteOutcome, WriteOutcome>(
    connection,
    { as, mode },
    {
      write: async (client) => {
        const answer = await client.transact(toChunks(client, steps))
        return { kind: 'written', txId: answer['tx-id'] }
      },
      attempt: async (client) => {
        const parsed = wireDryRun.safeParse(await client.debugTransact(toChunks(client, steps)))
        if (parsed.success) return { kind: 'tried', ...toDryRun(parsed.data) }
        throw new InstantError({
          code: 'unexpected-answer',
          message: 'The backend answered the dry run with something that is no list of checks.',
        })
      },
    },
  )
}
