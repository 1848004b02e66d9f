import 'server-only'
import { checkStep } from '@/lib/model/check-step'
import { InstantError } from '@/lib/model/instant-error'
import type { TransactionRequest, WriteOutcome } from '@/lib/model/transaction'
import { readSchema } from './schema'
import { requireRole, type Viewer } from './viewer'
import { writeSteps } from './write-steps'

/**
 * Writes or tries steps as one transaction. Steps that name what the schema does not have are refused,
 * because the backend would create it.
 */
export async function runTransaction(
  viewer: Viewer,
  request: TransactionRequest,
): Promise<WriteOutcome> {
  requireRole(viewer, 'write')
  const schema = await readSchema(viewer, request)
  for (const [index, step] of request.steps.entries()) {
    const [problem] = checkStep(step, schema)
    if (!problem) continue
    throw new InstantError({
      code: 'invalid-input',
      message: `Step ${index + 1}: ${problem.message}`,
      hint: { errors: [{ in: [index], message: problem.message }] },
    })
  }
  return writeSteps(viewer, request)
}
