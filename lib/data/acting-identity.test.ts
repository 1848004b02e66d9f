import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import {
  type Asked,
  adminToken,
  type KnownUser,
  type RecordingBackend,
  startRecordingBackend,
  tokenOf,
} from '@/e2e/support/recording-backend'
import * as actingActions from '@/lib/actions/acting'
import * as recordActions from '@/lib/actions/records'
import * as transactionActions from '@/lib/actions/transactions'
import * as userActions from '@/lib/actions/users'
import type { ActionResult } from '@/lib/model/failure'
import { admin, guest, type Identity } from '@/lib/model/identity'
import type { Step } from '@/lib/model/transaction'
import { type WriteMode, writeModes } from '@/lib/model/write-mode'
import * as acting from './acting'
import * as apps from './apps'
import * as files from './files'
import * as linked from './linked'
import * as records from './records'
import * as queries from './run-query'
import * as schema from './schema'
import * as transactions from './transactions'
import * as users from './users'
import { currentViewer, type Viewer } from './viewer'
import * as writing from './write-steps'

/*
 * Everything the dashboard can be asked for, asked as random identities of a backend that records
 * them: what must run as somebody never runs as the admin, and nothing is written that is not meant.
 */

vi.mock('next/headers', () => ({ headers: async () => new Headers({ host: 'localhost:3000' }) }))

const recordId = '0b2f8a3e-6f0d-4c55-9d1e-0a8a4a5f0002'

const people = {
  named: { id: '0b2f8a3e-6f0d-4c55-9d1e-0a8a4a5f0010', email: 'ada@example.com' },
  nameless: { id: '0b2f8a3e-6f0d-4c55-9d1e-0a8a4a5f0011', email: null },
  // Headers would carry another e-mail than these.
  oddlyNamed: { id: '0b2f8a3e-6f0d-4c55-9d1e-0a8a4a5f0012', email: ' Ada@example.com' },
  vanishing: {
    id: '0b2f8a3e-6f0d-4c55-9d1e-0a8a4a5f0013',
    email: 'eve@example.com',
    isVanishing: true,
  },
  vanishingNameless: {
    id: '0b2f8a3e-6f0d-4c55-9d1e-0a8a4a5f0014',
    email: null,
    isVanishing: true,
  },
} satisfies Record<string, KnownUser>

const deleted: Identity = { kind: 'user', id: '0b2f8a3e-6f0d-4c55-9d1e-0a8a4a5f0019' }

const identities: readonly Identity[] = [
  admin,
  guest,
  deleted,
  ...Object.values(people).map(({ id }): Identity => ({ kind: 'user', id })),
]

interface Call {
  readonly appId: string
  readonly viewer: Viewer
  readonly as: Identity
  readonly mode: WriteMode
  readonly signal: AbortSignal
}

interface Way {
  readonly run: (call: Call) => Promise<unknown>
  /** `identity`: asks for the app's data as whom one acts. `admin`: as admin by nature, and says why. */
  readonly as: 'identity' | { readonly admin: string }
  readonly isWrite?: true
}

const notes = { namespace: 'notes' }
const page = { ...notes, sort: 'serverCreatedAt', direction: 'desc', page: 1, size: 10 } as const
const field = { attribute: 'title', value: 'New' }
const steps: Step[] = [{ action: 'delete', namespace: 'notes', subject: recordId }]
const ada = { id: people.named.id }

/** Whom the app is looked at as plays no part. */
const ofDashboard = { admin: "the dashboard's own: it is the same whoever is acted as" }
const ofUsers = { admin: 'users are listed and managed as admin: the SDK knows nobody else' }

