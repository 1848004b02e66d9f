import type { LinkedRecords } from './record'

/** Of how many records at once a link's targets are asked for: their ids have room in an address. */
export const linkedAtOnce = 50

/** How many targets of one record a cell names. */
export const namedInCell = 3

/** By the id of a record: how many targets it has, and the first of them. */
export type LinkedOfRecords = Readonly<Record<string, LinkedRecords>>

/** The targets in one line, as far as they are named. */
export function linkedText({ total, records }: LinkedRecords): string {
  const names = records.slice(0, namedInCell).map(({ title, id }) => title ?? id)
  const rest = total - names.length
  return rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ')
}
