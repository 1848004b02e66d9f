import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The part of S3's protocol that a blob store speaks, on loopback, for tests. */
export interface FakeS3 {
  readonly url: string
  /** Uploads in parts that were begun and neither completed nor aborted. */
  openUploads(): number
  close(): Promise<void>
}

interface Bucket {
  readonly objects: Map<string, Buffer>
  readonly uploads: Map<string, Map<number, Buffer>>
}

interface Answer {
  readonly status: number
  readonly body?: string | Buffer
  readonly headers?: Readonly<Record<string, string>>
}

/** The bucket `forbidden` refuses everything; every other one is there. */
export async function startFakeS3(): Promise<FakeS3> {
  const bucket: Bucket = { objects: new Map(), uploads: new Map() }
  const server: Server = createServer((request, response) => {
    respond(bucket, request, response).catch((error: unknown) => response.destroy(error as Error))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    openUploads: () => bucket.uploads.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function respond(bucket: Bucket, request: IncomingMessage, response: ServerResponse) {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const url = new URL(request.url ?? '/', 'http://fake')
  const {
    status,
    body = '',
    headers,
  } = url.pathname.startsWith('/forbidden/')
    ? failure(403, 'AccessDenied')
    : answer(bucket, { method: request.method ?? '', url, request, body: Buffer.concat(chunks) })
  const type = Buffer.isBuffer(body) ? 'application/octet-stream' : 'application/xml'
  response.writeHead(status, { 'content-type': type, ...headers }).end(body)
}

interface Call {
  readonly method: string
  readonly url: URL
  readonly request: IncomingMessage
  readonly body: Buffer
}

function answer({ objects, uploads }: Bucket, { method, url, request, body }: Call): Answer {
  const key = url.pathname
  const uploadId = url.searchParams.get('uploadId')
  if (method === 'POST' && url.searchParams.has('uploads')) {
    const id = crypto.randomUUID()
    uploads.set(id, new Map())
    return xml(
      `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
    )
  }
  if (uploadId !== null) {
    const parts = uploads.get(uploadId)
    if (!parts) return failure(404, 'NoSuchUpload')
    if (method === 'PUT') {
      parts.set(Number(url.searchParams.get('partNumber')), body)
      return { status: 200, headers: { etag: `"${parts.size}"` } }
    }
    uploads.delete(uploadId)
    if (method === 'DELETE') return { status: 204 }
    const sorted = [...parts].sort(([a], [b]) => a - b)
    objects.set(key, Buffer.concat(sorted.map(([, part]) => part)))
    return xml('<CompleteMultipartUploadResult><ETag>"x"</ETag></CompleteMultipartUploadResult>')
  }
  if (method === 'PUT') {
    objects.set(key, body)
    return { status: 200, headers: { etag: '"x"' } }
  }
  if (method === 'DELETE') {
    objects.delete(key)
    return { status: 204 }
  }
  const object = objects.get(key)
  if (!object) return failure(404, 'NoSuchKey')
  const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? []
  if (start === undefined) return { status: 200, body: object }
  const part = object.subarray(Number(start), Number(end) + 1)
  const range = `bytes ${start}-${end}/${object.length}`
  return { status: 206, body: part, headers: { 'content-range': range } }
}

function xml(body: string): Answer {
  return { status: 200, body }
}

function failure(status: number, code: string): Answer {
  return { status, body: `<Error><Code>${code}</Code><Message>${code}</Message></Error>` }
}