/** Every read and write of lib/data. A new one is to be added, or the scan below fails. */
const ways: Readonly<Record<string, Way>> = {
  'apps.readApps': { run: ({ viewer }) => apps.readApps(viewer), as: ofDashboard },
  'acting.stopActing': {
    run: ({ appId, viewer, as }) => acting.stopActing(viewer, { appId, as }),
    as: ofDashboard,
  },
  'schema.readSchema': {
    run: ({ appId, viewer }) => schema.readSchema(viewer, { appId }),
    as: ofDashboard,
  },
  'schema.requireNamespace': {
    run: ({ appId, viewer }) => schema.requireNamespace(viewer, { appId, ...notes }),
    as: ofDashboard,
  },
  'schema.readAtNamespace': {
    run: ({ appId, viewer, signal }) =>
      schema.readAtNamespace(
        viewer,
        { appId, ...notes },
        { read: async () => ({ value: null, schemaTag: null }), asksForTag: false, signal },
      ),
    as: ofDashboard,
  },
  'schema.readCounts': {
    run: ({ appId, viewer, as }) => schema.readCounts(viewer, { appId, as }),
    as: 'identity',
  },
  'records.readRecords': {
    run: ({ appId, viewer, as }) =>
      Promise.all([
        records.readRecords(viewer, { appId, ...page, as }),
        records.readRecords(viewer, { appId, ...page, as, isWalk: true }),
      ]),
    as: 'identity',
  },
  'records.readRecords, compared': {
    run: ({ appId, viewer, as }) =>
      records.readRecords(viewer, { appId, ...page, as, isCompared: true }),
    as: 'identity',
  },
  'records.followRecords': {
    run: ({ appId, viewer, as }) => {
      const end = new AbortController()
      const send = () => end.abort()
      return records.followRecords(viewer, { appId, ...page, as }, { signal: end.signal, send })
    },
    as: 'identity',
  },
  'records.readRecord': {
    run: ({ appId, viewer, as }) =>
      records.readRecord(viewer, { appId, ...notes, as, id: recordId }),
    as: 'identity',
  },
  'linked.readLinked': {
    run: ({ appId, viewer, as }) =>
      linked.readLinked(viewer, { appId, ...notes, as, label: 'answers', ids: [recordId] }),
    as: 'identity',
  },
  'files.readPicture': {
    run: ({ appId, viewer, as }) => files.readPicture(viewer, { appId, as, id: recordId }),
    as: 'identity',
  },
  'records.readCount': {
    run: ({ appId, viewer, as }) => records.readCount(viewer, { appId, ...notes, as }),
    as: 'identity',
  },
  'records.changeField': {
    run: ({ appId, viewer, as, mode }) =>
      records.changeField(viewer, { appId, ...notes, ...field, as, mode, id: recordId }),
    as: 'identity',
    isWrite: true,
  },
  'records.deleteRecord': {
    run: ({ appId, viewer, as, mode }) =>
      records.deleteRecord(viewer, { appId, ...notes, as, mode, id: recordId }),
    as: 'identity',
    isWrite: true,
  },
  'run-query.runQuery': {
    run: ({ appId, viewer, as, signal }) =>
      queries.runQuery(viewer, { appId, as, query: { notes: {} } }, signal),
    as: 'identity',
  },
  'transactions.runTransaction': {
    run: ({ appId, viewer, as, mode }) =>
      transactions.runTransaction(viewer, { appId, as, mode, steps }),
    as: 'identity',
    isWrite: true,
  },
  'write-steps.writeSteps': {
    run: ({ appId, viewer, as, mode }) => writing.writeSteps(viewer, { appId, as, mode, steps }),
    as: 'identity',
    isWrite: true,
  },
  'users.readUsers': {
    run: ({ appId, viewer }) =>
      Promise.all([
        users.readUsers(viewer, { appId, search: 'ada@example.com', page: 1, size: 5 }),
        users.readUsers(viewer, { appId, search: ada.id, page: 1, size: 5 }),
      ]),
    as: ofUsers,
  },
  'users.readUser': {
    run: ({ appId, viewer }) => users.readUser(viewer, { appId, ...ada }),
    as: ofUsers,
  },
  'users.readUserSummary': {
    run: ({ appId, viewer }) => users.readUserSummary(viewer, { appId, ...ada }),
    as: ofUsers,
  },
  'users.readCreationTimes': {
    run: ({ appId, viewer }) => users.readCreationTimes(viewer, { appId, ids: [ada.id] }),
    as: ofUsers,
  },
  'users.signOutUser': {
    run: ({ appId, viewer, as, mode }) => users.signOutUser(viewer, { appId, ...ada, as, mode }),
    as: ofUsers,
    isWrite: true,
  },
  'users.deleteUser': {
    run: ({ appId, viewer, as, mode }) => users.deleteUser(viewer, { appId, ...ada, as, mode }),
    as: ofUsers,
    isWrite: true,
  },
  'users.createToken': {
    run: ({ appId, viewer, as, mode }) => users.createToken(viewer, { appId, ...ada, as, mode }),
    as: ofUsers,
    isWrite: true,
  },
  'users.createMagicCode': {
    run: ({ appId, viewer, as, mode }) =>
      users.createMagicCode(viewer, { appId, ...ada, as, mode }),
    as: ofUsers,
    isWrite: true,
  },
}

