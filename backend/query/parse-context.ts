import type { JsonObject } from '@/lib/base/json'

/** Who asks, and with which document: some options are the admin's alone. */
export interface ParseContext {
  readonly source: JsonObject
  readonly isAdmin: boolean
}
