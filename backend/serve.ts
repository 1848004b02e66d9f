import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type HttpBindings, serve } from '@hono/node-server'
import { SettingsError } from './settings'

const longestUploadMs = 3 * 3_600_000

/** A listening server. */
export interface Listening {
  readonly url: string
  /** Stops listening and ends open connections, streams included. */
  close(): Promise<void>
}

/** What answers a request, given the connection that it came by. */
export type Fetch = (request: Request, bindings: HttpBindings) => Promise<Response> | Response

/** Listens on an address; a port that is taken is a SettingsError that names the variable. */
export async function listen(
  fetch: Fetch,
  { host, port }: { host: string; port: number },
): Promise<Listening> {
  const server = serve({
    fetch: (request, bindings) => fetch(request, bindings as HttpBindings),
    hostname: host,
    port,
  }) as Server
  // Node would end uploads after five minutes, however well they go.
  server.requestTimeout = longestUploadMs
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE'
      reject(
        isTaken
          ? new SettingsError(
              `Port ${port} of ${host} is taken. Stop what listens there, or set BACKEND_PORT to another port.`,
            )
          : error,
      )
    })
  })
  const address = server.address() as AddressInfo
  const shownHost = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return {
    url: `http://${shownHost}:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
