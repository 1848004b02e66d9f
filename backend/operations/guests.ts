import type { AppKey } from '@/backend/schema/attr'
import type { JsonObject } from '@/lib/base/json'
import { checkSignUp } from './check-sign-up'
import type { Engine } from './engine'
import { checkExtraFields } from './extra-fields'
import type { RequestOrigin } from './judging/judge-context'
import { type SignedIn, signIn } from './sign-in'
import { putStep, writeAsSystem } from './write-as-system'

interface GuestSignUp {
  readonly extraFields: JsonObject
  /** What rules may know of the request; null for the admin, of whom none is asked. */
  readonly requestOrigin: RequestOrigin | null
}

/** A user who gives no e-mail, until they sign up (contract http.md 2.14, 3.7). */
export async function signInGuest(
  engine: Engine,
  app: AppKey,
  { extraFields, requestOrigin }: GuestSignUp,
): Promise<SignedIn> {
  return writeAsSystem(engine, app, async (write) => {
    checkExtraFields(write.schema, extraFields)
    const id = crypto.randomUUID()
    if (requestOrigin) {
      const rules = await engine.readRules(write.tx, app)
      await checkSignUp(engine, write, { id, email: null, extraFields, rules, requestOrigin })
    }
    await write.write([putStep('$users', id, { ...extraFields, type: 'guest' })])
    return signIn(write, id, { created: true })
  })
}
