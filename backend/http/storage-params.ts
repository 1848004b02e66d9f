import type { Context } from 'hono'
import { EngineError } from '@/backend/engine-error'
import type { Upload } from '@/backend/operations/files/upload-file'
import type { JsonObject } from '@/lib/base/json'
import { paramMalformed, paramMissing } from './params'

/** The path that an upload is to have, from its header (contract http.md 2.16). */
export function requirePathHeader(c: Context): string {
  const path = headerText(c, 'path')
  if (path === null) throw paramMissing(['path'])
  return path
}

/** The path that a request names in its query string. */
export function requireFilename(c: Context): string {
  const filename = c.req.query('filename')
  if (filename === undefined || filename === '') throw paramMissing(['params', 'filename'])
  return filename
}

/** The path that a request names in its body. */
export function requireBodyFilename(body: JsonObject): string {
  const { filename } = body
  if (filename === undefined || filename === null || filename === '') {
    throw paramMissing(['body', 'filename'])
  }
  if (typeof filename !== 'string') throw paramMalformed(['body', 'filename'], filename)
  return filename
}

/** The paths of a request about several files. */
export function requireFilenames(body: JsonObject): readonly string[] {
  const { filenames } = body
  if (filenames === undefined || filenames === null) throw paramMissing(['body', 'filenames'])
  const isList = Array.isArray(filenames)
  const texts = isList ? filenames.filter((name): name is string => typeof name === 'string') : []
  if (isList && texts.length === filenames.length) return texts
  throw paramMalformed(['body', 'filenames'], filenames)
}

/** The bytes of an upload and what its headers say about them. */
export function readUpload(c: Context): Omit<Upload, 'path'> {
  const announced = c.req.header('content-length')
  return {
    contentType: typeText(headerText(c, 'content-type')),
    contentDisposition: headerText(c, 'content-disposition'),
    announcedBytes: announced !== undefined && /^\d+$/.test(announced) ? Number(announced) : null,
    bytes: readBytes(c),
  }
}

/**
 * The chunks of a body. One that is given up is read on and thrown away. One that is never asked for
 * is not touched: the server itself sees to those, but only as long as nobody else has begun.
 */
async function* readBytes(c: Context): AsyncIterable<Uint8Array> {
  const reader = c.req.raw.body?.getReader()
  if (!reader) return
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        throw new EngineError('connection-closed', 'The connection ended before the file did.')
      })
      if (done) return
      yield value
    }
  } finally {
    await discard(reader).catch(noop)
  }
}

const maxDiscardedBytes = 64 * 1024 * 1024
const maxDiscardingMs = 5_000

/**
 * Lets the client send the rest, within reason: many look for an answer only after that, and find
 * none if the connection ends before.
 */
async function discard(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  const timer = setTimeout(() => reader.cancel().catch(noop), maxDiscardingMs)
  let left = maxDiscardedBytes
  try {
    while (left > 0) {
      const { done, value } = await reader.read()
      if (done) return
      left -= value.byteLength
    }
  } finally {
    clearTimeout(timer)
  }
}

/** For failures of what nobody waits for. */
function noop(): void {}

/** What JavaScript makes of a type that is missing counts as missing (contract http.md 2.16). */
function typeText(text: string | null): string | null {
  return text === null || text === 'null' || text === 'undefined' ? null : text
}

/**
 * The text of a header; null when it is empty or not there. HTTP hands over bytes, which Node reads as
 * Latin-1. Where they are UTF-8 they are read as that: a browser can only send Latin-1, of which
 * hardly any text beyond ASCII is UTF-8, and other programs send UTF-8.
 */
function headerText(c: Context, name: string): string | null {
  const raw = c.req.header(name)
  if (raw === undefined || raw === '') return null
  const text = Buffer.from(raw, 'latin1').toString('utf8')
  return text.includes('\ufffd') ? raw : text
}
