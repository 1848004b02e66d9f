import type { JsonObject } from '@/lib/base/json'
import type { AppRef } from './identity'
import type { NamespaceView } from './namespace-view'
import type { RecordsRequest } from './requests/record'

interface Asked {
  readonly namespace: string
  readonly view: NamespaceView
  /** What the filter of the view comes to, or null when that is nothing. */
  readonly where: JsonObject | null
}

/**
 * What a view of a namespace asks for. The server reads it ahead and the browser knows its answer by it,
 * so both ask by this.
 */
export function recordsAsked(
  { appId, as }: Pick<AppRef, 'appId' | 'as'>,
  { namespace, view, where }: Asked,
): RecordsRequest {
  const { sort, direction, page, size } = view
  return {
    appId,
    as,
    namespace,
    where: where ?? undefined,
    sort,
    direction,
    page,
    size,
    isCompared: as.kind !== 'admin' && view.isCompared,
  }
}
