import type { DataAttr } from '@/backend/schema/attr'
import type { Schema } from '@/backend/schema/schema'
import type { Json } from '@/lib/base/json'
import { must } from '@/lib/base/must'
import { checkValues } from '../../transact/check-values'
import { refuseSystemColumn } from '../../transact/system-column'
import { refuseUnstorableText } from '../../transact/unstorable-text'

/** What the backend writes about a file (contract http.md 8.2). */
export interface FileFacts {
  readonly path: string
  readonly sizeBytes: number
  readonly locationId: string
  readonly contentType: string | null
  readonly contentDisposition: string | null
}

const defaultContentType = 'application/octet-stream'
const defaultDisposition = 'inline'
/** Says how the bytes are encrypted, which they are not. */
const keyVersion = 1

/** The values of a row of `$files`. */
export function fileValues(
  schema: Schema,
  { path, sizeBytes, locationId, contentType, contentDisposition }: FileFacts,
): readonly (readonly [DataAttr, Json])[] {
  const values: Readonly<Record<string, Json>> = {
    path,
    size: sizeBytes,
    'location-id': locationId,
    'content-type': contentType ?? defaultContentType,
    'content-disposition': contentDisposition ?? defaultDisposition,
    'key-version': keyVersion,
  }
  return Object.entries(values).map(([label, value]) => [
    must(schema.dataAttr('$files', label), `the catalog has $files.${label}`),
    value,
  ])
}

/**
 * Refuses what could not be written about a file, so that nobody sends bytes in vain: text that cannot
 * be stored or is too long for an index, and paths of streams (contract http.md 1.6, 5.8).
 */
export function checkFileFacts(schema: Schema, facts: FileFacts): void {
  const values = fileValues(schema, facts)
  for (const [attr, value] of values) {
    refuseUnstorableText(value)
    if (attr.forward.label === 'path') refuseSystemColumn(attr, value)
  }
  const namespace = must(schema.namespaceKey('$files'), 'the catalog has $files')
  checkValues([{ namespace, id: facts.locationId, isNew: true, values: new Map(values) }])
}
