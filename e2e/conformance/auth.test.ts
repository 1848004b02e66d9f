import { createInstantRouteHandler, init } from '@instantdb/admin'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeApp, pushSchema, type TestApp } from '@/e2e/support/make-app'
import { openCore } from '@/e2e/support/open-core'
import { type RunningBackend, startBackend } from '@/e2e/support/start-backend'
import { must } from '@/lib/base/must'

let backend: RunningBackend
let app: TestApp
let db: ReturnType<typeof init>

beforeAll(async () => {
  backend = await startBackend({ env: { SMTP_URL: '' } })
  app = await makeApp({ apiURI: backend.apiURI, title: 'Helpdesk' })
  const nickname = { valueType: 'string', required: false, config: {} }
  await pushSchema(app, { entities: { $users: { attrs: { nickname }, links: {} } }, links: {} })
  db = init(app)
}, 120_000)

afterAll(() => backend.stop())

describe('@instantdb/admin', () => {
  test('createToken makes a user by e-mail, by id and by a bare string', async () => {
    const id = crypto.randomUUID()
    const tokens = [
      await db.auth.createToken({ email: 'ann@example.com' }),
      await db.auth.createToken('ann@example.com'),
      await db.auth.createToken({ id }),
    ]
    const users = await Promise.all(tokens.map((token) => db.auth.verifyToken(token)))

    expect(users.map(({ email }) => email)).toEqual(['ann@example.com', 'ann@example.com', null])
    expect(users[0]?.id).toBe(users[1]?.id)
    expect(users[2]).toMatchObject({ id, refresh_token: tokens[2], isGuest: false })
  })

  test('getUser finds by e-mail, id and token, and resolves to null for nobody', async () => {
    const token = await db.auth.createToken({ email: 'bo+tag@example.com' })
    const user = await db.auth.getUser({ email: 'Bo+Tag@Example.com' })

    expect(user).toMatchObject({ email: 'bo+tag@example.com', app_id: app.appId })
    expect(user).not.toHaveProperty('refresh_token')
    expect(await db.auth.getUser({ id: must(user, 'it was made').id })).toEqual(user)
    expect(await db.auth.getUser({ refresh_token: token })).toEqual(user)
    expect(await db.auth.getUser({ email: 'nobody@example.com' })).toBeNull()
    await expect(db.auth.getUser({ email: 'nobody' })).rejects.toMatchObject({
      status: 400,
      message: 'Malformed parameter: ["params" "email"]',
    })
  })

  test('deleteUser takes the tokens along, and resolves to null for nobody', async () => {
    const token = await db.auth.createToken({ email: 'cy@example.com' })
    const deleted = await db.auth.deleteUser({ email: 'cy@example.com' })

    expect(deleted).toMatchObject({ email: 'cy@example.com' })
    expect(await db.auth.deleteUser({ email: 'cy@example.com' })).toBeNull()
    await expect(db.auth.verifyToken(token)).rejects.toMatchObject({
      status: 400,
      body: { type: 'record-not-found', message: 'Record not found: app-user' },
    })
  })

  test('signOut ends one token or all of a user, and knows no stranger by e-mail', async () => {
    const email = 'dee@example.com'
    const [one, two, three] = [
      await db.auth.createToken({ email }),
      await db.auth.createToken({ email }),
      await db.auth.createToken({ email }),
    ]
    const { id } = await db.auth.verifyToken(one)

    await db.auth.signOut({ refresh_token: one })
    await expect(db.auth.verifyToken(one)).rejects.toThrow('Record not found: app-user')
    await db.auth.verifyToken(two)
    await db.auth.signOut(email)
    await expect(db.auth.verifyToken(three)).rejects.toThrow('Record not found: app-user')
    expect(await db.auth.signOut({ id })).toBeUndefined()
    await db.auth.signOut({ refresh_token: one })
    await db.auth.signOut({ id: crypto.randomUUID() })
    await expect(db.auth.signOut({ email: 'nobody@example.com' })).rejects.toMatchObject({
      status: 400,
      message: 'Record not found: app-user',
    })
  })

  test('a magic code is made or sent, and works once', async () => {
    const email = 'eli@example.com'
    const { code } = await db.auth.generateMagicCode(email)
    const sent = (await db.auth.sendMagicCode(email)) as { code: string }
    const first = await db.auth.checkMagicCode(email, code, { extraFields: { nickname: 'El' } })
    const second = await db.auth.verifyMagicCode(email, sent.code)

    expect(code).toMatch(/^\d{6}$/)
    expect(first).toMatchObject({ user: { email, type: 'user', nickname: 'El' }, created: true })
    expect(second).toMatchObject({ id: first.user.id, refresh_token: expect.any(String) })
    await expect(db.auth.verifyMagicCode(email, code)).rejects.toMatchObject({
      body: { type: 'record-not-found', message: 'Record not found: app-user-magic-code' },
    })
    await expect(db.auth.generateMagicCode({ email } as never)).rejects.toMatchObject({
      message: 'Malformed parameter: ["body" "email"]',
    })
  })

  test('extra fields have to be attributes of the app', async () => {
    const email = 'flo@example.com'
    const { code } = await db.auth.generateMagicCode(email)
    const check = (extraFields: object) => db.auth.checkMagicCode(email, code, { extraFields })

    await expect(check({ height: 2 })).rejects.toThrow(
      'Validation failed for extra-fields: Unknown field: height. It must be defined in your $users schema.',
    )
    await expect(check({ type: 'boss' })).rejects.toThrow(
      'Validation failed for extra-fields: Cannot set system field: type',
    )
    expect(await check({ nickname: 'Flo' })).toMatchObject({ created: true })
  })

  test('getUserFromRequest believes the synced cookie only as far as its token', async () => {
    const token = await db.auth.createToken({ email: 'gus@example.com' })
    const user = await db.auth.verifyToken(token)
    const synced = await createInstantRouteHandler({ appId: app.appId }).POST(
      new Request('http://127.0.0.1/api/instant', {
        method: 'POST',
        body: JSON.stringify({ type: 'sync-user', appId: app.appId, user }),
      }),
    )
    const cookie = must(synced.headers.get('set-cookie'), 'a user sets a cookie').split(';')[0]
    const request = (value = '') => new Request('http://127.0.0.1/', { headers: { cookie: value } })

    expect(await db.auth.getUserFromRequest(request(cookie))).toEqual(user)
    expect(await db.auth.getUserFromRequest(request())).toBeNull()
    await db.auth.signOut({ refresh_token: token })
    await expect(db.auth.getUserFromRequest(request(cookie))).rejects.toThrow('Record not found')
    expect(await db.auth.getUserFromRequest(request(cookie), { disableValidation: true })).toEqual(
      user,
    )
  })

  test('a subscription to the users sees them come and go', async () => {
    const seen: number[] = []
    const where = { email: 'hal@example.com' }
    const subscription = db.subscribeQuery({ $users: { $: { where } } }, (payload) => {
      if (payload.type === 'ok') seen.push(payload.data.$users.length)
    })
    await expect.poll(() => seen).toEqual([0])
    await db.auth.createToken(where)
    await expect.poll(() => seen).toEqual([0, 1])
    await db.auth.deleteUser(where)
    await expect.poll(() => seen).toEqual([0, 1, 0])
    subscription.close()
  })
})

