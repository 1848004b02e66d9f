import { findCode } from '@/backend/auth/find-codes'
import { findUser, findUserId } from '@/backend/auth/find-user'
import { EngineError } from '@/backend/engine-error'
import type { AppKey } from '@/backend/schema/attr'
import { isGuest, type User } from '@/backend/schema/user'
import type { JsonObject } from '@/lib/base/json'
import { checkSignUp } from './check-sign-up'
import type { Engine } from './engine'
import { checkExtraFields } from './extra-fields'
import { userNotFound } from './identify'
import type { RequestOrigin } from './judging/judge-context'
import { limitAttempts } from './limit-attempts'
import { type SignedIn, signIn } from './sign-in'
import { deleteSteps, putStep, type SystemWrite, writeAsSystem } from './write-as-system'

/** Who claims to have received a code. */
export interface CodeClaim {
  readonly app: AppKey
  readonly appId: string
  readonly email: string
  readonly code: string
  /** Set on a user that is new; otherwise not even looked at. */
  readonly extraFields: JsonObject
  /** The token of a guest who signs up, or in. */
  readonly guestToken: string | null
  /** What rules may know of the request; null for the admin, of whom none is asked. */
  readonly requestOrigin: RequestOrigin | null
}

/**
 * Signs in whoever has received a code, and makes the user that is not there yet, out of the guest
 * if one asks for it (contract http.md 2.13, 3.5 to 3.7). All of it happens or nothing, so the code
 * is used up only by a sign-in.
 */
export async function verifyMagicCode(engine: Engine, claim: CodeClaim): Promise<SignedIn> {
  const { app, email, extraFields, requestOrigin } = claim
  await limitAttempts(engine, { app, action: 'verify-magic-code', subject: email })
  return writeAsSystem(engine, app, async (write) => {
    // Read for everybody, so that a known e-mail costs what an unknown one does.
    const rules = requestOrigin && (await engine.readRules(write.tx, app))
    const guest = await findGuest(write, claim)
    const knownId = await findUserId(write.tx, write, { kind: 'email', email })
    if (knownId !== null) {
      await consumeCode(write, claim)
      if (guest && guest.id !== knownId) {
        await write.write([putStep('$users', guest.id, { linkedPrimaryUser: knownId })])
      }
      return signIn(write, knownId, { created: false })
    }
    const id = guest?.id ?? crypto.randomUUID()
    checkExtraFields(write.schema, extraFields)
    await consumeCode(write, claim)
    if (rules) {
      await checkSignUp(engine, write, { id, email, extraFields, rules, requestOrigin })
    }
    await write.write([putStep('$users', id, { ...extraFields, email, type: 'user' })])
    return signIn(write, id, { created: true })
  })
}

/** Null also for the token of somebody who is no guest: it is ignored. */
async function findGuest(
  write: SystemWrite,
  { appId, guestToken }: CodeClaim,
): Promise<User | null> {
  if (guestToken === null) return null
  const user = await findUser(write.tx, write, { kind: 'token', token: guestToken })
  if (!user) throw userNotFound({ 'app-id': appId, 'refresh-token': guestToken })
  return isGuest(user) ? user : null
}

async function consumeCode(write: SystemWrite, claim: CodeClaim): Promise<void> {
  const found = await findCode(write.tx, write, claim)
  if (!found) throw codeNotFound(claim)
  if (found.isExpired) throw codeExpired(claim)
  await write.write(deleteSteps('$magicCodes', [found.id]))
}

type GivenCode = Pick<CodeClaim, 'appId' | 'code' | 'email'>

/** The refusal of a code that nobody was sent, or that has been used (contract http.md 2.13). */
export function codeNotFound(given: GivenCode): EngineError {
  const message = 'Record not found: app-user-magic-code'
  return new EngineError('record-not-found', message, codeHint(given))
}

function codeExpired(given: GivenCode): EngineError {
  const message = 'Record expired: app-user-magic-code'
  return new EngineError('record-expired', message, codeHint(given))
}

function codeHint({ appId, code, email }: GivenCode) {
  return { args: [{ 'app-id': appId, code, email }], 'record-type': 'app-user-magic-code' }
}
