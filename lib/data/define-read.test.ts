import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { InstantError } from '@/lib/model/instant-error'
import { unknownRequest } from '@/lib/model/requests/app'
import { definePicture, defineRead } from './define-read'
import { readNothing } from './unknown-route'

const input = z.object({ appId: z.uuid(), page: z.coerce.number().int().default(1) })
const appId = '0b2f8a3e-6f0d-4c55-9d1e-0a8a4a5f0001'

test('the input is the search and, over it, the path', async () => {
  const GET = defineRead(input, async (_viewer, given) => given)
  const response = await ask(GET, { search: `?page=3&appId=elsewhere` })

  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(await response.json()).toEqual({ data: { appId, page: 3 } })
})

test('whatever is answered has a policy under which it runs nothing', async () => {
  const read = defineRead(input, async () => null)
  const picture = definePicture(input, async () => ({
    contentType: 'text/html',
    bytes: new Uint8Array(),
  }))
  for (const response of [
    await ask(read, {}),
    await ask(read, { search: '?page=two' }),
    await ask(read, { headers: { host: 'evil.example' } }),
    await ask(picture, {}),
  ]) {
    expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  }
})

test('an address of no data is answered as one', async () => {
  const GET = defineRead(unknownRequest, readNothing)
  const request = new Request('http://localhost:3000/api/apps/x', {
    headers: { host: 'localhost' },
  })
  const response = await GET(request, { params: Promise.resolve({ rest: ['x'] }) })
  expect(response.status).toBe(404)
  expect(await response.json()).toMatchObject({
    error: { code: 'unknown-route', message: 'There is no data at /api/apps/x.' },
  })
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
})

test('a wrong input is named, and nothing runs', async () => {
  const run = vi.fn()
  const response = await ask(defineRead(input, run), { search: '?page=two' })

  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ error: { code: 'invalid-input' } })
  expect(run).not.toHaveBeenCalled()
})

test.each([
  [{ host: 'evil.example' }],
  [{ host: 'localhost:3000', origin: 'https://evil.example' }],
])('a foreign request is refused before anything runs: %j', async (headers) => {
  const run = vi.fn()
  const response = await ask(defineRead(input, run), { headers })

  expect(response.status).toBe(403)
  expect(run).not.toHaveBeenCalled()
})

test('a picture is its bytes, and is kept nowhere', async () => {
  const bytes = new Uint8Array([1, 2, 3])
  const GET = definePicture(input, async () => ({ contentType: 'image/svg+xml', bytes }))
  const response = await ask(GET, {})

  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('image/svg+xml')
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes)
})

test('a picture that cannot be read is a failure like any other', async () => {
  const refuse = async () => {
    throw new InstantError({ code: 'no-picture', message: 'It is no picture.' })
  }
  const response = await ask(definePicture(input, refuse), {})

  expect(response.status).toBe(404)
  expect(await response.json()).toMatchObject({ error: { code: 'no-picture' } })
})

test.each([
  ['unknown-namespace', undefined, 404],
  ['unreachable', undefined, 502],
  ['timed-out', undefined, 504],
  ['validation-failed', 400, 400],
  ['rate-limited', 429, 429],
  ['something-new', undefined, 400],
])('the failure %s with status %s is told with status %i', async (code, status, expected) => {
  const failure = { code, message: 'why', ...(status === undefined ? {} : { status }) }
  const GET = defineRead(input, async () => {
    throw new InstantError(failure)
  })
  const response = await ask(GET, {})

  expect(response.status).toBe(expected)
  expect(await response.json()).toEqual({ error: failure })
})

test('a bug is logged, not told', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const GET = defineRead(input, async () => {
    throw new Error('a secret')
  })
  const response = await ask(GET, {})

  expect(response.status).toBe(500)
  expect(await response.text()).not.toContain('a secret')
  expect(log).toHaveBeenCalledOnce()
  log.mockRestore()
})

interface Asked {
  readonly search?: string
  readonly headers?: Record<string, string>
}

type Handler = ReturnType<typeof defineRead>

function ask(GET: Handler, { search = '', headers = { host: 'localhost:3000' } }: Asked) {
  const request = new Request(`http://localhost:3000/api${search}`, { headers })
  return GET(request, { params: Promise.resolve({ appId }) })
}
