import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Sql, sql, toQuery } from '@/backend/sql/sql'
import type { Queryable } from '@/backend/store/database'
import type { Engine } from './engine'
import { signInGuest } from './guests'
import { generateMagicCode, sendMagicCode } from './magic-codes'
import { createTestApp, openTestEngine } from './testing'
import { createToken, signOut } from './tokens'
import { deleteUser, findUserByToken, getUser } from './users'
import { verifyMagicCode } from './verify-magic-code'

const appId = '8aa64e4c-64f9-472e-8a61-3fa28870e6cb'
const noFields = { extraFields: {} }
let engine: Engine

beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.db.close())

test('a token is stored as an ordinary entity, linked to its user', async () => {
  const { app, read } = await createTestApp(engine)
  const { user } = await createToken(engine, app, {
    email: 'ada@example.com',
    id: null,
    ...noFields,
  })

  expect(await read({ $users: { $userRefreshTokens: {} } })).toEqual({
    $users: [
      {
        id: user.id,
        email: 'ada@example.com',
        $userRefreshTokens: [
          {
            id: expect.any(String),
            $user: user.id,
            hashedToken: expect.stringMatching(/^[0-9a-f]{64}$/),
          },
        ],
      },
    ],
  })
})

test('an e-mail has one user, however many ask for a token at once', async () => {
  const { app, read } = await createTestApp(engine)
  const owner = { email: 'ada@example.com', id: null, ...noFields }
  const made = await Promise.all(Array.from({ length: 8 }, () => createToken(engine, app, owner)))

  expect(made.filter(({ created }) => created)).toHaveLength(1)
  expect(new Set(made.map(({ token }) => token)).size).toBe(8)
  expect((await read({ $users: {} })).$users).toHaveLength(1)
})

test('a code signs in once, however many bring it at once', async () => {
  const { app } = await createTestApp(engine)
  const code = await generateMagicCode(engine, app, 'ada@example.com')
  const tries = await Promise.allSettled(Array.from({ length: 8 }, () => claim(app, { code })))

  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('whoever follows the users learns of every sign-in, and of no failed one', async () => {
  const { app } = await createTestApp(engine)
  let changes = 0
  const stop = await engine.changes.subscribe(app, () => {
    changes += 1
  })
  await createToken(engine, app, { email: 'ada@example.com', id: null, ...noFields })
  await claim(app, { code: 'nope' }).catch(() => null)
  await signOut(engine, { app, appId }, { kind: 'id', id: appId })
  await deleteUser(engine, app, { kind: 'email', email: 'ada@example.com' })
  stop()

  expect(changes).toBe(2)
})

test('deleting a user takes its tokens and guests, and what the app itself makes cascade', async () => {
  const { app, write, read } = await createTestApp(engine)
  const { user } = await createToken(engine, app, {
    email: 'ada@example.com',
    id: null,
    ...noFields,
  })
  const guest = await signInGuest(engine, app, { ...noFields, requestOrigin: null })
  const [note, label] = [crypto.randomUUID(), crypto.randomUUID()]
  await write(
    ['add-attr', ownerLink('notes', 'owner', 'cascade')],
    ['add-attr', ownerLink('labels', 'author')],
  )
  await write(
    ['update', '$users', guest.user.id, { linkedPrimaryUser: user.id }],
    ['update', 'notes', note, { text: 'goes' }],
    ['link', 'notes', note, { owner: user.id }],
    ['update', 'labels', label, { text: 'stays' }],
    ['link', 'labels', label, { author: user.id }],
  )
  const deleted = await deleteUser(engine, app, { kind: 'id', id: user.id })

  expect(deleted).toEqual(user)
  expect(await read({ $users: {}, $userRefreshTokens: {}, notes: {}, labels: {} })).toEqual({
    $users: [],
    $userRefreshTokens: [],
    notes: [],
    labels: [{ id: label, text: 'stays' }],
  })
})

test('deleting a guest leaves the user it is linked to', async () => {
  const { app, write } = await createTestApp(engine)
  const { user } = await createToken(engine, app, {
    email: 'ada@example.com',
    id: null,
    ...noFields,
  })
  const guest = await signInGuest(engine, app, { ...noFields, requestOrigin: null })
  await write(['update', '$users', guest.user.id, { linkedPrimaryUser: user.id }])
  await deleteUser(engine, app, { kind: 'token', token: guest.token })

  expect(await getUser(engine, app, { kind: 'id', id: user.id })).toEqual(user)
})

test('a user made by a transaction signs in like any other', async () => {
  const { app, write } = await createTestApp(engine)
  const id = crypto.randomUUID()
  await write(['create', '$users', id, { email: 'ada@example.com' }])
  const { user, created } = await createToken(engine, app, {
    email: 'ada@example.com',
    id: null,
    ...noFields,
  })

  expect({ id: user.id, created }).toEqual({ id, created: false })
})

test('a token opens its own app only', async () => {
  const { app } = await createTestApp(engine)
  const { app: other } = await createTestApp(engine)
  const { token, user } = await createToken(engine, app, {
    email: 'ada@example.com',
    id: null,
    ...noFields,
  })
  const idOf = async (key: number) => {
    const rows = await engine.db.query<{ id: string }>(sql`select id from apps where key = ${key}`)
    return rows[0]?.id ?? ''
  }

  expect(await findUserByToken(engine, { appId: await idOf(app), token })).toEqual({ app, user })
  expect(await findUserByToken(engine, { appId: await idOf(other), token })).toBeNull()
  expect(await findUserByToken(engine, { appId, token })).toBeNull()
})

test('a known e-mail costs the same statements as an unknown one, until a code is right', async () => {
  const { app } = await createTestApp(engine)
  await createToken(engine, app, { email: 'known@example.com', id: null, ...noFields })
  const work = async (email: string) => {
    const { recorded, statements } = record(engine)
    await sendMagicCode(recorded, app, email)
    await verifyMagicCode(recorded, { ...claimOf(app), email, code: 'nope' }).catch(() => null)
    return statements
  }
  const known = await work('known@example.com')

  expect(known.length).toBeGreaterThan(5)
  expect(await work('unknown@example.com')).toEqual(known)
})

type App = Awaited<ReturnType<typeof createTestApp>>['app']

function claimOf(app: App) {
  return {
    app,
    appId,
    email: 'ada@example.com',
    guestToken: null,
    requestOrigin: { ip: null, origin: null },
    ...noFields,
  }
}

function claim(app: App, { code }: { code: string }) {
  return verifyMagicCode(engine, { ...claimOf(app), code })
}

function ownerLink(namespace: string, label: string, onDelete: 'cascade' | null = null) {
  return {
    id: crypto.randomUUID(),
    'forward-identity': [crypto.randomUUID(), namespace, label],
    'reverse-identity': [crypto.randomUUID(), '$users', `${namespace}By${label}`],
    'value-type': 'ref',
    cardinality: 'one',
    'unique?': false,
    'index?': false,
    ...(onDelete && { 'on-delete': onDelete }),
  }
}

/** The engine, and the texts of the statements that it has run. */
function record(original: Engine): { recorded: Engine; statements: readonly string[] } {
  const statements: string[] = []
  const spy = (target: Queryable): Queryable => ({
    query: <Row>(statement: Sql) => {
      statements.push(toQuery(statement).text)
      return target.query<Row>(statement)
    },
  })
  const { db } = original
  const recorded: Engine = {
    ...original,
    db: {
      ...db,
      ...spy(db),
      kind: db.kind,
      transaction: (work, mode) => db.transaction((tx) => work(spy(tx)), mode),
    },
  }
  return { recorded, statements }
}
