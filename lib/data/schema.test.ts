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
/** Of the schema as it is now; null where the backend tells none. */
let tag: string | null
let timesTold: number
let appId: string

beforeAll(async () => {
  server = createServer(async (_request, response) => {
    timesTold += 1
    const extra = tag === null ? {} : { understudy: { 'schema-tag': tag } }
    const told = JSON.stringify({ ...schemaOf(attributes), ...extra })
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
  tag = null
  timesTold = 0
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

  const untold = async () => ({ value: await read(), schemaTag: null })
  const reading = readAtNamespace(viewer, books, {
    read: untold,
    asksForTag: false,
    signal: undefined,
  })
  await expect(reading).rejects.toThrow('There is no namespace "books"')
  expect(read).not.toHaveBeenCalled()
})

test('where the answer tells that the schema is as it was, the schema is not read', async () => {
  tag = 'one'
  await readTagged()

  expect(await readTagged()).toEqual(['id', 'title'])
  expect(timesTold).toBe(1)
})

test('what was answered by another schema is read again', async () => {
  tag = 'one'
  await readTagged()
  tag = 'two'
  attributes = ['title', 'rank']

  expect(await readTagged()).toEqual(['id', 'title', 'rank'])
  expect(timesTold).toBe(2)
})

test('a tag that is told no longer stands for nothing', async () => {
  tag = 'one'
  await readTagged()
  tag = null
  attributes = ['rank']

  expect(await readTagged()).toEqual(['id', 'rank'])
  attributes = ['title']
  expect(await readTagged()).toEqual(['id', 'title'])
})

test('a read that fails by the schema of now fails, whatever could have told a tag', async () => {
  tag = 'one'
  await readTagged()
  const failing = readTagged(async () => {
    throw new Error('It cannot be read.')
  })

  await expect(failing).rejects.toThrow('It cannot be read.')
})

function readNames<T>(read: (place: Place) => Promise<T>): Promise<T> {
  return readAtNamespace(
    viewer,
    { appId, namespace: 'notes' },
    {
      read: async (place) => ({ value: await read(place), schemaTag: null }),
      asksForTag: false,
      signal: undefined,
    },
  )
}

/** Reads from a backend that answers by the schema as it is. */
function readTagged(read = async (place: Place) => attributesOf(place)) {
  return readAtNamespace(
    viewer,
    { appId, namespace: 'notes' },
    {
      read: async (place) => ({ value: await read(place), schemaTag: tag }),
      asksForTag: true,
      signal: undefined,
    },
  )
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
