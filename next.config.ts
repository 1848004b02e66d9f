import type { NextConfig } from 'next'

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  typedRoutes: true,
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
