import { type NextRequest, NextResponse } from 'next/server'
import { refuseForeign } from '@/lib/model/loopback'

/**
 * Runs before every page and server action, and before data routes where a request might be foreign:
 * refuses foreign hosts and origins, and gives each page a content security policy with a nonce of its
 * own. It is no gate: routes and actions look at the request and identify the operator themselves.
 */
export function proxy(request: NextRequest): NextResponse {
  const refusal = refuseForeign(request.headers)
  if (refusal) {
    return new NextResponse(`${refusal.message}\n`, {
      status: refusal.status,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
    })
  }

  // Data has headers of its own (`lib/data/data-headers.ts`).
  if (request.nextUrl.pathname.startsWith('/api/apps/')) return NextResponse.next()

  const nonce = crypto.randomUUID().replaceAll('-', '')
  const policy = contentSecurityPolicy(nonce)
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('content-security-policy', policy)

  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  response.headers.set('x-content-type-options', 'nosniff')
  response.headers.set('referrer-policy', 'no-referrer')
  return response
}

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

// Everything but build output, and but reads of data that are plainly not foreign: to be asked costs them a
// tenth of their time. Mind that bodies over 10 MB are cut on matched paths
// (`experimental.proxyClientMaxBodySize`): an upload route needs that raised.
export const config = {
  matcher: [
    '/((?!_next/static|_next/image|api/apps/).*)',
    { source: '/api/apps/:path*', has: [{ type: 'header', key: 'origin' }] },
    {
      source: '/api/apps/:path*',
      missing: [
        {
          type: 'header',
          key: 'host',
          value: '(?:localhost|127\\.0\\.0\\.1|\\[::1\\])(?::\\d{1,5})?',
        },
      ],
    },
  ],
}
