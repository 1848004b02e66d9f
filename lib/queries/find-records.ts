import { queryOptions } from '@tanstack/react-query'
import { isJsonObject, type Json, type JsonObject } from '@/lib/base/json'
import type { AppRef } from '@/lib/model/identity'
import type { QueryAnswer } from '@/lib/model/query-run'
import type { LinkedRecord } from '@/lib/model/record'
import { api } from '@/lib/model/routes'
import type { Namespace } from '@/lib/model/schema'
import { askJson } from './read-json'
import { recordKeys } from './records'

interface FindRecords {
  readonly app: AppRef
  readonly namespace: Namespace
  readonly where: JsonObject
}

/** How many records are named at most. */
const limit = 100

/** The records that match, by id and by what names them. */
export function findRecordsQuery({ app, namespace, where }: FindRecords) {
  const { name, titleAttribute } = namespace
  const query = { [name]: { $: { where, limit, fields: [titleAttribute ?? 'id'] } } }
  return queryOptions({
    queryKey: [...recordKeys.namespace({ ...app, namespace: name }), 'find', query] as const,
    queryFn: async ({ signal }): Promise<readonly LinkedRecord[]> => {
      const { result } = await askJson<QueryAnswer>(
        api.query(app.appId),
        { as: app.as, query },
        signal,
      )
      const found: Json = result[name] ?? []
      return Array.isArray(found)
        ? found.flatMap((each) => toLinkedRecord(each, titleAttribute))
        : []
    },
  })
}

/** A record of an answer by its id and by what names it; nothing for what is no record. */
export function toLinkedRecord(
  found: Json,
  titleAttribute: string | null,
): readonly LinkedRecord[] {
  if (!isJsonObject(found) || typeof found.id !== 'string') return []
  const title = titleAttribute === null ? null : found[titleAttribute]
  const isTitle = (typeof title === 'string' && title.trim() !== '') || typeof title === 'number'
  return [{ id: found.id, title: isTitle ? String(title) : null }]
}
