/**
 * What every answer of a data route says. Data is no page. A stored picture may be anything: opened by
 * itself, it runs nothing and is of no origin.
 */
export const dataHeaders = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
} as const
