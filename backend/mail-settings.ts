import { normalizeEmail } from '@/lib/base/email'
import type { SmtpSettings } from './auth/smtp'
import { SettingsError } from './settings'

/** How mail is sent; null to keep it in the outbox. Throws a SettingsError for what cannot work. */
export function readMailSettings(
  env: Readonly<Record<string, string | undefined>>,
): SmtpSettings | null {
  const { SMTP_URL: url, EMAIL_FROM: address } = env
  if (!url) return null
  // The URL is not repeated: a password may stand in it.
  if (!URL.canParse(url) || !/^smtps?:$/.test(new URL(url).protocol)) {
    throw new SettingsError(
      'SMTP_URL is not the address of a mail server. Write it as smtp://user:password@host:587 or smtps://….',
    )
  }
  const from = normalizeEmail(address)
  if (from === null) {
    throw new SettingsError(
      'SMTP_URL is set, so EMAIL_FROM has to be the e-mail address that messages are from, such as login@example.com.',
    )
  }
  return { url, from }
}
