import { isUuid } from '@/lib/base/uuid'
import { creationTime, pageSizes, type RecordRef } from './record'
import {
  type AppSchema,
  findAttribute,
  findLink,
  findNamespace,
  type Namespace,
  whyNotSortable,
} from './schema'

/**
 * What the Data page shows of a namespace, apart from the data: all of it in the address, so that
 * reload, Back and a pasted link give the same view.
 */
export interface NamespaceView {
  readonly sort: string
  readonly direction: 'asc' | 'desc'
  /** From 1. */
  readonly page: number
  readonly size: number
  /** Columns that were put first, in that order; the rest follow in the schema's. */
  readonly order: readonly string[]
  readonly hidden: readonly string[]
  /** In pixels, of the columns whose width was set. */
  readonly widths: Readonly<Record<string, number>>
  /** Whether the page follows changes. */
  readonly isLive: boolean
  /** Open records, each reached from the one before it. The last is in view. */
  readonly open: readonly RecordRef[]
  /** The text form of the filter, as it was written: also when it cannot be read. */
  readonly filter: string
  /** The text of the quick search. */
  readonly search: string
  /** Whether the admin's records are shown beside those of whom one acts as. */
  readonly isCompared: boolean
  /** Whether, of the records compared, only those seen in another way are shown. */
  readonly onlyDifferences: boolean
}

export const defaultView: NamespaceView = {
  sort: creationTime,
  direction: 'desc',
  page: 1,
  size: 100,
  order: [],
  hidden: [],
  widths: {},
  isLive: false,
  open: [],
  filter: '',
  search: '',
  isCompared: false,
  onlyDifferences: false,
}

/** A view with what had to be left out of it, in words. */
export interface ParsedView {
  readonly view: NamespaceView
  readonly problems: readonly string[]
}

export const widthRange = { min: 56, max: 1200 } as const

const openLimit = 20

/** Reads a view from an address as far as that needs no schema. What is invalid falls back. */
export function parseView(search: URLSearchParams): ParsedView {
  const problems: string[] = []
  const read = <T>(name: string, parse: (text: string) => T | null, fallback: T): T => {
    const text = search.get(name)
    if (text === null || text === '') return fallback
    const value = parse(text)
    if (value === null) problems.push(`${name}=${shorten(text)} is not valid and was left out.`)
    return value ?? fallback
  }
  const view: NamespaceView = {
    sort: read('sort', (text) => text, defaultView.sort),
    direction: read('dir', parseDirection, defaultView.direction),
    page: read('page', parsePage, defaultView.page),
    size: read('size', parseSize, defaultView.size),
    order: read('cols', parseNames, defaultView.order),
    hidden: read('hide', parseNames, defaultView.hidden),
    widths: read('widths', parseWidths, defaultView.widths),
    isLive: read('live', parseFlag, defaultView.isLive),
    open: read('open', parseOpen, defaultView.open),
    filter: search.get('filter') ?? defaultView.filter,
    search: search.get('search') ?? defaultView.search,
    isCompared: read('compare', parseFlag, defaultView.isCompared),
    onlyDifferences: read('diff', parseFlag, defaultView.onlyDifferences),
  }
  return { view, problems }
}

/** The view as far as the namespace has what it names. */
export function resolveView(
  parsed: ParsedView,
  namespace: Namespace,
  schema: AppSchema,
): ParsedView {
  const { view } = parsed
  const problems = [...parsed.problems]
  const sortProblem = whyNotSort(view.sort, namespace)
  if (sortProblem) problems.push(sortProblem)
  const has = (column: string) =>
    Boolean(findAttribute(namespace, column) ?? findLink(namespace, column))
  const named = new Set([...view.order, ...view.hidden, ...Object.keys(view.widths)])
  for (const column of named) {
    if (!has(column)) problems.push(`There is no column ${shorten(column)} in ${namespace.name}.`)
  }
  const open = view.open.filter((ref) => findNamespace(schema, ref.namespace))
  if (open.length < view.open.length) {
    problems.push('A record in the address is of a namespace that does not exist.')
  }
  return {
    view: {
      ...view,
      ...(sortProblem ? { sort: defaultView.sort, direction: defaultView.direction } : {}),
      order: view.order.filter(has),
      hidden: view.hidden.filter(has),
      widths: Object.fromEntries(Object.entries(view.widths).filter(([column]) => has(column))),
      open,
    },
    problems,
  }
}

