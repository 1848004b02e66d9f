import type { Context } from 'hono'

/**
 * Whether an answer is to tell the tag of its schema, which is beyond the contract. Whoever reads the schema
 * with its tag learns from the tag of a later answer that it is still the same.
 */
export function prefersTag(c: Context): boolean {
  return c.req.header('prefer') === 'schema-tag'
}
