import { type OutlineMember, type OutlineValue, outlineQuery } from './query-outline'
import { spanAt, type TextSpan } from './text-span'

/**
 * Where in the text the thing stands that a backend names by a path, such as
 * `["users", "$", "where", "name"]`. Null when not even the first step of the path is there.
 *
 * Instant's paths are looser than the text: they leave out `where` before `or` and `and`, and
 * name only the last label of a dotted path. So a step that is not a direct key is looked for
 * further down, under its own name or as the end of a dotted one; and when it is nowhere, the
 * last step that was found is the place.
 */
export function placeInQuery(text: string, path: readonly unknown[]): TextSpan | null {
  let within = outlineQuery(text)
  let place: { start: number; end: number } | null = null
  for (const step of path) {
    const found = within && findStep(within, step)
    if (!found) break
    place = extentOf(found)
    within = found.value
  }
  return place && spanAt(text, place.start, place.end)
}

interface Step {
  /** Null for an element of a list. */
  readonly member: OutlineMember | null
  readonly value: OutlineValue | null
}

function findStep(within: OutlineValue, step: unknown): Step | null {
  if (typeof step === 'number') {
    const value = within.items[step]
    return value ? { member: null, value } : null
  }
  if (typeof step !== 'string') return null
  const own = within.members.findLast(({ key }) => key === step)
  const member = own ?? findBelow(within, step)
  return member ? { member, value: member.value } : null
}

function findBelow(within: OutlineValue, label: string): OutlineMember | null {
  for (const member of within.members) {
    if (member.key === label || member.key.endsWith(`.${label}`)) return member
  }
  const children = [...within.items, ...within.members.flatMap(({ value }) => value ?? [])]
  for (const child of children) {
    const found = findBelow(child, label)
    if (found) return found
  }
  return null
}

/** A short value is marked with its key; of an object or a list only the key is. */
function extentOf({ member, value }: Step): { start: number; end: number } {
  const isShort = value?.kind === 'scalar'
  if (member) return { start: member.keyStart, end: isShort ? value.end : member.keyEnd }
  const start = value?.start ?? 0
  return { start, end: isShort ? value.end : start + 1 }
}
