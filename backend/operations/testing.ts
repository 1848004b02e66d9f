import { EngineError } from '@/backend/engine-error'
import { type AppKey, indexColumn } from '@/backend/schema/attr'
import { sql } from '@/backend/sql/sql'
import { loadSchema } from '@/backend/store/load-schema'
import { migrate } from '@/backend/store/migrate'
import { migrations } from '@/backend/store/migrations'
import { openTestDatabase } from '@/backend/store/testing'
import type { Json, JsonObject } from '@/lib/base/json'
import { must } from '@/lib/base/must'
import { type Actor, admin } from './actor'
import { createEngine, type Engine } from './engine'
import { pushSchema } from './push-schema'
import { runQuery } from './query'
import { pushRules } from './rules'
import { transact } from './transact'

/** An app in an engine of its own test file, with the operations as the admin calls them. */
export interface TestApp {
  readonly engine: Engine
  readonly app: AppKey
  /** Runs a transaction; answers with its id. */
  write(...steps: readonly Json[]): Promise<number>
  /** Runs a transaction of a client that has a schema. */
  writeStrictly(...steps: readonly Json[]): Promise<number>
  /** Makes the schema what `i.schema` JSON says, with types checked, and waits for the jobs. */
  push(schema: Json): Promise<JsonObject>
  read(query: JsonObject): Promise<{ readonly [namespace: string]: readonly Json[] }>
  /** Puts a rule document in force. */
  rule(code: JsonObject): Promise<void>
  /** Runs a transaction as somebody. */
  writeAs(actor: Actor, ...steps: readonly Json[]): Promise<number>
  /** Runs a query as somebody. */
  readAs(
    actor: Actor,
    query: JsonObject,
  ): Promise<{ readonly [namespace: string]: readonly Json[] }>
}

/** An engine over a fresh, migrated database; close its `db` when the test file ends. */
export async function openTestEngine(): Promise<Engine> {
  const db = await openTestDatabase()
  await migrate(db, migrations)
  return createEngine(db)
}

/** A new app without a schema. */
export async function createTestApp(engine: Engine): Promise<TestApp> {
  const rows = await engine.db.query<{ key: AppKey }>(
    sql`insert into apps (id, title) values (${crypto.randomUUID()}, 'test') returning key`,
  )
  const { key: app } = must(rows[0], 'an insert returns its row')
  const write = async (steps: readonly Json[], throwOnMissingAttrs: boolean) => {
    const { txId } = await transact(engine, { app, actor: admin, steps, throwOnMissingAttrs })
    return txId
  }
  const readAs = async (actor: Actor, query: JsonObject) => {
    const request = {
      app,
      actor,
      requestOrigin: { ip: null, origin: null },
      query,
      isInferred: false,
      wantsPageInfo: false,
    }
    return (await runQuery(engine, request)).tree
  }
  return {
    engine,
    app,
    write: (...steps) => write(steps, false),
    writeStrictly: (...steps) => write(steps, true),
    push: async (schema) => {
      const body = { schema, check_types: true, supports_background_updates: true }
      const answer = await pushSchema(engine, { app, body })
      await engine.jobs.settle()
      return answer
    },
    read: (query) => readAs(admin, query),
    readAs,
    rule: async (code) => {
      await pushRules(engine, { app, body: { code } })
    },
    writeAs: async (actor, ...steps) =>
      (await transact(engine, { app, actor, steps, throwOnMissingAttrs: false })).txId,
  }
}

/** The `i.schema` JSON of attributes written like `string unique indexed optional`. */
export function define(
  entities: Readonly<Record<string, Readonly<Record<string, string>>>>,
  links: Readonly<Record<string, JsonObject>> = {},
): JsonObject {
  return {
    entities: Object.fromEntries(
      Object.entries(entities).map(([name, attrs]) => [
        name,
        {
          attrs: Object.fromEntries(
            Object.entries(attrs).map(([label, words]) => [label, defineAttr(words.split(' '))]),
          ),
          links: {},
        },
      ]),
    ),
    links,
    rooms: {},
  }
}

function defineAttr(words: readonly string[]): JsonObject {
  return {
    valueType: words[0] ?? 'any',
    required: !words.includes('optional'),
    isIndexed: words.includes('indexed'),
    config: { indexed: words.includes('indexed'), unique: words.includes('unique') },
    metadata: {},
  }
}

/** The error that a refused operation ends with; fails the test when it succeeds. */
export async function refusal(work: Promise<unknown>): Promise<EngineError> {
  try {
    await work
  } catch (error) {
    if (error instanceof EngineError) return error
    throw error
  }
  throw new Error('The operation was not refused.')
}

/** A uuid that shows its number. */
export function uuid(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
}

/**
 * Rows of the index table that do not say what the entities do, and rows that are missing; empty
 * when the table is in step.
 */
export async function findIndexErrors(engine: Engine, app: AppKey): Promise<readonly unknown[]> {
  const schema = await loadSchema(engine.db, app)
  const attrs = schema.attrs.flatMap((attr) =>
    attr.kind === 'data' && indexColumn(attr) !== null ? [attr] : [],
  )
  return engine.db.query(sql`
    with wanted as (
      select e.id, a.index_key as attr, a.is_unique, a.is_text,
        case when not a.is_text then index_number(e.data -> a.key::text, a.type) end as vn,
        case when a.is_text then index_text(e.data -> a.key::text, a.type) end as vt
      from entities e join unnest(
        ${attrs.map(({ key }) => key)}::int[],
        ${attrs.map(({ indexKey }) => indexKey)}::int[],
        ${attrs.map(({ forward }) => schema.namespaceKey(forward.namespace) ?? null)}::int[],
        ${attrs.map(({ isUnique }) => isUnique)}::boolean[],
        ${attrs.map((attr) => indexColumn(attr) === 'text')}::boolean[],
        ${attrs.map(({ checkedType }) => checkedType)}::text[]
      ) a(key, index_key, ns, is_unique, is_text, type) on a.ns = e.ns
      where e.app = ${app}
    ), actual as (
      select id, attr, is_unique, is_text, vn, vt from index_values where app = ${app}
    )
    (select 'missing' as fault, * from (select * from wanted except select * from actual) m)
    union all
    (select 'stray' as fault, * from (select * from actual except select * from wanted) s)`)
}
