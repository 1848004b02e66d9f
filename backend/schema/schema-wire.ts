import type { Json, JsonObject } from '@/lib/base/json'
import { isSystemNamespace } from './catalog'
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

const visibleNamespaces = new Set(['$users', '$files', '$streams'])

const hiddenColumns = new Set([
  '$files.content-type',
  '$files.content-disposition',
  '$files.size',
  '$files.location-id',
  '$files.key-version',
  '$streams.machineId',
  '$streams.hashedReconnectToken',
])

/**
 * What of the attributes belongs in the schema file of a developer: not the inner workings of
 * Instant's own namespaces. A file always has its url there (contract http.md 6.13, 8.4).
 */
export function developerAttrs(attrs: readonly AttrDraft[]): readonly AttrDraft[] {
  return attrs
    .filter(({ forward, reverse, catalog }) => {
      const isVisible = [forward, ...(reverse ? [reverse] : [])].every(
        ({ namespace }) => !isSystemNamespace(namespace) || visibleNamespaces.has(namespace),
      )
      const isHidden =
        catalog === 'system' && hiddenColumns.has(`${forward.namespace}.${forward.label}`)
      return isVisible && !isHidden
    })
    .map((attr) => (isFileUrl(attr) ? { ...attr, isRequired: true } : attr))
}

function isFileUrl({ forward, catalog }: AttrDraft): boolean {
  return catalog === 'system' && forward.namespace === '$files' && forward.label === 'url'
}

function printVector(names: readonly string[]): string {
  return `[${names.map((name) => JSON.stringify(name)).join(' ')}]`
}
