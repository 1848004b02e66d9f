import { join } from 'node:path'
import { type Connection, connectionsFile, readConnections } from '@/backend/demo/connections-file'
import { demoTitle } from '@/backend/demo/demo-app'
import { must } from '@/lib/base/must'

/** Titles of the connections that the tests add to the demo's: see prepare-apps.ts. */
export const titles = {
  demo: demoTitle,
  /** An app that tests may write to. */
  workshop: 'Workshop',
  /** An app with rules and users of its own, which tests may write to. */
  people: 'People',
  /** An app of wide rows and of values that are hard to show: see `wide-app.ts`. */
  wide: 'Wide',
  /** An app behind a switch: see `flaky-backend.ts`. */
  flaky: 'Behind a switch',
  wrongToken: 'With a wrong token',
  unreachable: 'Nobody there',
} as const

export const testConnectionsFile = connectionsFile(
  process.env.E2E_DATA_DIR ?? join('.data', 'unset'),
)

/** The connection of a test app, with the token that the browser must never see. */
export async function connectionOf(app: keyof typeof titles): Promise<Connection> {
  const connections = await readConnections(testConnectionsFile)
  return must(
    connections.find(({ title }) => title === titles[app]),
    'prepare-apps.ts has run',
  )
}

/** Every admin token the dashboard knows. */
export async function allTokens(): Promise<readonly string[]> {
  return (await readConnections(testConnectionsFile)).map(({ adminToken }) => adminToken)
}
