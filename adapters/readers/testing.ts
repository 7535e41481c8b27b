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
