import { isJsonObject, type Json, type JsonObject } from '@/lib/base/json'
import { defaultView, type NamespaceView } from '@/lib/model/namespace-view'
import { fromWhere } from './from-where'
import { printFilter } from './print-filter'

/** A namespace as a query asks for it, for the Data page. */
export interface QueryView {
  readonly namespace: string
  readonly view: NamespaceView
}

/**
 * The view that shows what a query asks of its first namespace, or null when no filter asks for the
 * same. The size of the page and what else is read with the records do not matter.
 */
export function toQueryView(query: JsonObject): QueryView | null {
  const [[namespace, node] = ['', null]] = Object.entries(query).filter(
    ([key]) => key !== '$$ruleParams',
  )
  if (!isJsonObject(node)) return null
  const $ = isJsonObject(node.$) ? node.$ : {}
  const filter = fromWhere($.where)
  if (!filter) return null
  return { namespace, view: { ...defaultView, ...readOrder($.order), filter: printFilter(filter) } }
}

function readOrder(order: Json | undefined): Pick<NamespaceView, 'sort' | 'direction'> {
  const [[sort, direction] = [defaultView.sort, 'asc']] = Object.entries(
    isJsonObject(order) ? order : {},
  )
  return { sort, direction: direction === 'desc' ? 'desc' : 'asc' }
}
