import { expect, test } from 'vitest'
import { admin, asAdmin, guest } from './identity'
import {
  api,
  decodeSegment,
  findAppId,
  keepActing,
  pages,
  toSearchParams,
  withActor,
} from './routes'

const app = '0b2f8a3e-6f0d-4c55-9d1e-0a8a4a5f0001'

test.each(['tickets', '$users', 'a/b', 'a b', 'ünï', 'a?b#c', '50%', 'a\\b'])(
  'the namespace %j stays one segment and comes back',
  (namespace) => {
    const { pathname, search, hash } = new URL(
      pages.data(asAdmin(app), namespace),
      'http://localhost',
    )
    const segments = pathname.split('/')

    expect(segments.slice(0, 4)).toEqual(['', 'apps', app, 'data'])
    expect(segments).toHaveLength(5)
    expect(search + hash).toBe('')
    expect(decodeSegment(segments[4] ?? '')).toBe(namespace)
  },
)

test.each(['.', '..', '...'])('the namespace %j leads to no other page', (namespace) => {
  const { pathname } = new URL(pages.data(asAdmin(app), namespace), 'http://localhost')
  expect(pathname.split('/').slice(0, 4)).toEqual(['', 'apps', app, 'data'])
  expect(pathname.split('/')).toHaveLength(5)
})

test('a page of an app is under the app, and so is its JSON', () => {
  expect(pages.query(asAdmin(app))).toBe(`/apps/${app}/query`)
  expect(api.record(asAdmin(app), '$users', 'x')).toBe(
    `/api/apps/${app}/namespaces/%24users/records/x?as=admin`,
  )
})

test('a search is appended only when there is one', () => {
  expect(pages.data(asAdmin(app), 'a', new URLSearchParams())).toBe(`/apps/${app}/data/a`)
  expect(pages.data(asAdmin(app), 'a', new URLSearchParams({ page: '2' }))).toBe(
    `/apps/${app}/data/a?page=2`,
  )
})

test('a segment that cannot be decoded is taken as it stands', () => {
  expect(decodeSegment('%E0%A4%A')).toBe('%E0%A4%A')
})

test.each([
  [`/apps/${app}/data/tickets`, app],
  [`/apps/${app}`, app],
  ['/', null],
  ['/apps/', null],
  ['/other/apps/x', null],
])('the app of %s is %s', (path, expected) => {
  expect(findAppId(path)).toBe(expected)
})

test('repeated parameters keep all their values', () => {
  expect(toSearchParams({ a: ['1', '2'], b: '3', c: undefined }).toString()).toBe('a=1&a=2&b=3')
})

test.each([
  [{ as: admin, mode: 'real' }, ''],
  [{ as: guest }, '?as=guest'],
  [{ as: guest, mode: 'dry' }, '?as=guest'],
  [{ as: guest, mode: 'view' }, '?as=guest&mode=view'],
  [{ as: guest, mode: 'real' }, '?as=guest&mode=real'],
] as const)('a link carries %j as %j', (actor, expected) => {
  expect(pages.query({ appId: app, ...actor })).toBe(`/apps/${app}/query${expected}`)
})

test('what an address said of another identity is not kept', () => {
  const search = new URLSearchParams({ page: '2', as: 'guest', mode: 'real' })
  expect(withActor('/x', search, { as: admin, mode: 'real' })).toBe('/x?page=2')
})

test.each([
  ['as=guest&mode=real', 'page=3', '/x?page=3&as=guest&mode=real'],
  ['as=guest&as=guest&page=2', '', '/x?as=guest&as=guest'],
  ['page=2', 'page=3&as=guest&mode=real', '/x?page=3'],
])('of the address %j everything but the identity becomes %j', (from, search, expected) => {
  expect(keepActing('/x', new URLSearchParams(search), new URLSearchParams(from))).toBe(expected)
})
