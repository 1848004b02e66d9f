import type { JsonObject } from '@/lib/base/json'

/** An entity with the links that start at it. A label that is absent has no links. */
export interface DemoRecord {
  readonly id: string
  /** Milliseconds. */
  readonly createdAt: number
  readonly values: JsonObject
  readonly links: Readonly<Record<string, readonly string[]>>
}

/** Drops what is undefined: such a value is missing, whereas null is a value. */
export function present(
  values: Readonly<Record<string, JsonObject[string] | undefined>>,
): JsonObject {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, JsonObject[string]] => {
      return entry[1] !== undefined
    }),
  )
}

/** Of has-one links: the id as a list, or none. */
export function toLinks(
  ids: Readonly<Record<string, string | readonly string[] | null>>,
): DemoRecord['links'] {
  return Object.fromEntries(
    Object.entries(ids)
      .map(([label, id]) => [label, id === null ? [] : typeof id === 'string' ? [id] : id] as const)
      .filter(([, list]) => list.length > 0),
  )
}
