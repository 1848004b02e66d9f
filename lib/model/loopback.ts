import { isLoopbackHost } from '@/lib/base/loopback'

/** Why a request is refused, in words for whoever reads the response, or null when it may pass. */
export type Refusal = { readonly status: 403 | 421; readonly message: string } | null

/**
 * Refuses what a page of another site can make a browser send to this machine. A name that was
 * rebound to 127.0.0.1 arrives with its own Host; a cross-site request arrives with its own Origin.
 * Both must be loopback, and an Origin must be the very host and port that is being asked.
 */
export function refuseForeign(headers: Headers): Refusal {
  const host = headers.get('host')
  if (host === null || !isLoopbackHost(host)) {
    return {
      status: 421,
      message: `This dashboard answers only on localhost, 127.0.0.1 and [::1], not on ${quote(host)}.`,
    }
  }
  const origin = headers.get('origin')
  if (origin !== null && !isSameOrigin(origin, host)) {
    return { status: 403, message: `Requests from ${quote(origin)} are refused.` }
  }
  return null
}

function isSameOrigin(origin: string, host: string): boolean {
  const lower = origin.toLowerCase()
  const isHttp = lower.startsWith('http://') || lower.startsWith('https://')
  return isHttp && lower.replace(/^https?:\/\//, '') === host.toLowerCase()
}

// The text is a stranger's: it is cut short and printed as data.
function quote(value: string | null): string {
  return value === null ? 'a request without a Host' : JSON.stringify(value.slice(0, 100))
}
