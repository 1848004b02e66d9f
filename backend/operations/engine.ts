import type { SendMail } from '@/backend/auth/mail'
import { toOutbox } from '@/backend/auth/outbox'
import { createMemoryStorage, type FileStorage } from '@/backend/files/file-storage'
import { type Changes, createChanges } from '@/backend/live/changes'
import { createLiveQueries, type LiveQueries } from '@/backend/live/live-queries'
import { AppTurns } from '@/backend/store/app-turns'
import type { Database } from '@/backend/store/database'
import { createSchemaReader, type ReadSchema } from '@/backend/store/schema-reader'
import { createTrigramIndexes, type TrigramIndexes } from '@/backend/store/trigram-indexes'
import { createJobRunner, type JobRunner } from './jobs/job-runner'
import { createRulesReader, type ReadRules } from './judging/rules-reader'
import { createTokenBuckets, type TakeTokens } from './judging/token-buckets'
import type { FollowedAnswer } from './query-answer'

/** What every operation works with: one per process and store. */
export interface Engine {
  readonly db: Database
  readonly readSchema: ReadSchema
  readonly readRules: ReadRules
  readonly takeTokens: TakeTokens
  readonly writeTurns: AppTurns
  readonly changes: Changes
  /** Queries that are followed; see followQuery. */
  readonly live: LiveQueries<FollowedAnswer>
  readonly sendMail: SendMail
  readonly files: FileStorage
  readonly trigrams: TrigramIndexes
  /** What carries out constraints in the background. */
  readonly jobs: JobRunner
}

/** What an engine can be given; without it mail stays in the store, and files in memory. */
export interface EngineParts {
  readonly sendMail?: SendMail
  readonly files?: FileStorage
}

/** An engine over a migrated store. */
export function createEngine(db: Database, { sendMail, files }: EngineParts = {}): Engine {
  const changes = createChanges(db)
  return {
    db,
    readSchema: createSchemaReader(),
    readRules: createRulesReader(),
    takeTokens: createTokenBuckets(),
    writeTurns: new AppTurns(),
    changes,
    live: createLiveQueries(changes),
    sendMail: sendMail ?? toOutbox(db),
    files: files ?? createMemoryStorage(),
    trigrams: createTrigramIndexes(db),
    jobs: createJobRunner(),
  }
}
