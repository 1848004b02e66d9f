import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Place } from './record-shape'
import { readAtNamespace } from './schema'
import { currentViewer, type Viewer } from './viewer'

let server: Server
let viewer: Viewer
/** The attributes of the one namespace, and what is waited for before they are told. */
let attributes: readonly string[]
let hold: Promise<void>
let appId: string

beforeAll(async () => {
  server = createServer(async (_request, response) => {
    const told = JSON.stringify(schemaOf(attributes))
    await hold
    response.end(told)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  vi.stubEnv('INSTANT_API_URI', `http://127.0.0.1:${port}`)
  vi.stubEnv('INSTANT_APP_ADMIN_TOKEN', 'token')
  viewer = await currentViewer()
})

beforeEach(() => {
  appId = crypto.randomUUID()
  vi.stubEnv('INSTANT_APP_ID', appId)
  attributes = ['title']
  hold = Promise.resolve()
})

afterAll(() => {
  vi.unstubAllEnvs()
  server.close()
})

test('a read does not wait for a schema that is as it was', async () => {
  await readNames(async ({ namespace }) => namespace.name)
  let tell: () => void = () => undefined
  hold = new Promise((resolve) => {
    tell = resolve
  })
  const read = vi.fn(async (place: Place) => {
    tell()
    return attributesOf(place)
  })

  expect(await readNames(read)).toEqual(['id', 'title'])
  expect(read).toHaveBeenCalledTimes(1)
})

test('what was read by a schema that has changed is read again', async () => {
  const read = vi.fn(async (place: Place) => attributesOf(place))
  await readNames(read)
  attributes = ['title', 'rank']

  expect(await readNames(read)).toEqual(['id', 'title', 'rank'])
  expect(read).toHaveBeenCalledTimes(3)
})

test('that a read by an old schema fails does not matter', async () => {
  await readNames(async () => null)
  attributes = ['rank']
  const read = async (place: Place) => {
    if (attributesOf(place).includes('title')) throw new Error('There is no title.')
    return attributesOf(place)
  }

  expect(await readNames(read)).toEqual(['id', 'rank'])
})

test('of a namespace that there is not, nothing is read', async () => {
  await readNames(async () => null)
  const read = vi.fn(async () => null)
  const books = { appId, namespace: 'books' }

  await expect(readAtNamespace(viewer, books, { read, signal: undefined })).rejects.toThrow(
    'There is no namespace "books"',
  )
  expect(read).not.toHaveBeenCalled()
})

function readNames<T>(read: (place: Place) => Promise<T>): Promise<T> {
  return readAtNamespace(viewer, { appId, namespace: 'notes' }, { read, signal: undefined })
}

function attributesOf({ namespace }: Place): readonly string[] {
  return namespace.attributes.map(({ name }) => name)
}

function schemaOf(names: readonly string[]) {
  const attribute = (name: string) => ({
    'forward-identity': [crypto.randomUUID(), 'notes', name],
    'value-type': 'blob',
    cardinality: 'one',
    'unique?': false,
    'index?': false,
  })
  return {
    schema: {
      refs: {},
      blobs: { notes: Object.fromEntries(names.map((name) => [name, attribute(name)])) },
    },
  }
}
