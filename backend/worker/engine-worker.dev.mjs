// Where the backend runs from its sources: `--import tsx` does not reach the threads of Node 20.
import { register } from 'tsx/esm/api'

register()
await import('./engine-worker.ts')
