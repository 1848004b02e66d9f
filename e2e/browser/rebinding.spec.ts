import { request } from 'node:http'
import { expect, test } from '@playwright/test'
import { connectionOf } from '@/e2e/support/connections'

/**
 * A page of another site can make a browser send requests to this machine: under a name of its own
 * that it has rebound to 127.0.0.1, or across origins. Both programs refuse both.
 */
const dashboard = new URL(process.env.E2E_DASHBOARD_URL ?? '')
const backend = new URL(process.env.E2E_BACKEND_URL ?? '')

const foreignHosts = [
  'evil.example',
  'evil.example:3900',
  '127.0.0.1.evil.example',
  'localhost.evil.example:80',
  'evil.example#127.0.0.1',
  '169.254.169.254',
  '0.0.0.0:3900',
]
const foreignOrigins = [
  'http://evil.example',
  'https://127.0.0.1.evil.example',
  'null',
  'http://localhost.evil.example',
  'file://',
]

for (const [name, url] of [
  ['dashboard', dashboard],
  ['backend', backend],
] as const) {
  for (const host of foreignHosts) {
    test(`the ${name} does not answer to the name ${host}`, async () => {
      const { status, body } = await send(url, { headers: { host } })

      expect([400, 403, 421]).toContain(status)
      expect(body).not.toContain('Helpdesk')
    })
  }

  for (const origin of foreignOrigins) {
    test(`the ${name} refuses a request from ${origin}`, async () => {
      const headers = { origin, 'content-type': 'text/plain' }
      const { status } = await send(url, { method: 'POST', headers, body: '{}' })

      expect([400, 403]).toContain(status)
    })
  }

  test(`the ${name} answers under each of its own names`, async () => {
    for (const host of [`127.0.0.1:${url.port}`, `localhost:${url.port}`]) {
      expect((await send(url, { headers: { host } })).status).toBeLessThan(400)
    }
  })
}

test('every kind of answer of the dashboard is guarded', async () => {
  const { appId } = await connectionOf('demo')
  for (const path of ['/', `/apps/${appId}/data`, `/api/apps/${appId}/schema`, '/no-such-page']) {
    const foreign = new URL(path, dashboard)
    expect((await send(foreign, { headers: { host: 'evil.example' } })).status, path).toBe(421)
  }
})

test('a page of another port of this machine cannot write through the dashboard', async () => {
  const { appId } = await connectionOf('demo')
  const { status } = await send(new URL(`/apps/${appId}/data`, dashboard), {
    method: 'POST',
    headers: { origin: 'http://127.0.0.1:1', 'next-action': '0'.repeat(42) },
    body: '[]',
  })

  expect(status).toBe(403)
})

test('the backend refuses a rebound name even with the right token', async () => {
  const { appId, adminToken } = await connectionOf('demo')
  const { status, body } = await send(new URL(`/admin/query?app_id=${appId}`, backend), {
    method: 'POST',
    headers: {
      host: 'evil.example',
      authorization: `Bearer ${adminToken}`,
      'content-type': 'application/json',
    },
    body: '{"query": {"labels": {}}}',
  })

  expect([400, 403, 421]).toContain(status)
  expect(body).not.toContain('feature request')
})

interface Sent {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Straight to the loopback address, whatever name the request claims to be for. */
function send(url: URL, { method = 'GET', headers = {}, body = '' }: Sent) {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port: url.port, path: `${url.pathname}${url.search}`, method, headers },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
        )
      },
    )
    sent.once('error', reject)
    sent.end(body)
  })
}