describe('@instantdb/core', () => {
  test('signs in with the code that was mailed, then with a token, and out', async () => {
    const core = openCore(await makeApp({ apiURI: backend.apiURI }).then(remember))
    const email = 'ida@example.com'
    await core.auth.sendMagicCode({ email })
    const { user, created } = await core.auth.signInWithMagicCode({
      email,
      code: await mailedCode(email),
    })

    expect(created).toBe(true)
    expect(user).toMatchObject({ email, type: 'user' })
    expect(await core.getAuth()).toMatchObject({ id: user.id, email })

    const token = await init(latest).auth.createToken({ email })
    await core.auth.signInWithToken(token)
    expect(await core.getAuth()).toMatchObject({ id: user.id, refresh_token: token })

    await core.auth.signOut()
    expect(await core.getAuth()).toBeNull()
    const verified = () =>
      init(latest)
        .auth.verifyToken(token)
        .then(String, () => 'revoked')
    await expect.poll(verified).toBe('revoked')
  })

  test('a guest signs up and stays who they were', async () => {
    const core = openCore(await makeApp({ apiURI: backend.apiURI }).then(remember))
    const email = 'joy@example.com'
    const { user: guest } = await core.auth.signInAsGuest()
    await core.auth.sendMagicCode({ email })
    const code = await mailedCode(email)
    const { user, created } = await core.auth.signInWithMagicCode({ email, code })

    expect(guest).toMatchObject({ type: 'guest', isGuest: true })
    expect({ id: user.id, type: user.type, created }).toEqual({
      id: guest.id,
      type: 'user',
      created: true,
    })
  })

  test('a wrong code and a token of nobody are refused in words it can read', async () => {
    const core = openCore(await makeApp({ apiURI: backend.apiURI }).then(remember))

    await expect(
      core.auth.signInWithMagicCode({ email: 'kim@example.com', code: 'nope' }),
    ).rejects.toMatchObject({ body: { message: 'Record not found: app-user-magic-code' } })
    await expect(core.auth.signInWithToken(crypto.randomUUID())).rejects.toMatchObject({
      body: { message: 'Record not found: app-user' },
    })
    expect(await core.getAuth()).toBeNull()
  })
})

let latest: TestApp

function remember(made: TestApp): TestApp {
  latest = made
  return made
}

/** The code in the latest message to an address, read as the admin of the app. */
async function mailedCode(email: string): Promise<string> {
  const answer = await fetch(`${latest.apiURI}/admin/outbox`, {
    headers: { 'app-id': latest.appId, authorization: `Bearer ${latest.adminToken}` },
  })
  const { messages } = (await answer.json()) as { messages: { to: string; subject: string }[] }
  const message = messages.find(({ to }) => to === email)
  return must(message, 'the code was mailed').subject.slice(0, 6)
}
