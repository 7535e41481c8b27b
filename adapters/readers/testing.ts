import { crc32, deflateRawSync } from 'node:zlib'
import { SourceFault } from '../source-fault.ts'

export function bytes(text: string, encoding: BufferEncoding = 'utf8'): Buffer {
  return Buffer.from(text, encoding)
}

/** All that is read, and the codes of what stopped the reading. */
export async function outcome<T>(items: AsyncIterable<T>): Promise<{ items: T[]; codes: string[] }> {
  const read: T[] = []
  try {
    for await (const item of items) read.push(item)
  } catch (error) {
    if (!(error instanceof SourceFault)) throw error
    return { items: read, codes: error.fouten.map(({ code }) => code) }
  }
  return { items: read, codes: [] }
}

/** A ZIP file of these entries (APPNOTE 4.3.6). `claims` overrides what the table of contents says of an entry's unpacked size. */
export function zip(entries: Record<string, string>, claims: Record<string, number> = {}): Buffer {
  const locals: Buffer[] = []
  const table: Buffer[] = []
  let offset = 0
  for (const [name, text] of Object.entries(entries)) {
    const packed = deflateRawSync(text)
    const shared = Buffer.alloc(26)
    shared.writeUInt16LE(20, 0)
    shared.writeUInt16LE(8, 4)
    shared.writeUInt32LE(crc32(text), 10)
    shared.writeUInt32LE(packed.length, 14)
    shared.writeUInt32LE(claims[name] ?? Buffer.byteLength(text), 18)
    shared.writeUInt16LE(name.length, 22)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    const local = Buffer.concat([bytes('PK\x03\x04', 'latin1'), shared, bytes(name), packed])
    table.push(Buffer.concat([bytes('PK\x01\x02\x14\x00', 'latin1'), shared, place, bytes(name)]))
    locals.push(local)
    offset += local.length
  }
  const directory = Buffer.concat(table)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(table.length, 8)
  end.writeUInt16LE(table.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, directory, end])
}