/** Every action, which is what a browser can reach of the writes above. */
const actions: Readonly<Record<string, Way>> = {
  'acting.stopActing': action(ofDashboard, ({ appId, as, mode }) =>
    actingActions.stopActing({ appId, as, mode }),
  ),
  'records.changeField': action('identity', ({ appId, as, mode }) =>
    recordActions.changeField({ appId, ...notes, ...field, as, mode, id: recordId }),
  ),
  'records.deleteRecord': action('identity', ({ appId, as, mode }) =>
    recordActions.deleteRecord({ appId, ...notes, as, mode, id: recordId }),
  ),
  'transactions.runTransaction': action('identity', ({ appId, as, mode }) =>
    transactionActions.runTransaction({ appId, as, mode, steps }),
  ),
  'users.signOutUser': action(ofUsers, ({ appId, as, mode }) =>
    userActions.signOutUser({ appId, ...ada, as, mode }),
  ),
  'users.deleteUser': action(ofUsers, ({ appId, as, mode }) =>
    userActions.deleteUser({ appId, ...ada, as, mode }),
  ),
  'users.createToken': action(ofUsers, ({ appId, as, mode }) =>
    userActions.createToken({ appId, ...ada, as, mode }),
  ),
  'users.createMagicCode': action(ofUsers, ({ appId, as, mode }) =>
    userActions.createMagicCode({ appId, ...ada, as, mode }),
  ),
}

/** What the dashboard asks for itself, as admin whoever acts. */
const ownRoutes = [
  // Whether there is such a user, and with what e-mail: before anything is done as them.
  'GET /admin/users',
  // The token of a user without an e-mail, and its end.
  'POST /admin/refresh_tokens',
  'POST /admin/sign_out',
  // Managing users.
  'DELETE /admin/users',
  'POST /admin/magic_code',
]

function isOwn({ route }: Asked): boolean {
  return ownRoutes.includes(route) || /^GET \/dash\/apps\/[^/]+\/schema\/pull$/.test(route)
}

/** Requests for an app's data that are the admin's by nature, beside those of `ofUsers`. */
const adminByNature: Readonly<Record<string, (asked: Asked) => boolean>> = {
  // How many there are in all, beside how many the identity sees. Instant counts for nobody else.
  'schema.readCounts': isAggregate,
  'records.readCount': isAggregate,
  // The page that what the identity sees of it is held against; not the look at that.
  'records.readRecords, compared': ({ body }) => body.includes('"order"') && !body.includes('$in'),
  // Whether a record that the identity does not see is there: its id and nothing else.
  'records.readRecord': ({ body }) =>
    body.includes(`{"notes":{"$":{"where":{"id":"${recordId}"},"fields":["id"]}}}`),
}

let backend: RecordingBackend
let viewer: Viewer

beforeAll(async () => {
  backend = await startRecordingBackend()
  viewer = await currentViewer()
  for (const user of Object.values(people)) backend.users.set(user.id, user)
  vi.stubEnv('INSTANT_API_URI', backend.apiURI)
  vi.stubEnv('INSTANT_APP_ADMIN_TOKEN', adminToken)
})

afterAll(async () => {
  vi.unstubAllEnvs()
  await backend.close()
})

const everything = [
  ...Object.entries(ways).map(([name, way]) => ({ name, way })),
  ...Object.entries(actions).map(([name, way]) => ({ name, way })),
]

