import { validationError } from '@/backend/engine-error'
import type { Schema } from '@/backend/schema/schema'
import type { JsonObject } from '@/lib/base/json'
import { refuseUnstorableText } from '../transact/unstorable-text'

/**
 * Refuses values for a new user that the app has no attribute for, or that are not the app's to
 * set (contract http.md 3.6). What remains is judged as it is written, like any value.
 */
export function checkExtraFields(schema: Schema, fields: JsonObject): void {
  for (const label of Object.keys(fields)) {
    const link = schema.link('$users', label)
    const attr =
      schema.dataAttr('$users', label) ?? (link?.direction === 'forward' ? link.attr : undefined)
    if (!attr) {
      throw refusal(fields, `Unknown field: ${label}. It must be defined in your $users schema.`)
    }
    if (attr.catalog === 'system') throw refusal(fields, `Cannot set system field: ${label}`)
  }
  refuseUnstorableText(fields)
}

function refusal(fields: JsonObject, message: string) {
  return validationError('extra-fields', fields, [{ message }])
}
