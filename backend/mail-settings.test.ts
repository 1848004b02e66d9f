import { expect, test } from 'vitest'
import { readMailSettings } from './mail-settings'
import { SettingsError } from './settings'

test('without a server mail stays in the outbox', () => {
  expect(readMailSettings({})).toBeNull()
  expect(readMailSettings({ SMTP_URL: '', EMAIL_FROM: 'login@example.com' })).toBeNull()
})

test('a server and a sender are enough', () => {
  const env = { SMTP_URL: 'smtps://user:secret@mail.example.com', EMAIL_FROM: 'Login@Example.com' }

  expect(readMailSettings(env)).toEqual({ url: env.SMTP_URL, from: 'login@example.com' })
})

test.each([
  { SMTP_URL: 'secret', EMAIL_FROM: 'login@example.com' },
  { SMTP_URL: 'https://secret.example.com', EMAIL_FROM: 'login@example.com' },
  { SMTP_URL: 'smtp://secret@mail.example.com' },
  { SMTP_URL: 'smtp://secret@mail.example.com', EMAIL_FROM: 'nobody' },
])('%j is refused without being repeated', (env) => {
  expect(() => readMailSettings(env)).toThrow(SettingsError)
  expect(() => readMailSettings(env)).not.toThrow(/secret/)
})
