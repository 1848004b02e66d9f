import { PGlite, type PGliteOptions } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'

/**
 * PGlite's own start parameters, less its `-F`, which would turn fsync off; with memory for a
 * program that shares its machine, and little WAL to replay after a crash.
 */
const startParams = [
  '--single',
  '-O',
  '-j',
  ...settings({
    search_path: 'understudy',
    timezone: 'UTC',
    shared_buffers: '128MB',
    min_wal_size: '32MB',
    max_wal_size: '128MB',
    // Any other method is a no-op in PGlite's file system.
    wal_sync_method: 'fsync',
    exit_on_error: 'false',
    log_checkpoints: 'false',
    max_worker_processes: '0',
    max_parallel_workers: '0',
    max_parallel_workers_per_gather: '0',
    max_parallel_maintenance_workers: '0',
    io_method: 'sync',
  }),
]

/**
 * The engine, started on the given files; `isDurable` false is for databases that may be lost.
 * An Error says why Postgres would not start.
 */
export async function startEngine(
  options: Pick<PGliteOptions, 'fs' | 'loadDataDir'>,
  { isDurable }: { isDurable: boolean },
): Promise<PGlite> {
  let complaint = ''
  try {
    return await PGlite.create({
      ...options,
      extensions: { pg_trgm },
      startParams: isDurable ? startParams : [...startParams, '-F'],
      onStderr: (line) => {
        complaint = /(?:FATAL|PANIC): +(.*)/.exec(line)?.[1] ?? complaint
        return false
      },
    })
  } catch (error) {
    throw new Error(complaint || 'it does not start', { cause: error })
  }
}

function settings(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
