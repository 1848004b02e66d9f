import type { MiddlewareHandler } from 'hono'
import { EngineError } from '@/backend/engine-error'
import { isLoopbackHost } from '@/lib/base/loopback'

/**
 * Refuses requests that a page of another site may have caused. A rebound DNS name shows in
 * `Host`; another site's script shows in `Origin`. Programs on this machine send neither, and
 * pages served from it send loopback names, on whatever port.
 */
export function requireLoopback(): MiddlewareHandler {
  return async (c, next) => {
    refuseUnless(isLoopbackHost(c.req.header('host') ?? ''), 'Host', c.req.header('host'))
    const origin = c.req.header('origin')
    if (origin !== undefined) refuseUnless(isLoopbackOrigin(origin), 'Origin', origin)
    await next()
  }
}

function isLoopbackOrigin(origin: string): boolean {
  return URL.canParse(origin) && isLoopbackHost(new URL(origin).host)
}

function refuseUnless(isAllowed: boolean, header: string, value: string | undefined): void {
  if (isAllowed) return
  throw new EngineError(
    'forbidden-origin',
    `This backend answers only to this machine: ${header} ${JSON.stringify(value ?? '')} is not a loopback address. Use http://127.0.0.1 or http://localhost.`,
    { header: header.toLowerCase(), value: value ?? null },
  )
}
