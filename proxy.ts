import { type NextRequest, NextResponse } from 'next/server'
import { refuseForeign } from '@/lib/model/loopback'

/**
 * Runs before every page, API route and server action: refuses foreign hosts and origins, and gives
 * each response a content security policy with a nonce of its own. It is no gate: routes and actions
 * identify the operator themselves.
 */
export function proxy(request: NextRequest): NextResponse {
  const refusal = refuseForeign(request.headers)
  if (refusal) {
    return new NextResponse(`${refusal.message}\n`, {
      status: refusal.status,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
    })
  }

  const nonce = crypto.randomUUID().replaceAll('-', '')
  const isData = request.nextUrl.pathname.startsWith('/api/')
  const policy = isData ? policyOfData : contentSecurityPolicy(nonce)
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('content-security-policy', policy)

  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  response.headers.set('x-content-type-options', 'nosniff')
  response.headers.set('referrer-policy', 'no-referrer')
  return response
}

// Data is no page. A stored picture may be anything: opened by itself, it runs nothing and is of no origin.
const policyOfData =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"

// React reads component stacks through eval in development only. Styles stay inline: Monaco and
// sonner write style elements, and server-rendered widths are style attributes.
function contentSecurityPolicy(nonce: string): string {
  const evaluation = process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : ''
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${evaluation}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

// Everything but build output. Mind that bodies over 10 MB are cut on matched paths
// (`experimental.proxyClientMaxBodySize`): an upload route needs that raised.
export const config = { matcher: '/((?!_next/static|_next/image).*)' }
