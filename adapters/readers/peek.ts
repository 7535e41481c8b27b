import type { Content } from '../adapter.ts'

/** The first bytes of a content, at least `bytes` where it has as many, and the content as it was. */
export async function peek(content: Content, bytes: number): Promise<{ head: Uint8Array; all: Content }> {
  if (content instanceof Uint8Array) return { head: content.subarray(0, bytes), all: content }
  const chunks: Uint8Array[] = []
  const source = content[Symbol.asyncIterator]()
  for (let held = 0; held < bytes; ) {
    const { value, done } = await source.next()
    if (done) break
    chunks.push(value)
    held += value.length
  }
  return { head: Buffer.concat(chunks), all: resumed(chunks, source) }
}

async function* resumed(chunks: Uint8Array[], source: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks
    for (let next = await source.next(); !next.done; next = await source.next()) yield next.value
  } finally {
    await source.return?.()
  }
}
