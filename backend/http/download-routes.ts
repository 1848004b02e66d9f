import { type Context, Hono } from 'hono'
import { EngineError } from '@/backend/engine-error'
import type { Engine } from '@/backend/operations/engine'
import { type Download, findDownload, isGoodLink } from '@/backend/operations/files/stored-files'
import { isUuid } from '@/lib/base/uuid'
import { parseRange } from './byte-range'
import { contentHeaders } from './content-headers'

const noFile = { type: 'record-not-found', message: 'There is no such file.', hint: {} }

/**
 * The bytes of files, for whoever has the link: the `url` of a row of `$files`. Not Instant's own
 * route: there the links lead to S3, and any absolute URL will do (contract http.md 12, 10).
 */
export function downloadRoutes(engine: Engine): Hono {
  const routes = new Hono()

  routes.get('/storage/files/:app/:location', async (c) => {
    const key = { appId: c.req.param('app'), locationId: c.req.param('location') }
    const expires = Number(c.req.query('expires'))
    const proof = { expires, signature: c.req.query('signature') ?? '' }
    const isGood = isUuid(key.appId) && isUuid(key.locationId) && isGoodLink(engine, key, proof)
    if (!isGood) {
      throw new EngineError('invalid-link', 'This link is wrong or has expired. Ask for a new one.')
    }
    const download = await findDownload(engine, key)
    return download
      ? answer(c, { download, etag: `"${key.locationId}"`, expires })
      : c.json(noFile, 404)
  })

  return routes
}

async function answer(
  c: Context,
  { download, etag, expires }: { download: Download; etag: string; expires: number },
): Promise<Response> {
  const { file } = download
  // Bytes never change under a link, so they may be kept as long as it is good.
  const maxAge = Math.max(0, Math.floor(expires - Date.now() / 1000))
  const headers = {
    ...contentHeaders(file),
    'Accept-Ranges': 'bytes',
    'Cache-Control': `private, max-age=${maxAge}, immutable`,
    ETag: etag,
  }
  if (c.req.header('if-none-match') === etag) return c.body(null, 304, headers)
  const isSame = (c.req.header('if-range') ?? etag) === etag
  const range = parseRange(isSame ? c.req.header('range') : undefined, file.sizeBytes)
  if (range.kind === 'unsatisfiable') {
    return c.body(null, 416, { ...headers, 'Content-Range': `bytes */${file.sizeBytes}` })
  }
  const isPart = range.kind === 'part'
  const length = isPart ? range.end - range.start + 1 : file.sizeBytes
  const lengthHeaders = {
    ...headers,
    'Content-Length': String(length),
    ...(isPart && { 'Content-Range': `bytes ${range.start}-${range.end}/${file.sizeBytes}` }),
  }
  const status = isPart ? 206 : 200
  if (c.req.method === 'HEAD') return c.body(null, status, lengthHeaders)
  const bytes = await download.read(isPart ? range : null)
  return bytes ? c.body(bytes, status, lengthHeaders) : c.json(noFile, 404)
}
