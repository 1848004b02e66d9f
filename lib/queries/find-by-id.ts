import { queryOptions } from '@tanstack/react-query'
import type { Json } from '@/lib/base/json'
import { type AppRef, toIdentityText } from '@/lib/model/identity'
import type { QueryAnswer } from '@/lib/model/query-run'
import type { LinkedRecord, RecordRef } from '@/lib/model/record'
import { api } from '@/lib/model/routes'
import type { AppSchema } from '@/lib/model/schema'
import { toLinkedRecord } from './find-records'
import { askJson } from './read-json'
import { recordKeys } from './records'

/** A record, and what names it to a person. */
export type FoundRecord = RecordRef & LinkedRecord

/** The records with an id: it may be in several namespaces, and these are different records. */
export function findByIdQuery(app: AppRef, schema: AppSchema, id: string) {
  const query = Object.fromEntries(
    schema.namespaces.map(({ name, titleAttribute }) => [
      name,
      { $: { where: { id }, fields: [titleAttribute ?? 'id'] } },
    ]),
  )
  return queryOptions({
    queryKey: [...recordKeys.app(app.appId), toIdentityText(app.as), 'by-id', query] as const,
    queryFn: async ({ signal }): Promise<readonly FoundRecord[]> => {
      const { result } = await askJson<QueryAnswer>(
        api.query(app.appId),
        { as: app.as, query },
        signal,
      )
      return schema.namespaces.flatMap(({ name, titleAttribute }) =>
        listOf(result[name])
          .flatMap((each) => toLinkedRecord(each, titleAttribute))
          .map((record) => ({ ...record, namespace: name })),
      )
    },
  })
}

function listOf(found: Json | undefined): readonly Json[] {
  return Array.isArray(found) ? found : []
}
