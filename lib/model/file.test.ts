import { expect, test } from 'vitest'
import { formatBytes, kindOfFile, largestPicture, toStoredFile, whyNoPicture } from './file'

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [12_345, '12.3 kB'],
  [999_949, '999.9 kB'],
  [999_950, '1.0 MB'],
  [4_000_000_000, '4.0 GB'],
  [5e15, '5,000.0 TB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})

test('a file is what its record says, and what is no file’s is left out', () => {
  expect(
    toStoredFile({
      path: 'a.png',
      size: 3,
      'content-type': 'Image/PNG; x=1',
      url: 'https://a.example/b',
    }),
  ).toEqual({ path: 'a.png', bytes: 3, contentType: 'image/png', url: 'https://a.example/b' })
  expect(
    toStoredFile({ path: 1, size: '3', 'content-type': null, url: 'javascript:alert(1)' }),
  ).toEqual({ path: null, bytes: null, contentType: null, url: null })
})

const picture = { path: 'a.png', bytes: 3, contentType: 'image/png', url: 'https://a.example/b' }

test.each([
  [{}, null],
  [{ contentType: 'image/svg+xml' }, null],
  [{ contentType: 'image/tiff' }, 'It is no picture.'],
  [{ contentType: 'text/html' }, 'It is no picture.'],
  [{ contentType: null }, 'It is no picture.'],
  [{ url: null }, 'It has no address.'],
  [{ bytes: null }, 'Its size is not known.'],
  [{ bytes: 0 }, 'It is empty.'],
  [
    { bytes: largestPicture + 100_000 },
    'At 20.1 MB it is too large to be shown here: the most is 20.0 MB.',
  ],
])('a picture with %j: %s', (change, reason) => {
  expect(whyNoPicture({ ...picture, ...change })).toBe(reason)
})

test.each([
  ['image/tiff', 'picture'],
  ['text/csv', 'table'],
  ['application/vnd.ms-excel', 'table'],
  ['application/json', 'code'],
  ['text/html', 'code'],
  ['text/plain', 'text'],
  ['application/pdf', 'text'],
  ['application/zip', 'archive'],
  ['audio/mpeg', 'audio'],
  ['video/mp4', 'video'],
  ['application/octet-stream', 'other'],
  [null, 'other'],
])('%s is of kind %s', (contentType, kind) => {
  expect(kindOfFile({ ...picture, contentType })).toBe(kind)
})
