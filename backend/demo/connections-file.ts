import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isJsonObject, type JsonObject } from '@/lib/base/json'

/** An app and how to reach it: what the dashboard reads to know its apps. */
export interface Connection {
  readonly title: string
  readonly apiURI: string
  readonly appId: string
  readonly adminToken: string
}

/**
 * The list of connections in a data directory. It holds admin tokens, so only its owner may read
 * it. Every change replaces the file in one step: a reader sees the old list or the new one.
 */
export function connectionsFile(dataDir: string): string {
  return join(dataDir, 'connections.json')
}

/** Empty when there is no file yet. Throws on a file that is not ours to understand. */
export async function readConnections(file: string): Promise<readonly Connection[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  return text === null ? [] : entriesOf(parseFile(text, file)).filter(isConnection)
}

/** Adds a connection, in the place of one to the same app. Whatever else is in the file stays. */
export async function saveConnection(file: string, connection: Connection): Promise<void> {
  await updateEntries(file, (entries) => {
    const others = entries.filter((entry) => entry.appId !== connection.appId)
    const at = entries.findIndex((entry) => entry.appId === connection.appId)
    return others.toSpliced(at < 0 ? others.length : at, 0, { ...connection })
  })
}

/** Gives the connections of these apps the address that their backend has now. */
export async function moveConnections(
  file: string,
  { appIds, apiURI }: { readonly appIds: ReadonlySet<string>; readonly apiURI: string },
): Promise<void> {
  const isMoved = (entry: JsonObject) => appIds.has(String(entry.appId)) && entry.apiURI !== apiURI
  const connections = await readConnections(file)
  if (!connections.some((connection) => isMoved({ ...connection }))) return
  await updateEntries(file, (entries) =>
    entries.map((entry) => (isMoved(entry) ? { ...entry, apiURI } : entry)),
  )
}

async function updateEntries(
  file: string,
  change: (entries: readonly JsonObject[]) => readonly JsonObject[],
): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const text = await readFile(file, 'utf8').catch(() => '{"connections":[]}')
  const content = parseFile(text, file)
  const next = { ...content, connections: change(entriesOf(content)) }
  const draft = `${file}.${randomUUID()}`
  await writeFile(draft, `${JSON.stringify(next, null, 2)}\n`, { mode: 0o600 })
  await rename(draft, file)
}

function parseFile(text: string, file: string): JsonObject {
  const content: unknown = JSON.parse(text)
  if (isJsonObject(content) && Array.isArray(content.connections)) return content
  throw new Error(`${file} is not a list of connections: {"connections": [ … ]} was expected.`)
}

function entriesOf(content: JsonObject): readonly JsonObject[] {
  return Array.isArray(content.connections) ? content.connections.filter(isJsonObject) : []
}

function isConnection(entry: JsonObject): entry is JsonObject & Connection {
  return ['title', 'apiURI', 'appId', 'adminToken'].every((key) => typeof entry[key] === 'string')
}
