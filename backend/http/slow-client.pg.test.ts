import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Engine } from '@/backend/operations/engine'
import { createTestApp, openTestEngine, type TestApp, uuid } from '@/backend/operations/testing'
import { readApp } from '@/backend/store/read-app'
import { type Listening, listen } from '../serve'
import { createHttpApp } from './http-app'

const sizeBytes = 500_000
const changes = 120

let engine: Engine
let app: TestApp
let listening: Listening
beforeAll(async () => {
  engine = await openTestEngine()
  app = await createTestApp(engine)
  listening = await listen(createHttpApp(engine), { host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await listening.close()
  await engine.db.close()
})

test('a client that does not read is kept nothing for but the latest answer', async () => {
  await write(0)
  const client = await subscribe()
  const first = await readUntil(client, (text) => text.includes('"add-query-ok"'))
  expect(first).toContain('"n":0')
  client.pause()
  for (let n = 1; n <= changes; n++) await write(n)
  const rest = await readUntil(client, (text) => text.includes(`"n":${changes}`))
  client.destroy()

  // The sockets of the system hold a few megabytes; all answers would be sixty.
  expect(rest.length).toBeLessThan((sizeBytes * changes) / 3)
})

function write(n: number): Promise<number> {
  const filler = String.fromCharCode(97 + (n % 26)).repeat(sizeBytes)
  return app.write(['update', 'notes', uuid(1), { n, filler }])
}

async function subscribe(): Promise<Socket> {
  const { id } = await readApp(engine.db, app.app)
  const body = JSON.stringify({ query: { notes: {} } })
  const { hostname, port, host } = new URL(listening.url)
  const client = connect({ host: hostname, port: Number(port) })
  client.write(
    [
      'POST /admin/subscribe-query HTTP/1.1',
      `host: ${host}`,
      'content-type: application/json',
      `app-id: ${id}`,
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
