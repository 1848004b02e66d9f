import { validationError } from '@/backend/engine-error'
import type { Json } from '@/lib/base/json'
import type { Attr } from '../schema/attr'

/**
 * Refuses what not even an admin may write: columns of Instant's own on `$files`, but for the path,
 * and on `$streams` (contract semantics.md 5.10).
 */
export function refuseSystemColumn(attr: Attr, value?: Json): void {
  if (attr.catalog !== 'system' || attr.forward.label === 'id') return
  const { namespace, label } = attr.forward
  if (namespace === '$files' && label === 'path') {
    if (typeof value !== 'string' || !value.startsWith('$stream/')) return
    throw validationError(
      'tx-step',
      [namespace, label, value],
      [{ message: "The path for stream files can't be edited." }],
    )
  }
  if (namespace !== '$files' && namespace !== '$streams') return
  throw validationError(
    'tx-step',
    [namespace, label],
    [
      {
        message: `${namespace}.${label} is a system column. You aren't allowed to change this directly.`,
      },
    ],
  )
}
