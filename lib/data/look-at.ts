import { InstantError } from '@/lib/model/instant-error'
import type { RecordRow } from '@/lib/model/record'
import type { Sight } from '@/lib/model/sight'

/** The records among those with the ids that someone sees. */
type Look = (ids: readonly string[]) => Promise<readonly RecordRow[]>

/** How many looks find the records that a rule fails for. Each costs about one look for each halving. */
const looksLimit = 64

/**
 * What someone sees of each record. A rule that cannot be evaluated for one record fails the answer for
 * all that are asked for with it, so they are asked for in halves until it stands alone. When too many
 * fail, those not told apart from them count as failed. Raises whatever else goes wrong.
 */
export async function lookAt(
  records: readonly RecordRow[],
  look: Look,
): Promise<ReadonlyMap<string, Sight>> {
  const sights = new Map<string, Sight>()
  let looks = 0
  async function lookAtPart(part: readonly RecordRow[]): Promise<void> {
    if (part.length === 0) return
    const failure = looks >= looksLimit ? tooManyFail : await tryLook(part)
    if (failure === null) return
    if (part.length === 1 || looks >= looksLimit) {
      for (const { id } of part) sights.set(id, { kind: 'failed', message: failure })
      return
    }
    const half = Math.ceil(part.length / 2)
    await lookAtPart(part.slice(0, half))
    await lookAtPart(part.slice(half))
  }
  async function tryLook(part: readonly RecordRow[]): Promise<string | null> {
    looks += 1
    const [seen] = await Promise.allSettled([look(part.map(({ id }) => id))])
    if (seen.status === 'rejected') return failureOf(seen.reason)
    const byId = new Map(seen.value.map((row) => [row.id, row]))
    for (const record of part) sights.set(record.id, sightOf(record, byId.get(record.id)))
    return null
  }
  await lookAtPart(records)
  return sights
}

const tooManyFail = 'Too many records of this page fail to tell which.'

function failureOf(error: unknown): string {
  if (error instanceof InstantError && error.failure.code === 'permission-evaluation-failed') {
    return error.failure.message
  }
  throw error
}

/** How a record, as the admin sees it, differs from what someone else is shown of it. */
export function sightOf(all: RecordRow, seen: RecordRow | undefined): Sight {
  if (!seen) return { kind: 'hidden' }
  const values = Object.keys(all.values).filter((name) => !(name in seen.values))
  const links = Object.keys(all.links).filter((label) => all.links[label] && !seen.links[label])
  return { kind: 'seen', stripped: [...values, ...links] }
}
