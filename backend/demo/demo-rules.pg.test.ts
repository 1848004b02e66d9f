import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Actor, admin } from '@/backend/operations/actor'
import type { Engine } from '@/backend/operations/engine'
import { requireUserWithEmail } from '@/backend/operations/identify'
import { runQuery } from '@/backend/operations/query'
import { openTestEngine } from '@/backend/operations/testing'
import { validateRules } from '@/backend/rules/validate-rules'
import type { AppKey } from '@/backend/schema/attr'
import { sql } from '@/backend/sql/sql'
import type { JsonObject } from '@/lib/base/json'
import { must } from '@/lib/base/must'
import { demoAppId } from './demo-app'
import { demoRules } from './rules'
import { demoSchema } from './schema'
import { seedDemo } from './seed-demo'

type Row = JsonObject & { readonly id: string }

const guest: Actor = { kind: 'guest' }
const namespaces = Object.keys(demoSchema.entities)
let engine: Engine
let app: AppKey
let dataDir: string

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'understudy-demo-'))
  engine = await openTestEngine()
  await seedDemo(engine, { dataDir, apiURI: 'http://127.0.0.1:8888' })
  const rows = await engine.db.query<{ key: AppKey }>(
    sql`select key from apps where id = ${demoAppId}::uuid`,
  )
  app = must(rows[0], 'the demo has been seeded').key
})
afterAll(async () => {
  await engine?.db.close()
  await rm(dataDir, { recursive: true })
})

test('the rules may be saved', () => {
  expect(validateRules(demoRules)).toEqual([])
})

