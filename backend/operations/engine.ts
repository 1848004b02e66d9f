import type { SendMail } from '@/backend/auth/mail'
import { toOutbox } from '@/backend/auth/outbox'
import { type Changes, createChanges } from '@/backend/live/changes'
import type { Database } from '@/backend/store/database'
import { createSchemaReader, type ReadSchema } from '@/backend/store/schema-reader'
import { createRulesReader, type ReadRules } from './judging/rules-reader'
import { createTokenBuckets, type TakeTokens } from './judging/token-buckets'

/** What every operation works with: one per process and store. */
export interface Engine {
  readonly db: Database
  readonly readSchema: ReadSchema
  readonly readRules: ReadRules
  readonly takeTokens: TakeTokens
  readonly changes: Changes
  readonly sendMail: SendMail
}

/** An engine over a migrated store. Mail stays in the store unless it is told how to send it. */
export function createEngine(db: Database, sendMail: SendMail = toOutbox(db)): Engine {
  return {
    db,
    readSchema: createSchemaReader(),
    readRules: createRulesReader(),
    takeTokens: createTokenBuckets(),
    changes: createChanges(db),
    sendMail,
  }
}
