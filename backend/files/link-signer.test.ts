import { expect, test } from 'vitest'
import { newLinkKey } from './link-key'
import { createLinkSigner } from './link-signer'

const key = { appId: crypto.randomUUID(), locationId: crypto.randomUUID() }
const signer = createLinkSigner(newLinkKey())
const noon = Date.UTC(2026, 4, 1, 12)
const hourMs = 3_600_000
const dayMs = 24 * hourMs

test('a link is the same all day and another one the next day', () => {
  const link = signer.sign(key, noon)

  expect(signer.sign(key, noon - 12 * hourMs)).toEqual(link)
  expect(signer.sign(key, noon + 12 * hourMs - 1)).toEqual(link)
  expect(signer.sign(key, noon + 12 * hourMs)).not.toEqual(link)
})

test('a link holds until seven days after its day began', () => {
  const link = signer.sign(key, noon)

  expect(signer.verify(key, link, noon + 6.4 * dayMs)).toBe(true)
  expect(signer.verify(key, link, noon + 6.5 * dayMs)).toBe(false)
})

test.each([
  ['another file', { ...key, locationId: crypto.randomUUID() }, {}],
  ['another app', { ...key, appId: crypto.randomUUID() }, {}],
  ['a later end', key, { expires: 9_999_999_999 }],
  ['no end', key, { expires: Number.NaN }],
  ['no signature', key, { signature: '' }],
  ['half a signature', key, { signature: signer.sign(key, noon).signature.slice(0, 20) }],
])('a link does not open %s', (_what, other, changes) => {
  expect(signer.verify(other, { ...signer.sign(key, noon), ...changes }, noon)).toBe(false)
})

test('a link signed with another key is none', () => {
  const proof = createLinkSigner(newLinkKey()).sign(key, noon)

  expect(signer.verify(key, proof, noon)).toBe(false)
})
