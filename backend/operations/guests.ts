import type { AppKey } from '@/backend/schema/attr'
import type { JsonObject } from '@/lib/base/json'
import { checkSignUp } from './check-sign-up'
import type { Engine } from './engine'
import { checkExtraFields } from './extra-fields'
import { type SignedIn, signIn } from './sign-in'
import { putStep, writeAsSystem } from './write-as-system'

/** A user who gives no e-mail, until they sign up (contract http.md 2.14, 3.7). */
export async function signInGuest(
  engine: Engine,
  app: AppKey,
  { extraFields, asksRules }: { readonly extraFields: JsonObject; readonly asksRules: boolean },
): Promise<SignedIn> {
  return writeAsSystem(engine, app, async (write) => {
    checkExtraFields(write.schema, extraFields)
    const id = crypto.randomUUID()
    if (asksRules) await checkSignUp(write, { id, email: null, extraFields })
    await write.write([putStep('$users', id, { ...extraFields, type: 'guest' })])
    return signIn(write, id, { created: true })
  })
}
