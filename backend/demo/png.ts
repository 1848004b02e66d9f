import { crc32 } from 'node:zlib'
import type { Random } from './random'

/** The size of every picture. */
export const imageSize = { width: 72, height: 45 } as const

/** A picture of bars in a few colours. */
export function png(random: Random): Buffer {
  const { width, height } = imageSize
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // Eight bits for a pixel, which is an index into the palette.
  header.set([8, 3, 0, 0, 0], 8)
  const palette = Buffer.from(Array.from({ length: 3 * 4 }, () => random.int(256)))
  const bars = Array.from({ length: width / 8 }, () => random.between(4, height))
  const rows = Array.from({ length: height }, (_, y) =>
    // Each row begins with the number of its filter, which is none.
    [0, ...Array.from({ length: width }, (_, x) => pixel(bars[x >> 3] ?? 0, height - y))],
  )
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('PLTE', palette),
    pngChunk('IDAT', storedZlib(Buffer.from(rows.flat()))),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

function pixel(bar: number, level: number): number {
  return level > bar ? 0 : 1 + (level % 3)
}

function pngChunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  return Buffer.concat([uint32(data.length), named, uint32(crc32(named))])
}

/** A zlib stream of one block that is stored as it is; of less than 64 KiB. */
function storedZlib(data: Buffer): Buffer {
  const head = Buffer.from([0x78, 0x01, 1, 0, 0, 0, 0])
  head.writeUInt16LE(data.length, 3)
  head.writeUInt16LE(0xffff - data.length, 5)
  let a = 1
  let b = 0
  for (const byte of data) {
    a = (a + byte) % 65_521
    b = (b + a) % 65_521
  }
  return Buffer.concat([head, data, uint32(b * 65_536 + a)])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
