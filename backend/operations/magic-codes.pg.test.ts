import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { EngineError } from '@/backend/engine-error'
import { sql } from '@/backend/sql/sql'
import type { Engine } from './engine'
import { generateMagicCode, sendMagicCode, setCodeLifetime } from './magic-codes'
import { readOutbox } from './outbox'
import { createTestApp, openTestEngine, type TestApp } from './testing'
import { verifyMagicCode } from './verify-magic-code'

const appId = '8aa64e4c-64f9-472e-8a61-3fa28870e6cb'
const email = 'ada@example.com'
let engine: Engine
let app: TestApp

beforeAll(async () => {
  engine = await openTestEngine()
})
beforeEach(async () => {
  app = await createTestApp(engine)
})
afterAll(() => engine.db.close())

test('a code makes the user, once', async () => {
  const code = await generateMagicCode(engine, app.app, email)
  const { user, created, token } = await verify(code)

  expect(created).toBe(true)
  expect(user.values).toEqual({ email, type: 'user' })
  expect(token).toMatch(/^[0-9a-f-]{36}$/)
  expect(await failure(verify(code))).toEqual({
    type: 'record-not-found',
    message: 'Record not found: app-user-magic-code',
    hint: { args: [{ 'app-id': appId, code, email }], 'record-type': 'app-user-magic-code' },
  })
})

test('a user who is there signs in, and values for a new user are not even looked at', async () => {
  const [first, second] = [await generate(), await generate()]
  const { user } = await verify(first)
  const again = await verify(second, { extraFields: { nonsense: 1 } })

  expect(again).toMatchObject({ created: false, user: { id: user.id } })
})

test('several codes of one e-mail are valid at once, and only for that e-mail', async () => {
  const [first, second] = [await generate(), await generate()]

  expect(await failure(verify(first, { email: 'bob@example.com' }))).toMatchObject({
    type: 'record-not-found',
  })
  await verify(second)
  await verify(first)
})

test('neither codes nor tokens are stored as they are', async () => {
  const code = await generate()
  const { token } = await verify(await generate())
  const rows = await engine.db.query<{ text: string }>(
    sql`select e.data::text as text from entities e where e.app = ${app.app}`,
  )

  const stored = rows.map(({ text }) => text).join('\n')
  expect(stored).not.toContain(`"${code}"`)
  expect(stored).not.toContain(token)
})

test('a code expires, and says so', async () => {
  const code = await generate()
  await setCodeLifetime(engine, app.app, 1)
  await age(2)

  expect(await failure(verify(code))).toMatchObject({
    type: 'record-expired',
    message: 'Record expired: app-user-magic-code',
  })
})

test('a lifetime of less than a minute or more than a day cannot be set', async () => {
  await expect(setCodeLifetime(engine, app.app, 0)).rejects.toThrow()
  await expect(setCodeLifetime(engine, app.app, 1_441)).rejects.toThrow()
})

test('codes that expired long ago go when new ones are made', async () => {
  await generate()
  await age(3 * 1_440)
  await generate()

  const { $magicCodes } = await app.read({ $magicCodes: {} })
  expect($magicCodes).toHaveLength(1)
})

test('what has been sent stands in the outbox', async () => {
  const code = await sendMagicCode(engine, app.app, email)
  const [message] = await readOutbox(engine, app.app)

  expect(message).toMatchObject({
    to: email,
    subject: `${code} is your verification code for test`,
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
  })
  expect(await readOutbox(engine, (await createTestApp(engine)).app)).toEqual([])
})

test('twenty codes an hour are sent to an e-mail, and other e-mails get theirs', async () => {
  for (let n = 0; n < 20; n++) await sendMagicCode(engine, app.app, email)

  expect(await failure(sendMagicCode(engine, app.app, email))).toEqual(rateLimited)
  await sendMagicCode(engine, app.app, 'bob@example.com')
  await sendMagicCode(engine, (await createTestApp(engine)).app, email)
  // Making a code without sending it has no limit.
  await generate()
})

test('twenty guesses an hour, and then not even the right code will do', async () => {
  const code = await generate()
  const wrong = code === '000000' ? '000001' : '000000'
  for (let n = 0; n < 20; n++) await failure(verify(wrong))

  expect(await failure(verify(code))).toEqual(rateLimited)
  await engine.db.query(sql`
    update attempts set times = array(select t - interval '61 minutes' from unnest(times) t)
    where app = ${app.app}`)
  expect(await verify(code)).toMatchObject({ created: true })
})

test('attempts at the same time are all counted', async () => {
  const tries = await Promise.all(Array.from({ length: 30 }, () => failure(verify('none'))))

  expect(tries.filter((error) => error?.type === 'rate-limited')).toHaveLength(10)
})

const rateLimited = {
  type: 'rate-limited',
  message: 'Too many verification codes requested for this email. Please try again later.',
  hint: null,
}

function generate(): Promise<string> {
  return generateMagicCode(engine, app.app, email)
}

function verify(code: string, rest: { email?: string; extraFields?: { nonsense: number } } = {}) {
  return verifyMagicCode(engine, {
    app: app.app,
    appId,
    email,
    code,
    extraFields: {},
    guestToken: null,
    requestOrigin: null,
    ...rest,
  })
}

/** Makes everything that is stored older. */
async function age(minutes: number): Promise<void> {
  await engine.db.query(sql`
    update entities set created_at = created_at - ${minutes}::int * 60000 where app = ${app.app}`)
}

async function failure(attempt: Promise<unknown>) {
  const error = await attempt.then(
    () => null,
    (cause: unknown) => cause,
  )
  if (!(error instanceof EngineError)) return null
  return { type: error.type, message: error.message, hint: error.hint }
}
