import { EngineError } from '@/backend/engine-error'
import type { Attr } from '@/backend/schema/attr'
import type { Json } from '@/lib/base/json'

/** The clash of a value that only one entity may have (contract semantics.md 5.7). */
export function notUnique({ id, forward }: Attr, value: Json): EngineError {
  const { namespace, label } = forward
  const text = JSON.stringify(value)
  return new EngineError(
    'record-not-unique',
    `\`${label}\` is a unique attribute on \`${namespace}\` and an entity already exists with \`${namespace}.${label}\` = ${text}`,
    { 'record-type': 'triple', 'attr-id': id, etype: namespace, label, value: text },
  )
}
