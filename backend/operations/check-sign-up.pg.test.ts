import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sql, toQuery } from '@/backend/sql/sql'
import type { Queryable } from '@/backend/store/database'
import type { JsonObject } from '@/lib/base/json'
import type { Engine } from './engine'
import { signInGuest } from './guests'
import { generateMagicCode } from './magic-codes'
import { createTestApp, define, openTestEngine, refusal, type TestApp } from './testing'
import { createToken } from './tokens'
import { verifyMagicCode } from './verify-magic-code'

const appId = '8aa64e4c-64f9-472e-8a61-3fa28870e6cb'
const requestOrigin = { ip: '1.2.3.4', origin: null }
const email = 'ada@example.com'
let engine: Engine

beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.db.close())

async function open(rules: JsonObject): Promise<TestApp> {
  const app = await createTestApp(engine)
  await app.push(define({ $users: { nickname: 'string optional' } }))
  await app.rule(rules)
  return app
}
const create = (rule: string | boolean): JsonObject => ({ $users: { allow: { create: rule } } })

async function signUp({ app }: TestApp, extraFields: JsonObject = {}, on = engine) {
  const code = await generateMagicCode(engine, app, email)
  return verifyMagicCode(on, {
    app,
    appId,
    email,
    code,
    extraFields,
    guestToken: null,
    requestOrigin,
  })
}

describe('$users.create decides who may sign up (http.md 3.9)', () => {
  test.each<[rule: string, verdict: 'passes' | 'is denied', rules: JsonObject, fields: JsonObject]>(
    [
      ['without it everybody', 'passes', {}, {}],
      ['but with nothing of their own', 'is denied', {}, { nickname: 'Al' }],
      [
        'a $default is not asked',
        'passes',
        { $default: { allow: { $default: 'false' } }, $users: { allow: { $default: 'false' } } },
        {},
      ],
      [
        'and does not let fields in',
        'is denied',
        { $default: { allow: { $default: 'true' } } },
        { nickname: 'Al' },
      ],
      ['the rule lets fields in', 'passes', create('true'), { nickname: 'Al' }],
      ['or nobody', 'is denied', create('false'), {}],
      ['or nobody, said as a boolean', 'is denied', create(false), {}],
      [
        'data is the new user',
        'passes',
        create(`data.email == '${email}' && data.nickname == 'Al' && data.id != null`),
        { nickname: 'Al' },
      ],
      [
        'who is auth too',
        'passes',
        create('auth.id == data.id && auth.email == newData.email'),
        {},
      ],
      [
        'and is linked to nothing yet',
        'passes',
        create("auth.ref('$user.$userRefreshTokens.id') == []"),
        {},
      ],
      ['the request is known', 'passes', create("request.ip == '1.2.3.4'"), {}],
    ],
  )('%s: %s', async (_rule, verdict, rules, fields) => {
    const app = await open(rules)
    if (verdict === 'passes') {
      expect(await signUp(app, fields)).toMatchObject({ created: true })
      return
    }
    expect(await refusal(signUp(app, fields))).toMatchObject({
      type: 'permission-denied',
      hint: { input: ['$users', 'create'], expected: 'perms-pass?' },
    })
    expect(await app.read({ $users: {} })).toEqual({ $users: [] })
  })

  test('guests are asked about too, and have no e-mail', async () => {
    const app = await open(create('data.email == null && auth.id == data.id'))
    await signInGuest(engine, app.app, { extraFields: { nickname: 'Al' }, requestOrigin })

    expect((await refusal(signUp(app))).type).toBe('permission-denied')
  })

  test('who is a user already is not, and neither is the admin', async () => {
    const app = await open(create('false'))
    await createToken(engine, app.app, { email, id: null, extraFields: {} })
    await signInGuest(engine, app.app, { extraFields: {}, requestOrigin: null })

    expect(await signUp(app)).toMatchObject({ created: false })
  })

  test('a rule that fails is told of, and a denied code can still be used', async () => {
    const app = await open(create('data.nickname > 1'))
    const code = await generateMagicCode(engine, app.app, email)
    const claim = {
      app: app.app,
      appId,
      email,
      code,
      extraFields: {},
      guestToken: null,
      requestOrigin,
    }

    expect((await refusal(verifyMagicCode(engine, claim))).type).toBe(
      'permission-evaluation-failed',
    )
    await app.rule(create('true'))
    expect(await verifyMagicCode(engine, claim)).toMatchObject({ created: true })
  })
})

test('with a rule that follows links, a wrong code costs the same for everybody', async () => {
  const app = await open(create("size(auth.ref('$user.$userRefreshTokens.id')) == 0"))
  await createToken(engine, app.app, { email: 'known@example.com', id: null, extraFields: {} })
  await refusal(guess(app, engine, 'known@example.com'))
  const [known, unknown] = [spyOn(engine), spyOn(engine)]
  await refusal(guess(app, known.engine, 'known@example.com'))
  await refusal(guess(app, unknown.engine, 'unknown@example.com'))

  expect(known.statements.length).toBeGreaterThan(3)
  expect(unknown.statements).toEqual(known.statements)
})

function guess({ app }: TestApp, on: Engine, address: string) {
  const claim = { app, appId, email: address, code: 'nope', extraFields: {}, guestToken: null }
  return verifyMagicCode(on, { ...claim, requestOrigin })
}

/** The engine, and the texts of the statements that it runs in transactions. */
function spyOn(original: Engine) {
  const statements: string[] = []
  const watch = (target: Queryable): Queryable => ({
    query: <Row>(statement: Sql) => {
      statements.push(toQuery(statement).text)
      return target.query<Row>(statement)
    },
  })
  const { db } = original
  const watched: Engine = {
    ...original,
    db: {
      ...db,
      ...watch(db),
      kind: db.kind,
      transaction: (work, mode) => db.transaction((tx) => work(watch(tx)), mode),
    },
  }
  return { engine: watched, statements }
}
