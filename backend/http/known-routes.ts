/**
 * Routes of Instant that this backend does not have yet (contract http.md 0.3). They answer that
 * they are missing, which a plain 404 would leave to guess.
 */
export const missingRoutes: readonly { readonly path: RegExp; readonly feature: string }[] = [
  { path: /^\/admin\/sse(\/push)?$/, feature: 'streams' },
  { path: /^\/runtime\//, feature: 'the client protocol' },
  { path: /^\/dash(\/|$)/, feature: 'this dashboard route' },
  { path: /^\/superadmin\//, feature: 'the platform API' },
  { path: /^\/webhooks\//, feature: 'webhooks' },
]
