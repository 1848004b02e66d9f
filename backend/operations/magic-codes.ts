import { codeMail } from '@/backend/auth/code-mail'
import { readCodeSettings, writeCodeLifetime } from '@/backend/auth/code-settings'
import { findStaleCodes } from '@/backend/auth/find-codes'
import { createCode, hashCode } from '@/backend/auth/magic-code'
import type { AppKey } from '@/backend/schema/attr'
import type { Engine } from './engine'
import { limitAttempts } from './limit-attempts'
import { deleteSteps, putStep, writeAsSystem } from './write-as-system'

/**
 * Makes one more code for an e-mail, whether or not a user has it (contract http.md 2.11). The
 * code is told here and never again: only its hash is stored.
 */
export async function generateMagicCode(
  engine: Engine,
  app: AppKey,
  email: string,
): Promise<string> {
  const code = createCode()
  await writeAsSystem(engine, app, async (write) => {
    await write.write([
      ...deleteSteps('$magicCodes', await findStaleCodes(write.tx, write)),
      putStep('$magicCodes', crypto.randomUUID(), { email, codeHash: hashCode(code) }),
    ])
  })
  return code
}

/**
 * Makes a code and mails it. Nobody is looked up, so neither the answer nor the time it takes
 * tells whether a user has the e-mail (contract http.md 2.12).
 */
export async function sendMagicCode(engine: Engine, app: AppKey, email: string): Promise<string> {
  await limitAttempts(engine, { app, action: 'send-magic-code', subject: email })
  const code = await generateMagicCode(engine, app, email)
  const settings = await readCodeSettings(engine.db, app)
  await engine.sendMail(codeMail({ app, to: email, code, ...settings }))
  return code
}

/** Sets how long the codes of an app are valid: 1 to 1,440 minutes (contract http.md 3.5). */
export async function setCodeLifetime(
  { db }: Engine,
  app: AppKey,
  lifetimeMinutes: number,
): Promise<void> {
  await writeCodeLifetime(db, app, lifetimeMinutes)
}
