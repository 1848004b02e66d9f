import { sql } from '@/backend/sql/sql'
import type { AppKey } from '../schema/attr'
import type { Queryable } from './database'

/** Gives a namespace another name, which must be free. Its entities are found under the new one. */
export async function renameNamespace(
  tx: Queryable,
  app: AppKey,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  await tx.query(sql`update namespaces set name = ${to} where app = ${app} and name = ${from}`)
}
