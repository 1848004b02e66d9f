import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig, devices } from '@playwright/test'
import { chromiumLaunch } from './e2e/support/chromium-launch'

/**
 * The browser tests run against the built dashboard and backend, started by the one command with
 * ports and a data directory of their own, so that they disturb nothing that is running.
 */
const port = Number(process.env.E2E_PORT ?? 3900)
const backendPort = Number(process.env.E2E_BACKEND_PORT ?? 8900)
const baseURL = `http://127.0.0.1:${port}`

// For the tests, which read the connections in that directory.
process.env.E2E_DATA_DIR = join(tmpdir(), `understudy-e2e-${port}`)
process.env.E2E_DASHBOARD_URL = baseURL
process.env.E2E_BACKEND_URL = `http://127.0.0.1:${backendPort}`

export default defineConfig({
  testDir: 'e2e/browser',
  globalSetup: './e2e/support/prepare-apps.ts',
  // Pictures are taken by `npm run screenshots`, which asks for nothing else.
  ...(process.env.SCREENSHOTS ? {} : { grepInvert: /@screenshot/ }),
  outputDir: 'test-results',
  forbidOnly: Boolean(process.env.CI),
  // One dashboard, one backend, two cores: more workers only wait for each other.
  workers: 2,
  // Generous: on a busy machine Monaco alone takes ten seconds, and waiting costs a passing test nothing.
  timeout: 240_000,
  expect: { timeout: 40_000 },
  reporter: 'list',
  use: {
    baseURL,
    // A trace takes half as long as the test itself: `--trace retain-on-failure` records one.
    trace: 'off',
    screenshot: 'only-on-failure',
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    launchOptions: chromiumLaunch,
  },
  webServer: {
    command: 'exec node e2e/support/start-app.mjs',
    url: baseURL,
    timeout: 240_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 25_000 },
    stdout: 'pipe',
    env: {
      PORT: String(port),
      BACKEND_PORT: String(backendPort),
      BACKEND_DATA_DIR: process.env.E2E_DATA_DIR,
      // Whatever a developer has set for a connection of their own is not meant here.
      HOST: '',
      BACKEND_HOST: '',
      DATABASE_URL: '',
      INSTANT_API_URI: '',
      INSTANT_APP_ID: '',
      INSTANT_APP_ADMIN_TOKEN: '',
    },
  },
})
