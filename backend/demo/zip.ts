import { crc32 } from 'node:zlib'

/** An archive of one file that is stored as it is. */
export function zip(name: string, data: Buffer): Buffer {
  const fields = Buffer.alloc(26)
  // Version 2.0, no flags, stored, midnight of 1 January 2026.
  fields.writeUInt16LE(20, 0)
  fields.writeUInt16LE(((2026 - 1980) << 9) | (1 << 5) | 1, 8)
  fields.writeUInt32LE(crc32(data), 10)
  fields.writeUInt32LE(data.length, 14)
  fields.writeUInt32LE(data.length, 18)
  fields.writeUInt16LE(name.length, 22)
  const local = Buffer.concat([
    Buffer.from('PK\x03\x04', 'latin1'),
    fields,
    Buffer.from(name),
    data,
  ])
  const entry = Buffer.concat([
    Buffer.from('PK\x01\x02\x14\x00', 'latin1'),
    fields,
    // No comment, on disk 0, no attributes, at the beginning.
    Buffer.alloc(14),
    Buffer.from(name),
  ])
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(entry.length, 12)
  end.writeUInt32LE(local.length, 16)
  return Buffer.concat([local, entry, end])
}
