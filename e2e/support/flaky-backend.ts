import { createServer, request as forward } from 'node:http'

export type FlakyMode = 'up' | 'down' | 'silent'

export const flakyPort = Number(process.env.E2E_FLAKY_PORT ?? 8901)

/**
 * Stands before the real backend. It passes everything on, or hangs up, or takes requests and never
 * answers them, as `switchTo` says. `stop` ends it.
 */
export async function startFlakyBackend(backend: URL): Promise<{ stop(): Promise<void> }> {
  let mode: FlakyMode = 'up'
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/switch/')) {
      mode = request.url.slice('/switch/'.length) as FlakyMode
      response.end(mode)
      return
    }
    switch (mode) {
      case 'down':
        request.socket.destroy()
        return
      case 'silent':
        return
      case 'up':
        request.pipe(
          forward(
            {
              host: backend.hostname,
              port: backend.port,
              path: request.url,
              method: request.method,
              headers: { ...request.headers, host: backend.host },
            },
            (answer) => {
              response.writeHead(answer.statusCode ?? 502, answer.headers)
              answer.pipe(response)
            },
          ).on('error', () => request.socket.destroy()),
        )
    }
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(flakyPort, '127.0.0.1', resolve)
  })
  return {
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export async function switchTo(mode: FlakyMode): Promise<void> {
  await fetch(`http://127.0.0.1:${flakyPort}/switch/${mode}`, { method: 'POST' })
}
