import { once } from 'node:events'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// The system's limit is 104 bytes on macOS, 108 on Linux, and Node cuts longer paths silently.
const longestPath = 100

/** Listens on a new socket of that name, without keeping the process alive. */
export async function listen(folder: string, name: string): Promise<{ close(): Promise<void> }> {
  const server = createServer((connection) => connection.destroy()).unref()
  await withShortPath(folder, name, async (path) => {
    server.listen(path)
    await once(server, 'listening')
  })
  return {
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** Whether a living process listens on the socket, however busy it is. */
export function isListening(folder: string, name: string): Promise<boolean> {
  return withShortPath(
    folder,
    name,
    (path) =>
      new Promise<boolean>((resolve) => {
        const connection = connect(path)
        connection.on('connect', () => resolve(true))
        connection.on('error', (error: NodeJS.ErrnoException) => {
          resolve(error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT')
        })
        connection.on('connect', () => connection.destroy())
      }),
  )
}

/** A path that is too long for a socket is reached through a link to its folder. */
async function withShortPath<T>(
  folder: string,
  name: string,
  use: (path: string) => Promise<T>,
): Promise<T> {
  const path = join(folder, name)
  if (Buffer.byteLength(path) <= longestPath) return use(path)
  const shortcut = mkdtempSync(join(tmpdir(), 'us-'))
  try {
    symlinkSync(folder, join(shortcut, 'd'))
    return await use(join(shortcut, 'd', name))
  } finally {
    rmSync(shortcut, { recursive: true })
  }
}
