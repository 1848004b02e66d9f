import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { AppKey } from '@/backend/schema/attr'
import { toSmtp } from './smtp'

const received: { from: string; to: string[]; text: string }[] = []
const server = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  onRcptTo: ({ address }, _session, done) =>
    done(address.startsWith('nobody') ? new Error('550 No such user') : null),
  onData: async (stream, session, done) => {
    const chunks: Buffer[] = []
    for await (const chunk of stream) chunks.push(chunk as Buffer)
    const { mailFrom, rcptTo } = session.envelope
    received.push({
      from: mailFrom ? mailFrom.address : '',
      to: rcptTo.map(({ address }) => address),
      text: Buffer.concat(chunks).toString(),
    })
    done()
  },
})
const mail = {
  app: 1 as AppKey,
  senderName: 'Help"desk"\r\nBcc: eve@example.com',
  to: 'ada@example.com',
  subject: '048312 is your code\r\nBcc: eve@example.com',
  text: 'Your code: 048312',
}

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => new Promise<void>((resolve) => server.close(resolve)))

test('a message arrives, and nothing in it becomes a header', async () => {
  await sender()(mail)
  const [message] = received

  expect(message?.from).toBe('login@example.com')
  expect(message?.to).toEqual(['ada@example.com'])
  expect(message?.text).toMatch(/^Subject: 048312 is your code/m)
  expect(message?.text).toContain('Your code: 048312')
  expect(message?.text).not.toMatch(/^Bcc:/im)
})

test('what the mail server says stays in the log', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {})
  const refused = sender()({ ...mail, to: 'nobody@example.com' })

  await expect(refused).rejects.toMatchObject({
    type: 'email-send-failed',
    message: 'The e-mail could not be sent.',
    hint: {},
  })
  expect(log).toHaveBeenCalledOnce()
  log.mockRestore()
})

function sender() {
  const { port } = server.server.address() as AddressInfo
  return toSmtp({ url: `smtp://127.0.0.1:${port}`, from: 'login@example.com' })
}
