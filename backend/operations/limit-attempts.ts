import { type Attempt, countAttempt } from '@/backend/auth/count-attempt'
import { EngineError } from '@/backend/engine-error'
import type { Engine } from './engine'

/** Refuses what has been tried too often within an hour (contract http.md 1.6, 3.5). */
export async function limitAttempts({ db }: Engine, attempt: Attempt): Promise<void> {
  if (await countAttempt(db, attempt)) return
  throw new EngineError(
    'rate-limited',
    'Too many verification codes requested for this email. Please try again later.',
    null,
  )
}
