import type { CelList } from '@bufbuild/cel'
import type { Json } from '@/lib/base/json'
import { typeName } from './cel-library'
import { listValue, type RefSource, RowMap, toCelValue } from './cel-value'
import type { CallExpr } from './expression'
import type { Frame, RefRequest, Run } from './frame'
import { Failure, isStuck, type Outcome, unknown } from './outcome'

const userPrefix = '$user.'
export const authRefComplaint = 'auth.ref arg must start with `$user.`'

/**
 * `data.ref(path)`: all values at the end of a path of links (contract semantics.md 6.3). One that
 * is not fetched is noted in the frame and unknown. Null when the call is no `ref`.
 */
export function compileRef(
  expr: CallExpr,
  target: Run | null,
  [path, ...others]: readonly Run[],
): Run | null {
  if (!target || !path || others.length > 0) return null
  return (frame) => {
    const row = target(frame)
    if (isStuck(row)) return row
    const text = path(frame)
    if (isStuck(text)) return text
    const source = sourceOf(row)
    if (source === null || typeof text !== 'string') {
      return new Failure(`no matching overload for 'ref' applied to '${describe(row, text)}'`, expr)
    }
    if (source !== 'auth') return read(frame, { source, path: text })
    if (!text.startsWith(userPrefix)) return new Failure(authRefComplaint, expr)
    // A guest has no row that a link could start from.
    if (isRow(row) && row.get('id') === null) return listValue([])
    return read(frame, { source, path: text.slice(userPrefix.length) })
  }
}

function isRow(value: unknown): value is RowMap {
  return value instanceof RowMap
}

function sourceOf(value: unknown): RefSource | null {
  const kind = isRow(value) ? value.origin?.kind : undefined
  return kind === undefined || kind === 'bucket' ? null : kind
}

function read(frame: Frame, request: RefRequest): Outcome {
  const values = frame.refs(request)
  if (values) {
    frame.budget -= values.length >> 4
    return request.source === 'auth' ? sharedList(values) : listValue(values.map(toCelValue))
  }
  const { missing } = frame
  if (!missing.some(({ source, path }) => source === request.source && path === request.path)) {
    missing.push(request)
  }
  return unknown
}

/** The caller's refs are the same for every row, so the list is made once. */
function sharedList(values: readonly Json[]): CelList {
  const list = lists.get(values) ?? listValue(values.map(toCelValue))
  lists.set(values, list)
  return list
}

const lists = new WeakMap<readonly Json[], CelList>()

function describe(row: Parameters<typeof typeName>[0], path: Parameters<typeof typeName>[0]) {
  return `${typeName(row)}.(${typeName(path)})`
}