/** The address of a view. What is as by default is left out; a default view is empty. */
export function toSearch(view: NamespaceView): URLSearchParams {
  const search = new URLSearchParams()
  if (view.sort !== defaultView.sort) search.set('sort', view.sort)
  if (view.direction !== defaultView.direction) search.set('dir', view.direction)
  if (view.page !== defaultView.page) search.set('page', `${view.page}`)
  if (view.size !== defaultView.size) search.set('size', `${view.size}`)
  if (view.order.length > 0) search.set('cols', view.order.map(escapeName).join(','))
  if (view.hidden.length > 0) search.set('hide', view.hidden.map(escapeName).join(','))
  const widths = Object.entries(view.widths)
  if (widths.length > 0) {
    search.set('widths', widths.map(([name, width]) => `${escapeName(name)}:${width}`).join(','))
  }
  if (view.filter !== '') search.set('filter', view.filter)
  if (view.search !== '') search.set('search', view.search)
  if (view.isCompared) search.set('compare', '1')
  if (view.onlyDifferences) search.set('diff', '1')
  if (view.isLive) search.set('live', '1')
  if (view.open.length > 0) {
    search.set('open', view.open.map((ref) => `${escapeName(ref.namespace)}:${ref.id}`).join(','))
  }
  return search
}

/** The address of a namespace with one record open. */
export function recordSearch(record: RecordRef): URLSearchParams {
  return toSearch({ ...defaultView, open: [record] })
}

function whyNotSort(sort: string, namespace: Namespace): string | null {
  if (sort === creationTime) return null
  const attribute = findAttribute(namespace, sort)
  if (!attribute) return `There is no attribute ${shorten(sort)} in ${namespace.name} to sort by.`
  return whyNotSortable(attribute)
}

function parseDirection(text: string): 'asc' | 'desc' | null {
  return text === 'asc' || text === 'desc' ? text : null
}

function parseFlag(text: string): true | null {
  return text === '1' ? true : null
}

function parsePage(text: string): number | null {
  const page = parseWhole(text)
  return page !== null && page >= 1 && page <= 10_000_000 ? page : null
}

function parseSize(text: string): number | null {
  const size = parseWhole(text)
  return pageSizes.find((each) => each === size) ?? null
}

function parseWhole(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null
}

function parseNames(text: string): readonly string[] | null {
  const names = text.split(',').map(unescapeName)
  return names.every((name) => name !== null && name !== '') ? unique(names) : null
}

function unique(names: readonly (string | null)[]): readonly string[] {
  return [...new Set(names.filter((name) => name !== null))]
}

function parseWidths(text: string): Readonly<Record<string, number>> | null {
  const widths = text.split(',').map(parseWidth)
  return widths.every((width) => width !== null) ? Object.fromEntries(widths) : null
}

function parseWidth(text: string): [name: string, width: number] | null {
  const [escaped = '', digits = '', ...more] = text.split(':')
  const name = unescapeName(escaped)
  const width = parseWhole(digits)
  if (!name || width === null || more.length > 0) return null
  return width >= widthRange.min && width <= widthRange.max ? [name, width] : null
}

function parseOpen(text: string): readonly RecordRef[] | null {
  const refs = text.split(',').map(parseRef)
  return refs.every((ref) => ref !== null) ? refs.slice(-openLimit) : null
}

function parseRef(text: string): RecordRef | null {
  const [escaped = '', id, ...more] = text.split(':')
  const namespace = unescapeName(escaped)
  return namespace && isUuid(id) && more.length === 0 ? { namespace, id } : null
}

// Names may hold the commas and colons that separate them here.
function escapeName(name: string): string {
  return name.replace(/[%,:]/g, encodeURIComponent)
}

function unescapeName(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
