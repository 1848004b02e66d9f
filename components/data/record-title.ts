import type { JsonObject } from '@/lib/base/json'
import type { Namespace } from '@/lib/model/schema'

/** What names a record to a person, or null when nothing but its id does. */
export function recordTitle(values: JsonObject, { titleAttribute }: Namespace): string | null {
  const title = titleAttribute === null ? undefined : values[titleAttribute]
  if (typeof title === 'number') return String(title)
  return typeof title === 'string' && title.trim() !== '' ? title : null
}