test('whatever is asked for in whatever order, each request is made as the identity it is for', async () => {
  const one = fc.record({
    each: fc.constantFrom(...everything),
    as: fc.constantFrom(...identities),
    mode: fc.constantFrom(...writeModes),
  })
  const property = fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 5 }), expectExplained)
  await fc.assert(property, { numRuns: 80 })
}, 120_000)

test('each way is right for each identity and mode', async () => {
  for (const each of everything) {
    for (const as of identities) {
      for (const mode of each.way.isWrite ? writeModes : (['real'] as const)) {
        await expectExplained([{ each, as, mode }])
      }
    }
  }
}, 120_000)

test('two who ask at once are not taken for each other', async () => {
  const appId = connect()
  const both = [people.named, people.nameless].map(({ id }) =>
    queries.runQuery(
      viewer,
      { appId, as: { kind: 'user', id }, query: { notes: { $: { where: { id } } } } },
      new AbortController().signal,
    ),
  )
  await Promise.all(both)
  const asked = askedOf(appId).filter(({ route }) => route === 'POST /admin/query')

  expect(asked).toHaveLength(2)
  for (const { as, body } of asked) {
    const isNamed = body.includes(people.named.id)
    expect(as).toBe(isNamed ? headerOf(people.named) : headerOf(people.nameless))
  }
})

test('a write that does not say as whom, or whether it is meant, is refused', async () => {
  const appId = connect()
  const change = { appId, ...notes, ...field, id: recordId }
  for (const input of [
    change,
    { ...change, as: admin },
    { ...change, mode: 'real' },
    { ...change, as: guest, mode: 'yes' },
  ]) {
    const result = await recordActions.changeField(
      input as Parameters<typeof recordActions.changeField>[0],
    )
    expect(result).toMatchObject({ ok: false, error: { code: 'invalid-input' } })
  }
  expect(askedOf(appId)).toEqual([])
})

