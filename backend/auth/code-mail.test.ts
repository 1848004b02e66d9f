import { expect, test } from 'vitest'
import type { AppKey } from '@/backend/schema/attr'
import { codeMail } from './code-mail'

const mail = { app: 1 as AppKey, title: 'Helpdesk', to: 'ada@example.com', code: '048312' }

test('the subject says the code and what it is for', () => {
  const { senderName, to, subject, text } = codeMail({ ...mail, lifetimeMinutes: 1_440 })

  expect({ senderName, to }).toEqual({ senderName: 'Helpdesk', to: 'ada@example.com' })
  expect(subject).toBe('048312 is your verification code for Helpdesk')
  expect(text).toContain('048312')
})

test.each([
  [1, 'within 1 minute.'],
  [10, 'within 10 minutes.'],
  [60, 'within 1 hour.'],
  [1_440, 'within 24 hours.'],
])('a code that lives %i minutes says %j', (lifetimeMinutes, expected) => {
  expect(codeMail({ ...mail, lifetimeMinutes }).text).toContain(expected)
})
