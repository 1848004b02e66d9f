import type { Route } from 'next'
import type { WriteIntent } from './decide-write'
import { type AppRef, identityParam, toIdentityText } from './identity'
import { modeParam } from './write-mode'

/**
 * Every address of the dashboard. Nothing else writes one by hand, so a renamed page is one change,
 * a namespace with a slash in its name cannot break out of its segment, and no way from page to page
 * or to data loses as whom the app is looked at.
 */
export const pages = {
  home: () => '/' as Route,
  data: (app: AppRef, namespace?: string, search?: URLSearchParams) =>
    page(app, namespace === undefined ? 'data' : `data/${segment(namespace)}`, search),
  query: (app: AppRef, search?: URLSearchParams) => page(app, 'query', search),
  transact: (app: AppRef, search?: URLSearchParams) => page(app, 'transact', search),
  users: (app: AppRef, search?: URLSearchParams) => page(app, 'users', search),
}

/** The JSON reads behind the pages. */
export const api = {
  query: (appId: string) => `/api${root(appId)}/query`,
  schema: (appId: string) => `/api${root(appId)}/schema`,
  users: (appId: string) => `/api${root(appId)}/users`,
  user: (appId: string, id: string) => `/api${root(appId)}/users/${segment(id)}`,
  userSummary: (appId: string, id: string) => `/api${root(appId)}/users/${segment(id)}/summary`,
  creationTimes: (appId: string, ids: readonly string[]) =>
    withSearch(`/api${root(appId)}/users/created`, new URLSearchParams({ ids: ids.join(',') })),
  counts: (app: AppRef) => read(app, 'counts'),
  count: (app: AppRef, namespace: string, search?: URLSearchParams) =>
    read(app, `namespaces/${segment(namespace)}/count`, search),
  records: (app: AppRef, namespace: string, search?: URLSearchParams) =>
    read(app, `namespaces/${segment(namespace)}/records`, search),
  changes: (app: AppRef, namespace: string, search?: URLSearchParams) =>
    read(app, `namespaces/${segment(namespace)}/changes`, search),
  linked: (app: AppRef, namespace: string, search: URLSearchParams) =>
    read(app, `namespaces/${segment(namespace)}/linked`, search),
  picture: (app: AppRef, id: string) => read(app, `files/${segment(id)}/picture`),
  record: (app: AppRef, namespace: string, id: string) =>
    read(app, `namespaces/${segment(namespace)}/records/${segment(id)}`),
}

function root(appId: string): string {
  return `/apps/${segment(appId)}`
}

/** A page says as whom, and what becomes of writes, unless that is as usual: plain addresses stay short. */
function page(app: AppRef, path: string, search?: URLSearchParams): Route {
  return withSearch(`${root(app.appId)}/${path}`, withActing(search, app)) as Route
}

function withActing(
  search: URLSearchParams | undefined,
  { as, mode = 'dry' }: Pick<AppRef, 'as' | 'mode'>,
): URLSearchParams {
  const all = new URLSearchParams(search)
  all.delete(identityParam)
  all.delete(modeParam)
  if (as.kind === 'admin') return all
  all.set(identityParam, toIdentityText(as))
  if (mode !== 'dry') all.set(modeParam, mode)
  return all
}

/** A read always says as whom: one that does not is refused. */
function read({ appId, as }: AppRef, path: string, search?: URLSearchParams): string {
  const all = new URLSearchParams(search)
  all.set(identityParam, toIdentityText(as))
  return withSearch(`/api${root(appId)}/${path}`, all)
}

// `.` and `..` would be resolved away, also as %2E. Encoded twice they lead to a name nothing has,
// which is better than to another page.
function segment(value: string): string {
  return encodeURIComponent(value).replace(/^\.+$/, (dots) => '%252E'.repeat(dots.length))
}

function withSearch(path: string, search: URLSearchParams): string {
  const text = search.toString()
  return text === '' ? path : `${path}?${text}`
}

/** The same page, with all it shows, as another identity or with another fate of writes. */
export function withActor(path: string, search: URLSearchParams, actor: WriteIntent): Route {
  return withSearch(path, withActing(search, actor)) as Route
}

/** The page at a path showing something else, as the identity and with the fate of writes that `from` has. */
export function keepActing(path: string, search: URLSearchParams, from: URLSearchParams): Route {
  const all = new URLSearchParams(search)
  for (const name of [identityParam, modeParam]) {
    all.delete(name)
    for (const value of from.getAll(name)) all.append(name, value)
  }
  return withSearch(path, all) as Route
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
