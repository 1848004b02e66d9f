import type { NextConfig } from 'next'

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  typedRoutes: true,
  // `npm test` checks types. A build for somebody who wants to run it need not do so again.
  typescript: { ignoreBuildErrors: true },
  agentRules: false,
  devIndicators: false,
  // Both names of this machine reach the same dev server; stated, since the server is started with one of them.
  allowedDevOrigins: ['localhost', '127.0.0.1'],
  turbopack: { root: import.meta.dirname },
  experimental: {
    serverActions: { bodySizeLimit: '2mb', allowedOrigins: [] },
  },
}

export default config
