import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { HubError } from '../errors.ts'

/**
 * The lines of a file, or of stdin for `-`, in batches as they arrive; without their line ends and without a BOM. Only a line
 * feed ends a line: JSON texts may hold every other separator. Throws `gebruik` when the file cannot be read.
 */
export async function* linesOf(path: string): AsyncGenerator<string[]> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of bytesOf(path)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop()!
    if (lines.length > 0) yield lines.map(withoutReturn)
  }
  rest += decoder.decode()
  if (rest !== '') yield [withoutReturn(rest)]
}

/** Writes lines to stdout, and waits when the reader is slower than we are. */
export async function writeLines(lines: readonly string[]): Promise<void> {
  if (lines.length > 0 && !process.stdout.write(`${lines.join('\n')}\n`)) await once(process.stdout, 'drain')
}

async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* path === '-' ? process.stdin : createReadStream(path)
  } catch (cause) {
    throw new HubError('gebruik', { detail: `Bestand “${path}” is niet te lezen.`, cause })
  }
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line
}
