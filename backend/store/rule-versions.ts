import { sql } from '@/backend/sql/sql'
import type { JsonObject } from '@/lib/base/json'
import type { AppKey } from '../schema/attr'
import type { Queryable } from './database'

/** A rule document that was put in force. */
export interface RuleVersion {
  /** Counts up from 1. */
  readonly version: number
  readonly code: JsonObject
}

/** Version of the rules in force; 0 for an app that never had any. */
export async function readRulesVersion(db: Queryable, app: AppKey): Promise<number> {
  const rows = await db.query<{ version: number | null }>(
    sql`select max(version) as version from rules where app = ${app}`,
  )
  return rows[0]?.version ?? 0
}

/** The rules in force, or null for an app that never had any. */
export async function readRuleVersion(db: Queryable, app: AppKey): Promise<RuleVersion | null> {
  const rows = await db.query<RuleVersion>(
    sql`select version, code from rules where app = ${app} order by version desc limit 1`,
  )
  return rows[0] ?? null
}

/** A document, and when it was put in force. */
export interface DatedRuleVersion extends RuleVersion {
  /** ISO 8601. */
  readonly at: string
}

/** The last documents that were in force, the one that is first. */
export async function readRuleVersions(
  db: Queryable,
  app: AppKey,
  limit: number,
): Promise<readonly DatedRuleVersion[]> {
  const rows = await db.query<RuleVersion & { ms: number }>(sql`
    select version, code, extract(epoch from at)::float8 * 1000 as ms
    from rules where app = ${app} order by version desc limit ${limit}`)
  return rows.map(({ version, code, ms }) => ({ version, code, at: new Date(ms).toISOString() }))
}

/** Puts a document in force and answers with its version. */
export async function insertRules(tx: Queryable, app: AppKey, code: JsonObject): Promise<number> {
  const rows = await tx.query<{ version: number }>(sql`
    insert into rules (app, version, code)
    select ${app}, coalesce(max(version), 0) + 1, ${JSON.stringify(code)}::jsonb
    from rules where app = ${app}
    returning version`)
  return rows[0]?.version ?? 0
}
