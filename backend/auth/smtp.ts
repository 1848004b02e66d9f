import { createTransport } from 'nodemailer'
import { EngineError } from '@/backend/engine-error'
import type { SendMail } from './mail'

/** How mail leaves the house. */
export interface SmtpSettings {
  /** `smtp://` or `smtps://`, with the user name and password if the server wants them. */
  readonly url: string
  /** The address that messages are from. Their sender's name is the title of the app. */
  readonly from: string
}

const timeoutMs = 10_000

/**
 * Sends messages through an SMTP server. What goes wrong is logged, and the caller learns no more
 * than that the message was not sent: the server's words may name it and its users.
 */
export function toSmtp({ url, from }: SmtpSettings): SendMail {
  const transport = createTransport({
    url,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    // Text is text: nothing in a message is read from a file or fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return async ({ senderName, to, subject, text }) => {
    try {
      await transport.sendMail({ from: { name: senderName, address: from }, to, subject, text })
    } catch (error) {
      console.error('A message could not be sent:', error)
      throw new EngineError('email-send-failed', 'The e-mail could not be sent.', {})
    }
  }
}
