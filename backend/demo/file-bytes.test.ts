import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { demoBytes } from './file-bytes'
import { demoFiles } from './knowledge'
import { demoTotal } from './plan'
import { imageSize } from './png'
import { createRandom } from './random'

const random = () => createRandom('bytes', 1)

test('a picture unpacks to a row of indexes for every line', () => {
  const bytes = demoBytes('png', random())
  const at = bytes.indexOf('IDAT')
  const packed = bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at - 4))

  expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
  expect(inflateSync(packed)).toHaveLength((imageSize.width + 1) * imageSize.height)
})

test('the table of a PDF says where its objects are', () => {
  const text = demoBytes('pdf', random()).toString('latin1')
  const table = Number(/startxref\n(\d+)/.exec(text)?.[1])
  const offsets = [...text.matchAll(/^(\d{10}) 00000 n/gm)].map(([, offset]) => Number(offset))

  expect(text.slice(table, table + 4)).toBe('xref')
  expect(offsets.map((offset) => text.slice(offset, offset + 7))).toEqual(
    [1, 2, 3, 4, 5].map((number) => `${number} 0 obj`),
  )
})

test.each(['png', 'pdf', 'csv', 'log', 'svg', 'zip'] as const)(
  '%s is small and repeatable',
  (format) => {
    const bytes = demoBytes(format, random())

    expect(bytes.length).toBeGreaterThan(50)
    expect(bytes.length).toBeLessThan(10_000)
    expect(demoBytes(format, random())).toEqual(bytes)
  },
)

test('every file of the demo has bytes of its own, and some are empty', () => {
  const files = [...demoFiles(demoTotal)]

  expect(new Set(files.map(({ locationId }) => locationId)).size).toBe(files.length)
  expect(files.some(({ bytes }) => bytes.length === 0)).toBe(true)
})
