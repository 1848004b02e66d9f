import { randomUUID } from 'node:crypto'
import { init } from '@instantdb/admin'
import { must } from '@/lib/base/must'
import { makeApp, type TestApp } from './make-app'
import { transact } from './transact'

/**
 * An app of letters, each seen by whom it belongs to and by nobody else, pinned notes for all,
 * riddles with a rule that not every one of them can be judged by, and stamps, of which some are seen
 * by nobody.
 */
export async function makePeopleApp(apiURI: string): Promise<TestApp> {
  const text = {
    valueType: 'string',
    required: false,
    isIndexed: true,
    config: { indexed: true, unique: false },
    metadata: {},
  }
  const plain = { ...text, isIndexed: false, config: { indexed: false, unique: false } }
  const app = await makeApp({
    apiURI,
    schema: {
      entities: {
        letters: { attrs: { title: text }, links: {} },
        pins: { attrs: { title: text }, links: {} },
        riddles: { attrs: { title: text, hint: plain }, links: {} },
        stamps: { attrs: { title: text }, links: {} },
        blanks: { attrs: { title: text }, links: {} },
      },
      links: {
        letterOwner: {
          forward: { on: 'letters', has: 'one', label: 'owner', onDelete: 'cascade' },
          reverse: { on: '$users', has: 'many', label: 'letters' },
        },
      },
      rooms: {},
    },
    rules: {
      letters: {
        allow: {
          view: "auth.id in data.ref('owner.id')",
          update: "auth.id in data.ref('owner.id')",
        },
      },
      // Fails for a riddle without a hint.
      riddles: { allow: { view: 'data.hint.size() > 0' } },
      stamps: { allow: { view: "!data.title.endsWith('hidden')" } },
      pins: { allow: { view: 'true', update: 'false' } },
    },
  })
  await transact(app, [['create', 'pins', randomUUID(), { title: 'Pinned for all' }]])
  return app
}

/** The official SDK as an app's admin. */
export function sdkOf({ apiURI, appId, adminToken }: TestApp) {
  return init({ apiURI, appId, adminToken, verbose: false })
}

/** A user of a test's own, with one session. */
export interface TestUser {
  readonly id: string
  readonly email: string | null
  readonly token: string
}

export async function makeUser(app: TestApp): Promise<TestUser & { readonly email: string }> {
  const { auth } = sdkOf(app)
  const email = `ada-${randomUUID().slice(0, 13)}@people.example`
  const token = await auth.createToken({ email })
  const user = must(await auth.getUser({ email }), 'createToken has made the user')
  return { id: user.id, email, token }
}

/** A user without an e-mail, who can be acted as only by a token. */
export async function makeNameless(app: TestApp): Promise<TestUser> {
  const id = randomUUID()
  return { id, email: null, token: await sdkOf(app).auth.createToken({ id }) }
}

/** Gives a user a letter and answers its id. */
export async function writeLetter(app: TestApp, owner: TestUser, title: string): Promise<string> {
  const id = randomUUID()
  await transact(app, [
    ['create', 'letters', id, { title }],
    ['link', 'letters', id, { owner: owner.id }],
  ])
  return id
}
