import type { AppKey } from '@/backend/schema/attr'
import type { Schema } from '@/backend/schema/schema'
import { joinTopics, type Topics } from '@/backend/schema/topics'
import type { Queryable } from '@/backend/store/database'
import type { JsonObject } from '@/lib/base/json'
import { expandStep } from '../transact/expand'
import type { Op } from '../transact/op'
import type { EntityStep } from '../transact/step'
import type { Engine } from './engine'
import { identifyOps } from './identify-ops'
import { runOps } from './run-ops'
import { writeApp } from './write-app'

/** A write of the backend's own under way, such as a sign-in. */
export interface SystemWrite {
  readonly tx: Queryable
  readonly app: AppKey
  readonly schema: Schema
  /** Writes steps as a transaction of the admin would; the schema must have all they name. */
  write(steps: readonly EntityStep[]): Promise<void>
  /** Writes what no transaction may, such as the columns of `$files` that are the backend's own. */
  writeOps(ops: readonly Op[]): Promise<void>
}

/**
 * Does `work` as one transaction of the app, for which no rule is asked. What it writes goes the
 * way of every transaction, so uniqueness, cascades and subscriptions hold for it too; `work` that
 * writes nothing is no transaction. It awaits SQL only, and may run more than once.
 */
export async function writeAsSystem<T>(
  engine: Engine,
  app: AppKey,
  work: (write: SystemWrite) => Promise<T>,
): Promise<T> {
  const { result } = await writeApp(engine, app, async (tx) => {
    const schema = await engine.readSchema(tx, app)
    const written: Topics[] = []
    const writeOps = async (ops: readonly Op[]) => {
      if (ops.length === 0) return
      const context = { app, schema, mostIds: engine.changes.mostIds(app) }
      written.push(await runOps(tx, context, await identifyOps(tx, app, ops)))
    }
    const write = (steps: readonly EntityStep[]) =>
      writeOps(steps.flatMap((step) => expandStep(schema, step)))
    const result = await work({ tx, app, schema, write, writeOps })
    return { result, topics: written.length > 0 ? joinTopics(written) : null }
  })
  return result
}

type PutStep = Extract<EntityStep, { readonly values: unknown }>

/** A step that sets values of an entity of a system namespace, which it makes if need be. */
export function putStep(namespace: string, id: string, values: JsonObject): PutStep {
  const entries = Object.entries(values)
  return { kind: 'put', namespace, entity: { kind: 'id', id }, mode: null, values: entries }
}

/** Steps that delete entities, with what cascades from them. */
export function deleteSteps(namespace: string, ids: readonly string[]): readonly EntityStep[] {
  return ids.map((id) => ({ kind: 'delete', namespace, entity: { kind: 'id', id } }))
}
