import { connect, type Socket } from 'node:net'
import { id, init, tx } from '@instantdb/admin'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeApp, type TestApp } from '@/e2e/support/make-app'
import { type RunningBackend, startBackend } from '@/e2e/support/start-backend'
import { must } from '@/lib/base/must'

const sizeBytes = 500_000
const changes = 120
const noteId = id()

let backend: RunningBackend
let app: TestApp
beforeAll(async () => {
  backend = await startBackend()
  app = await makeApp(backend)
}, 120_000)
afterAll(() => backend.stop())

test('a client that does not read is kept nothing for but the latest answer', async () => {
  await write(0)
  const client = subscribe()
  const first = await readUntil(client, (text) => text.includes('"add-query-ok"'))
  expect(first).toContain('"n":0')
  client.pause()
  for (let n = 1; n <= changes; n++) await write(n)
  const rest = await readUntil(client, (text) => text.includes(`"n":${changes}`))
  client.destroy()

  // The sockets of the system hold a few megabytes; all answers would be sixty.
  expect(rest.length).toBeLessThan((sizeBytes * changes) / 3)
})

async function write(n: number): Promise<void> {
  const filler = String.fromCharCode(97 + (n % 26)).repeat(sizeBytes)
  const note = must(tx.notes?.[noteId], 'the SDK answers every name')
  await init({ ...app, disableValidation: true }).transact([note.update({ n, filler })])
}

/** A subscription over a plain socket, which can be left unread. */
function subscribe(): Socket {
  const body = JSON.stringify({ query: { notes: {} } })
  const { hostname, port, host } = new URL(backend.apiURI)
  const client = connect({ host: hostname, port: Number(port) })
  client.write(
    [
      'POST /admin/subscribe-query HTTP/1.1',
      `host: ${host}`,
      'content-type: application/json',
      `app-id: ${app.appId}`,
      'as-guest: true',
      `content-length: ${body.length}`,
      '',
      body,
    ].join('\r\n'),
  )
  return client
}

function readUntil(client: Socket, isEnough: (text: string) => boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const take = (chunk: Buffer) => {
      text += chunk.toString('latin1')
      if (!isEnough(text)) return
      client.off('data', take)
      resolve(text)
    }
    client.on('data', take)
    client.once('error', reject)
    client.resume()
  })
}
