import type { AppKey } from '@/backend/schema/attr'

/** A message of an app to one person, in plain text. */
export interface Mail {
  readonly app: AppKey
  /** What it is from, as the recipient reads it. */
  readonly senderName: string
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** Hands a message over for delivery, or throws an EngineError `email-send-failed`. */
export type SendMail = (mail: Mail) => Promise<void>
