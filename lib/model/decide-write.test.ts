import { expect, test } from 'vitest'
import { decideManagement, decideWrite } from './decide-write'
import { admin, guest, type Identity } from './identity'
import type { WriteMode } from './write-mode'

const user: Identity = { kind: 'user', id: '0b2f8a3e-6f0d-4c55-9d1e-0a8a4a5f0001' }

test.each<[Identity, WriteMode, ofRecords: string, ofUsers: string]>([
  [admin, 'real', 'write', 'write'],
  [admin, 'dry', 'refuse', 'refuse'],
  [admin, 'view', 'refuse', 'refuse'],
  [guest, 'real', 'write', 'write'],
  [guest, 'dry', 'try', 'refuse'],
  [guest, 'view', 'refuse', 'refuse'],
  [user, 'real', 'write', 'write'],
  [user, 'dry', 'try', 'refuse'],
  [user, 'view', 'refuse', 'refuse'],
])('as %j and %s: %s, or %s what is done as admin anyway', (as, mode, ofRecords, ofUsers) => {
  expect(decideWrite({ as, mode }).kind).toBe(ofRecords)
  expect(decideManagement({ as, mode }).kind).toBe(ofUsers)
})