test('a guest sees published articles, labels and public files', async () => {
  const published = (await rows(admin, 'articles')).filter(
    ({ isPublished }) => isPublished === true,
  )
  const labels = await rows(admin, 'labels')

  expect(ids(await rows(guest, 'articles'))).toEqual(ids(published))
  expect(ids(await rows(guest, 'labels'))).toEqual(ids(labels))
  for (const namespace of namespaces.filter(
    (name) => !['articles', 'labels', '$files'].includes(name),
  )) {
    expect(await rows(guest, namespace), namespace).toEqual([])
  }
  const files = (await rows(admin, '$files')).filter(({ path }) => /^public\//.test(String(path)))
  expect(ids(await rows(guest, '$files'))).toEqual(ids(files))
  expect((await rows(guest, 'articles')).filter((article) => 'views' in article)).toEqual([])
})

test('who the README acts for sees as much as it says', async () => {
  const niamh = await asUser('niamh.kaya9@mail.example')

  expect(await rows(admin, 'tickets')).toHaveLength(420)
  expect(await rows(niamh, 'tickets')).toHaveLength(34)
})

describe('a customer', () => {
  test('sees their own organization, tickets and colleagues', async () => {
    const { actor, profile, organization } = await customer()
    const tickets = (await read(admin, { tickets: { requester: {}, watchers: {} } })).tickets
    const theirs = tickets.filter(({ requester, watchers }) =>
      [...list(requester), ...list(watchers)].some(({ id }) => id === profile),
    )
    const people = (await read(admin, { profiles: { $: { where: { organization } } } })).profiles

    expect(ids(await rows(actor, 'organizations'))).toEqual([organization])
    expect(ids(await rows(actor, 'tickets'))).toEqual(ids(theirs))
    expect(ids(await rows(actor, 'profiles'))).toEqual(ids(people))
    expect(await rows(actor, 'events')).toEqual([])
    expect(await rows(actor, 'teams')).toEqual([])
  })

  test('sees fields of their own that others are not shown', async () => {
    const { actor, profile } = await customer()
    const visible = await rows(actor, 'profiles')
    const tickets = await rows(actor, 'tickets')

    for (const { id, ...values } of visible) {
      expect('preferences' in values && id !== profile).toBe(false)
      expect('hourlyRate' in values).toBe(id === profile)
    }
    expect(tickets.filter((ticket) => 'internalNotes' in ticket || 'sentiment' in ticket)).toEqual(
      [],
    )
    expect(ids(await rows(actor, '$users'))).toEqual([userId(actor)])
  })

  test('cannot find out by a condition what is hidden from them', async () => {
    const { actor, organization } = await customer()
    const query = { organizations: { $: { where: { monthlyRevenue: { $isNull: false } } } } }

    expect(ids((await read(admin, query)).organizations)).toContain(organization)
    expect((await read(actor, query)).organizations).toEqual([])
  })
})

describe('of the staff', () => {
  test.each(['member', 'agent', 'admin', 'owner'])(
    '%s sees every ticket and every user',
    async (role) => {
      const actor = await staff(role)
      for (const namespace of ['tickets', '$users', 'organizations', 'articles', 'comments']) {
        expect(ids(await rows(actor, namespace)), namespace).toEqual(
          ids(await rows(admin, namespace)),
        )
      }
    },
  )

  test('a member is not told e-mails and revenues, an agent is', async () => {
    const [member, agent] = [await staff('member'), await staff('agent')]
    const emails = async (actor: Actor) =>
      (await rows(actor, '$users')).filter(({ email }) => typeof email === 'string').length

    expect(await emails(member)).toBe(1)
    expect(await emails(agent)).toBe(await emails(admin))
    expect((await rows(member, 'organizations')).filter((row) => 'monthlyRevenue' in row)).toEqual(
      [],
    )
    expect(await rows(agent, 'organizations')).toContainEqual(
      expect.objectContaining({ monthlyRevenue: expect.any(Number) }),
    )
  })

  test('only admins and owners see events, invoices of all and account numbers', async () => {
    for (const role of ['member', 'agent']) {
      expect(await rows(await staff(role), 'events'), role).toEqual([])
    }
    for (const role of ['admin', 'owner']) {
      const actor = await staff(role)
      for (const namespace of ['events', 'invoices', 'billingAccounts', 'timeEntries']) {
        expect(ids(await rows(actor, namespace)), namespace).toEqual(
          ids(await rows(admin, namespace)),
        )
      }
    }
  })
})

async function read(
  actor: Actor,
  query: JsonObject,
): Promise<
  Readonly<Record<string, readonly Row[]>> & {
    tickets: readonly Row[]
    profiles: readonly Row[]
    organizations: readonly Row[]
  }
> {
  const requestOrigin = { ip: null, origin: null }
  const request = { app, actor, requestOrigin, query, isInferred: false, wantsPageInfo: false }
  return (await runQuery(engine, request)).tree as never
}

async function rows(actor: Actor, namespace: string): Promise<readonly Row[]> {
  return (await read(actor, { [namespace]: {} }))[namespace] ?? []
}

function ids(found: readonly Row[]): readonly string[] {
  return found.map(({ id }) => id).sort()
}

function list(value: unknown): readonly Row[] {
  return value as readonly Row[]
}

function userId(actor: Actor): string {
  return actor.kind === 'user' ? actor.user.id : ''
}

async function staff(staffRole: string): Promise<Actor> {
  const { $users } = await read(admin, { $users: { $: { where: { staffRole } } } })
  return asUser(String($users?.[0]?.email))
}

async function asUser(email: string): Promise<Actor> {
  const user = await requireUserWithEmail(engine, { app, appId: demoAppId, email })
  return { kind: 'user', user }
}

/** A customer who has asked for something, and whose organization has several people. */
async function customer() {
  const { tickets } = await read(admin, {
    tickets: { requester: { user: {}, organization: { people: {} } } },
  })
  const requesters = tickets.flatMap(({ requester }) => list(requester))
  const found = requesters.find(({ user, organization }) => {
    const [account] = list(user)
    return account?.email && !account.staffRole && list(list(organization)[0]?.people).length > 1
  })
  const profile = must(found, 'the demo has customers who ask')
  return {
    profile: profile.id,
    organization: list(profile.organization)[0]?.id ?? '',
    actor: await asUser(String(list(profile.user)[0]?.email)),
  }
}
