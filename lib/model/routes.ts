import type { Route } from 'next'

/**
 * Every address of the dashboard. Nothing else writes one by hand, so a renamed page is one change
 * and a namespace with a slash in its name cannot break out of its segment.
 */
export const pages = {
  home: () => '/' as Route,
  data: (appId: string, namespace?: string, search?: URLSearchParams) =>
    withSearch(
      `${app(appId)}/data${namespace === undefined ? '' : `/${segment(namespace)}`}`,
      search,
    ),
  query: (appId: string, search?: URLSearchParams) => withSearch(`${app(appId)}/query`, search),
}

/** The JSON reads behind the pages. */
export const api = {
  query: (appId: string) => `/api${app(appId)}/query`,
  schema: (appId: string) => `/api${app(appId)}/schema`,
  counts: (appId: string) => `/api${app(appId)}/counts`,
  count: (appId: string, namespace: string) => `${records(appId, namespace)}/count`,
  records: (appId: string, namespace: string, search?: URLSearchParams) =>
    withSearch(`${records(appId, namespace)}/records`, search) as string,
  record: (appId: string, namespace: string, id: string) =>
    `${records(appId, namespace)}/records/${segment(id)}`,
}

function app(appId: string): string {
  return `/apps/${segment(appId)}`
}

function records(appId: string, namespace: string): string {
  return `/api${app(appId)}/namespaces/${segment(namespace)}`
}

// `.` and `..` would be resolved away, also as %2E. Encoded twice they lead to a name nothing has,
// which is better than to another page.
function segment(value: string): string {
  return encodeURIComponent(value).replace(/^\.+$/, (dots) => '%252E'.repeat(dots.length))
}

function withSearch(path: string, search?: URLSearchParams): Route {
  const text = search?.toString() ?? ''
  return (text === '' ? path : `${path}?${text}`) as Route
}

/** A path segment as it was before `pages` wrote it. What cannot be decoded is taken as it stands. */
export function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** A page's `searchParams` as the browser has them: of a repeated parameter, all values. */
export function toSearchParams(
  search: Readonly<Record<string, string | readonly string[] | undefined>>,
): URLSearchParams {
  const entries = Object.entries(search).flatMap(([name, value = []]) =>
    [value].flat().map((each) => [name, each]),
  )
  return new URLSearchParams(entries)
}

/** The app that a path of the dashboard is of, or null when it is of none. */
export function findAppId(pathname: string): string | null {
  const segment = /^\/apps\/([^/]+)/.exec(pathname)?.[1]
  return segment === undefined ? null : decodeSegment(segment)
}
