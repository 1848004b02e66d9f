import { sql } from '@/backend/sql/sql'
import type { AppKey, NamespaceKey } from '../schema/attr'
import type { Queryable } from './database'

/** Whether any entity is in the namespace. */
export async function hasEntities(
  tx: Queryable,
  app: AppKey,
  namespace: NamespaceKey,
): Promise<boolean> {
  const rows = await tx.query(
    sql`select 1 as found from entities where app = ${app} and ns = ${namespace} limit 1`,
  )
  return rows.length > 0
}
