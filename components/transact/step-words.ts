import type { Action } from '@/lib/model/transaction'

/** What an action does, in one line. */
export const actionWords: Record<Action, string> = {
  create: 'Makes a new record',
  update: 'Sets fields; all others stay as they are',
  merge: 'Merges into JSON fields, key by key; a null inside removes its key',
  link: 'Links a record to others',
  unlink: 'Cuts links to others; the records stay',
  delete: 'Deletes a record and its links',
}
