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
    // Fewer and larger files: they compress better, and a page asks for half as many.
    turbopackChunking: {
      minChunkSize: 400_000,
      maxMergeChunkSize: 2_000_000,
      firstPageLoadPriority: 1,
      requestCost: 2_000_000,
    },
    serverActions: { bodySizeLimit: '2mb', allowedOrigins: [] },
  },
}

export default config
