import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** A request that reached the backend, and as whom it would be judged. */
export interface Asked {
  /** Such as `POST /admin/query`. */
  readonly route: string
  /** `admin`, `as-guest`, `as-email …`, `as-token …`; null without a token of the admin. */
  readonly as: string | null
  /** The app it is about. */
  readonly appId: string | null
  readonly body: string
}

/** A user the backend knows. */
export interface KnownUser {
  readonly id: string
  readonly email: string | null
  /** Whether they are deleted right after they are looked up. */
  readonly isVanishing?: boolean
}

export interface RecordingBackend {
  readonly apiURI: string
  /** All that was asked, in order. */
  readonly asked: Asked[]
  readonly users: Map<string, KnownUser>
  readonly close: () => Promise<void>
}

export const adminToken = 'the-admins'

const onlyRecord = '0b2f8a3e-6f0d-4c55-9d1e-0a8a4a5f0042'

/** The token that the backend makes of a user. */
export function tokenOf(id: string): string {
  return `token-of-${id}`
}

/**
 * A backend that records as whom it is asked and answers as little as the SDK takes: an app with one
 * namespace, `notes`, whose pages hold one record. Identities are judged as Instant judges them.
 */
export async function startRecordingBackend(): Promise<RecordingBackend> {
  const asked: Asked[] = []
  const users = new Map<string, KnownUser>()

  const server = createServer(async (request, response) => {
    const body = await text(request)
    const url = new URL(request.url ?? '', 'http://backend')
    const route = `${request.method} ${url.pathname}`
    const as = identityOf(request)
    asked.push({ route, as, appId: appOf(request, url), body })
    if (!isKnown(as, users)) return refuse(response)
    if (url.pathname === '/admin/subscribe-query') return answerStream(response, body)
    const answer = answerTo({ route, url, body, users })
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    apiURI: `http://127.0.0.1:${port}`,
    asked,
    users,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export function identityOf({ headers }: IncomingMessage): string | null {
  if (headers['as-token']) return `as-token ${headers['as-token']}`
  if (headers['as-email']) return `as-email ${headers['as-email']}`
  if (headers['as-guest']) return 'as-guest'
  return headers.authorization === `Bearer ${adminToken}` ? 'admin' : null
}

function appOf({ headers }: IncomingMessage, url: URL): string | null {
  const inPath = /^\/dash\/apps\/([^/]+)/.exec(url.pathname)?.[1]
  return inPath ?? url.searchParams.get('app_id') ?? headers['app-id']?.toString() ?? null
}

function isKnown(as: string | null, users: ReadonlyMap<string, KnownUser>): boolean {
  if (as === 'admin' || as === 'as-guest') return true
  return [...users.values()].some(
    ({ id, email, isVanishing }) =>
      !isVanishing && (as === `as-email ${email}` || as === `as-token ${tokenOf(id)}`),
  )
}

function refuse(response: ServerResponse): void {
  const body = { type: 'record-not-found', message: 'Record not found: app-user', hint: {} }
  response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

interface Question {
  readonly route: string
  readonly url: URL
  readonly body: string
  readonly users: ReadonlyMap<string, KnownUser>
}

function answerTo({ route, url, body, users }: Question): object {
  const user = users.get(url.searchParams.get('id') ?? '')
  switch (route) {
    case 'GET /admin/users':
      return { user: user ? { id: user.id, email: user.email } : null }
    case 'DELETE /admin/users':
      return { deleted: user ? { id: user.id } : null }
    case 'POST /admin/refresh_tokens': {
      const { id } = JSON.parse(body)
      return { user: { id, refresh_token: tokenOf(id) }, created: !users.has(id) }
    }
    case 'POST /admin/query':
      return answerQuery(JSON.parse(body).query)
    case 'POST /admin/transact':
      return { 'tx-id': 7 }
    case 'POST /admin/transact_perms_check':
      return { 'all-checks-ok?': true, 'check-results': [] }
    case 'POST /admin/magic_code':
      return { code: '123456' }
    default:
      return url.pathname.endsWith('/schema/pull') ? schema : { ok: true }
  }
}

/** One record on each page, and nothing for any other question. */
function answerQuery(query: Readonly<Record<string, { readonly $?: { order?: object } }>>): object {
  const record = { id: onlyRecord, title: 'The only one' }
  return Object.fromEntries(
    Object.entries(query).map(([name, { $ }]) => [name, $?.order ? [record] : []]),
  )
}

function answerStream(response: ServerResponse, body: string): void {
  const { query } = JSON.parse(body)
  const names = Object.keys(query)
  const aggregate = Object.fromEntries(names.map((name) => [name, { count: 0 }]))
  const pages = Object.fromEntries(names.map((name) => [name, { 'has-next-page?': false }]))
  const isCount = names.some((name) => query[name].$?.aggregate === 'count')
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const event of [
    { op: 'sse-init', 'machine-id': 'm', 'session-id': 's' },
    {
      op: 'add-query-ok',
      result: Object.fromEntries(names.map((name) => [name, []])),
      'result-meta': isCount ? { aggregate } : { 'page-info': pages },
    },
  ]) {
    response.write(`data: ${JSON.stringify(event)}\n\n`)
  }
}

const attribute = {
  'value-type': 'blob',
  cardinality: 'one',
  'unique?': false,
  'index?': true,
  'required?': false,
  'checked-data-type': 'string',
}

function blobs(namespace: string, ...labels: readonly string[]) {
  return Object.fromEntries(
    labels.map((label) => [label, { ...attribute, 'forward-identity': ['', namespace, label] }]),
  )
}

const schema = {
  schema: {
    blobs: { notes: blobs('notes', 'id', 'title'), $users: blobs('$users', 'id', 'email') },
    refs: {
      answers: {
        ...attribute,
        'value-type': 'ref',
        cardinality: 'many',
        'forward-identity': ['', 'notes', 'answers'],
        'reverse-identity': ['', 'notes', 'questions'],
      },
    },
  },
}
