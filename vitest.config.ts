import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))

/**
 * Three projects: `unit` needs nothing, `sql` runs against PGlite (or the Postgres of
 * DATABASE_URL), `conformance` drives a running backend through the official SDK.
 */
export default defineConfig({
  resolve: { alias: { '@': root, 'server-only': `${root}/e2e/support/server-only.ts` } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{app,backend,components,lib,scripts}/**/*.test.{ts,tsx}', 'proxy.test.ts'],
          exclude: ['**/*.pg.test.ts', '**/node_modules/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'sql',
          include: ['backend/**/*.pg.test.ts'],
          // Generous: it is there to end a test that hangs, not one on a busy machine.
          testTimeout: 180_000,
          hookTimeout: 180_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'conformance',
          include: ['e2e/conformance/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
