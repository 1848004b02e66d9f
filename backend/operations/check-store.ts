import { sql } from '@/backend/sql/sql'
import type { Engine } from './engine'

/** Throws unless the store answers. */
export async function checkStore({ db }: Engine): Promise<void> {
  await db.query(sql`select 1 as alive`)
}