test('every read and write of lib/data is covered', () => {
  const files = sourcesOf('lib/data')
  const found = files.flatMap(({ file, text }) =>
    [...text.matchAll(/^export (?:async )?function (\w+)(?:<.*>)?\(\s*_?viewer: Viewer/gm)].map(
      ([, name]) => `${file}.${name}`,
    ),
  )
  // Asks nothing of a backend.
  const pure = ['unknown-route.readNothing', 'viewer.requireRole']

  const covered = new Set(Object.keys(ways).map((name) => name.split(',')[0]))
  expect(found.filter((name) => !pure.includes(name)).sort()).toEqual([...covered].sort())
})

test('what reaches a backend from lib/data takes a viewer, so the scan sees it', () => {
  // What the reads of records share, and says itself as whom.
  const shared = ['fetch-records']
  const unseen = sourcesOf('lib/data')
    .filter(({ file }) => !shared.includes(file))
    .filter(({ text }) => text.includes("from '@/lib/instant/"))
    .flatMap(({ file, text }) =>
      [
        ...text.matchAll(
          /^export (?!interface|type)(?!(?:async )?function \w+(?:<.*>)?\(\s*viewer: Viewer).*/gm,
        ),
      ].map(([line]) => `${file}: ${line}`),
    )

  expect(unseen).toEqual([])
})

test('every action is covered', () => {
  const found = sourcesOf('lib/actions').flatMap(({ file, text }) =>
    [...text.matchAll(/^export const (\w+)/gm)].map(([, name]) => `${file}.${name}`),
  )

  expect(found.sort()).toEqual(Object.keys(actions).sort())
})

interface One {
  readonly each: (typeof everything)[number]
  readonly as: Identity
  readonly mode: WriteMode
}

/**
 * Does one after the other, and holds what reached the backend to it: each request must be what one of
 * them may ask for, and as whom; and each must have asked for something as whom it was to be asked.
 */
async function expectExplained(ones: readonly One[]): Promise<void> {
  const appId = connect()
  const outcomes = []
  for (const { each, as, mode } of ones) {
    const { signal } = new AbortController()
    outcomes.push(
      ...(await Promise.allSettled([each.way.run({ appId, viewer, as, mode, signal })])),
    )
  }
  const asked = askedOf(appId)
  const said = JSON.stringify({ ones: ones.map((one) => ({ ...one, each: one.each.name })), asked })

  for (const request of asked)
    expect(
      ones.some((one) => explains(one, request)),
      said,
    ).toBe(true)
  for (const [index, { each, as, mode }] of ones.entries()) {
    if (each.way.as !== 'identity') continue
    if (!isThere(as)) expect(outcomes[index]?.status, said).toBe('rejected')
    else if (isSent(as, mode, each.way)) {
      const data = asked.filter((request) => !isOwn(request))
      expect(
        data.map((request) => request.as),
        said,
      ).toContain(expectedHeader(as))
    }
  }
}

/** An app of its own, so that what is still under way of another is not taken for its. */
function connect(): string {
  const appId = crypto.randomUUID()
  vi.stubEnv('INSTANT_APP_ID', appId)
  return appId
}

function askedOf(appId: string): readonly Asked[] {
  return backend.asked.filter((request) => request.appId === appId)
}

/** Whether a request is what one may lead to, and made as whom it is to be. */
function explains(one: One, request: Asked): boolean {
  return isMeant(one, request) && isRightlyAs(one, request)
}

function isRightlyAs({ each: { name, way }, as }: One, request: Asked): boolean {
  if (isOwn(request) || way.as !== 'identity') return request.as === 'admin'
  if (request.as === expectedHeader(as)) return true
  return request.as === 'admin' && adminByNature[name]?.(request) === true
}

/** Nothing writes unless it is meant, and a dry run is made only where one is. */
function isMeant({ each: { way }, as, mode }: One, { route, body }: Asked): boolean {
  const isReal = way.isWrite === true && mode === 'real'
  switch (route) {
    case 'POST /admin/transact':
      return isReal && way.as === 'identity'
    case 'POST /admin/transact_perms_check':
      return way.isWrite === true && mode === 'dry' && as.kind !== 'admin'
    case 'DELETE /admin/users':
    case 'POST /admin/magic_code':
      return isReal && way.as === ofUsers
    case 'POST /admin/refresh_tokens':
      return (isReal && way.as === ofUsers) || isByToken(as)
    case 'POST /admin/sign_out':
      return (isReal && way.as === ofUsers) || (isByToken(as) && body.includes('"refresh_token"'))
    default:
      return true
  }
}

function isByToken(as: Identity): boolean {
  return expectedHeader(as)?.startsWith('as-token') ?? false
}

function isSent(as: Identity, mode: WriteMode, way: Way): boolean {
  if (!way.isWrite) return true
  return as.kind === 'admin' ? mode === 'real' : mode !== 'view'
}

function isThere(as: Identity): boolean {
  if (as.kind !== 'user') return true
  const user = backend.users.get(as.id)
  return user !== undefined && !user.isVanishing
}

/** Null for a user who is not there: nothing may be asked as them. */
function expectedHeader(as: Identity): string | null {
  if (as.kind === 'admin') return 'admin'
  if (as.kind === 'guest') return 'as-guest'
  const user = backend.users.get(as.id)
  return user ? headerOf(user) : null
}

function headerOf({ id, email }: KnownUser): string {
  const isPlain = email !== null && email === email.trim().toLowerCase()
  return isPlain ? `as-email ${email}` : `as-token ${tokenOf(id)}`
}

function isAggregate({ body }: Asked): boolean {
  const { query } = JSON.parse(body)
  return Object.values<{ $?: object }>(query).every(
    ({ $ }) => JSON.stringify($) === '{"aggregate":"count"}',
  )
}

/** An action fails by its answer, which here is to count as failing. */
function action(as: Way['as'], act: (call: Call) => Promise<ActionResult<unknown>>): Way {
  const run = async (call: Call) => {
    const result = await act(call)
    if (!result.ok) throw new Error(result.error.message)
  }
  return { run, as, isWrite: true }
}

function sourcesOf(folder: string): readonly { readonly file: string; readonly text: string }[] {
  const path = join(import.meta.dirname, '../..', folder)
  return readdirSync(path)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => ({ file: name.slice(0, -3), text: readFileSync(join(path, name), 'utf8') }))
}
