import type { Json, JsonObject } from '@/lib/base/json'
import type { AttrDraft } from './draft'
import { toWireAttr } from './wire'

/**
 * Attributes in the two maps that clients read: data by namespace and label, links by their four
 * names, which are printed as a Clojure vector or joined by dashes (contract http.md 2.17, 6.4).
 */
export function toWireSchema(
  attrs: readonly AttrDraft[],
  refKeys: 'vector' | 'dashes' = 'vector',
): JsonObject {
  const blobs: Record<string, Record<string, Json>> = {}
  const refs: Record<string, Json> = {}
  for (const attr of attrs) {
    const { namespace, label } = attr.forward
    if (attr.kind === 'data') blobs[namespace] = { ...blobs[namespace], [label]: toWireAttr(attr) }
    else {
      const names = [namespace, label, attr.reverse.namespace, attr.reverse.label]
      const key = refKeys === 'dashes' ? names.join('-') : printVector(names)
      refs[key] = toWireAttr(attr)
    }
  }
  return { refs, blobs }
}

function printVector(names: readonly string[]): string {
  return `[${names.map((name) => JSON.stringify(name)).join(' ')}]`
}
