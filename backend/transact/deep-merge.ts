import { isJsonObject, type Json } from '@/lib/base/json'

/**
 * The stored value with a patch applied (contract semantics.md 5.3): objects merge key by key, a
 * `null` inside a patch removes its key, and anything else replaces. Onto what is no object, or
 * missing, the patch is taken as it is, inner nulls included.
 */
export function deepMerge(stored: Json | undefined, patch: Json): Json {
  if (!isJsonObject(patch) || !isJsonObject(stored)) return patch
  const merged = new Map(Object.entries(stored))
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key)
    else merged.set(key, deepMerge(merged.get(key), value))
  }
  return Object.fromEntries(merged)
}
