import { z } from 'zod'
import { appRef } from './identity'
import type { LinkedRecords } from './record'

/** Of how many records at once a link's targets are asked for: their ids have room in an address. */
export const linkedAtOnce = 50

/** How many targets of one record a cell names. */
export const namedInCell = 3

/** The targets of one link of some records, whose ids are separated by commas. */
export const linkedRequest = z.object({
  ...appRef,
  namespace: z.string().min(1).max(200),
  label: z.string().min(1).max(200),
  ids: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.uuid()).max(linkedAtOnce)),
})

export type LinkedRequest = z.infer<typeof linkedRequest>

/** By the id of a record: how many targets it has, and the first of them. */
export type LinkedOfRecords = Readonly<Record<string, LinkedRecords>>

/** The targets in one line, as far as they are named. */
export function linkedText({ total, records }: LinkedRecords): string {
  const names = records.slice(0, namedInCell).map(({ title, id }) => title ?? id)
  const rest = total - names.length
  return rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ')
}
