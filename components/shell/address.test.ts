import { beforeEach, expect, test, vi } from 'vitest'
import { addressDrawn, changeAddress, searchInForce, writeAddress } from './address'

const page = '/apps/x/query'
const location = { href: '', pathname: page }

beforeEach(() => {
  const show = (_state: unknown, _unused: string, url: string) => {
    location.href = `http://127.0.0.1${url}`
  }
  vi.stubGlobal('window', { location, history: { pushState: show, replaceState: show } })
  show(null, '', `${page}?q=1`)
  addressDrawn(`${page}?q=1`)
})

test('what is in force is the address last written, also while an earlier one is drawn', () => {
  writeAddress(`${page}?q=2`, 'replace')
  writeAddress(`${page}?q=3&as=guest&mode=real`, 'push')
  drawLate(`${page}?q=2`)
  expect(searchInForce().get('q')).toBe('3')

  changeAddress((search) => {
    search.set('q', '4')
    return search
  }, 'replace')
  expect(location.href).toBe(`http://127.0.0.1${page}?q=4&as=guest&mode=real`)
})

test('an address that was not written here is in force at once', () => {
  writeAddress(`${page}?q=2`, 'replace')
  drawLate(`${page}?q=back`)
  expect(searchInForce().get('q')).toBe('back')
})

test('an address that was written and taken back is no news when a link leads to it', () => {
  writeAddress(`${page}?q=2`, 'replace')
  // Nothing is drawn for it: it is what is drawn already.
  writeAddress(`${page}?q=1`, 'replace')
  drawLate(`${page}?q=2`)
  expect(searchInForce().get('q')).toBe('2')
})

test('whatever a change gives back, the identity and the mode stay as they are', () => {
  writeAddress(`${page}?q=2&as=guest&mode=real`, 'replace')
  changeAddress(() => new URLSearchParams({ q: '3', as: 'nobody' }), 'push')
  expect(location.href).toBe(`http://127.0.0.1${page}?q=3&as=guest&mode=real`)
})

/** As the router does: what is drawn is put into the address bar once more. */
function drawLate(url: string): void {
  location.href = `http://127.0.0.1${url}`
  addressDrawn(url)
}
