import type { Context } from 'hono'
import { EngineError } from '@/backend/engine-error'
import { isJsonObject, type Json, type JsonObject } from '@/lib/base/json'
import { isUuid } from '@/lib/base/uuid'

/** A parameter that is not there (contract http.md 1.6). */
export function paramMissing(path: readonly string[], possibleIns?: Json): EngineError {
  return new EngineError('param-missing', `Missing parameter: ${printPath(path)}`, {
    in: path,
    ...(possibleIns === undefined ? {} : { 'possible-ins': possibleIns }),
  })
}

/** A parameter that is there but is not what it should be (contract http.md 1.6). */
export function paramMalformed(
  path: readonly string[],
  input: Json,
  possibleIns?: Json,
): EngineError {
  return new EngineError('param-malformed', `Malformed parameter: ${printPath(path)}`, {
    in: path,
    ...(possibleIns === undefined ? {} : { 'possible-ins': possibleIns }),
    'original-input': input,
  })
}

// Instant prints the path as a Clojure vector.
function printPath(path: readonly string[]): string {
  return `[${path.map((part) => `"${part}"`).join(' ')}]`
}

/** The app's id, from the `app-id` header or else the query string (contract http.md 1.3). */
export function requireAppId(c: Context): string {
  const header = c.req.header('app-id')
  const given = header ?? c.req.query('app_id')
  if (given === undefined) {
    throw paramMissing(['headers', 'app-id'], [['query-params', 'app_id']])
  }
  const id = given.trim()
  if (isUuid(id)) return id.toLowerCase()
  const path = header === undefined ? ['query-params', 'app_id'] : ['headers', 'app-id']
  throw paramMalformed(path, given, [
    ['headers', 'app-id'],
    ['query-params', 'app_id'],
  ])
}

/** The uuid of the `Authorization` header (contract http.md 1.3). */
export function requireToken(c: Context): string {
  return parseToken(c.req.header('authorization'))
}

/** The same of what that header says. */
export function parseToken(header: string | undefined): string {
  if (header === undefined || header === '') throw paramMissing(['headers', 'authorization'])
  const token = tokenIn(header)
  if (token === null) throw paramMalformed(['headers', 'authorization'], header)
  return token
}

/** The uuid of the `Authorization` header; null when there is none, or something else. */
export function findToken(c: Context): string | null {
  return tokenIn(c.req.header('authorization') ?? '')
}

function tokenIn(header: string): string | null {
  const scheme = header.lastIndexOf('Bearer ')
  const token = scheme < 0 ? '' : header.slice(scheme + 'Bearer '.length).trim()
  return isUuid(token) ? token.toLowerCase() : null
}

/** Thrown for a body that is not JSON: the one error that Instant answers in plain text. */
export class MalformedJson extends Error {}

/** The longest JSON body. Instant has no limit; a million facts fit into this one. */
const mostBodyBytes = 128 * 1024 * 1024

/**
 * The body as text. One that is too long is refused at once where it says how long it is, and else as
 * soon as it has brought that much.
 */
async function readText(c: Context): Promise<string> {
  const announced = c.req.header('content-length')
  if (Number(announced) > mostBodyBytes) throw bodyTooLong()
  if (announced !== undefined) return c.req.text()
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of c.req.raw.body ?? []) {
    length += part.length
    if (length > mostBodyBytes) throw bodyTooLong()
    parts.push(part)
  }
  return Buffer.concat(parts).toString()
}

/** Far beyond any query or record; what walks a body calls itself for each level of it. */
const mostLevels = 500

/** Whether arrays and objects stand inside each other more often than that. */
function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1))
}

function bodyTooDeep(): EngineError {
  return new EngineError(
    'validation-failed',
    `The body is nested more than ${mostLevels} levels deep. Send it flatter.`,
    { 'data-type': 'body', 'max-levels': mostLevels },
  )
}

function bodyTooLong(): EngineError {
  const megabytes = mostBodyBytes / 1024 / 1024
  return new EngineError(
    'validation-failed',
    `The body is longer than ${megabytes} MB, the most that is read at once. Send it in several requests.`,
    { 'data-type': 'body', 'max-bytes': mostBodyBytes },
  )
}

/** The JSON object of the body; empty when there is none or its content type is not JSON. */
export async function readBody(c: Context): Promise<JsonObject> {
  if (!c.req.header('content-type')?.includes('json')) return {}
  const text = await readText(c)
  if (text.trim() === '') return {}
  const body = parseJson(text)
  if (isDeeper(body, mostLevels)) throw bodyTooDeep()
  return isJsonObject(body) ? body : {}
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new MalformedJson()
  }
}

/** A field of the body that must be an object, such as `query`. */
export function requireObject(body: JsonObject, name: string): JsonObject {
  const value = requirePresent(body, name)
  if (!isJsonObject(value)) throw paramMalformed(['body', name], value)
  return value
}

/** A field of the body that must be an array, such as `steps`. */
export function requireArray(body: JsonObject, name: string): readonly Json[] {
  const value = requirePresent(body, name)
  if (!Array.isArray(value)) throw paramMalformed(['body', name], value)
  return value
}

// Instant takes null and false for absent (contract http.md 1.6).
function requirePresent(body: JsonObject, name: string): Json {
  const value = body[name]
  if (value === undefined || value === null || value === false) throw paramMissing(['body', name])
  return value
}
