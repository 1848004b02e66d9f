import { type AppRef, type Identity, pageIdentity } from './identity'
import { modeParam, type WriteMode, writeModes } from './write-mode'

/** An app in view, as whom it is looked at, and what becomes of writes. */
export interface ActingApp extends AppRef {
  readonly mode: WriteMode
}

/** Reads from a page's address as whom an app is looked at. Null when it says what is no identity. */
export function parseActing(appId: string, search: URLSearchParams): ActingApp | null {
  const as = pageIdentity(search)
  return as && { appId, as, mode: parseMode(as, search) }
}

/** The admin always writes. For others, what is no mode, or says it twice, is a dry run. */
function parseMode(as: Identity, search: URLSearchParams): WriteMode {
  if (as.kind === 'admin') return 'real'
  const [text, ...more] = search.getAll(modeParam)
  const mode = writeModes.find((each) => each === text)
  return mode && more.length === 0 ? mode : 'dry'
}
