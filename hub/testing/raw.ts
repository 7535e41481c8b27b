import { connect } from 'node:net'
import type { Left } from './conforms.ts'

/**
 * Sends bytes as they are, for what no client would send, and reads until the hub closes or, without `Connection: close`, until
 * `idle_ms` pass in silence. Chunks are written one after the other with `pause_ms` between them.
 */
export async function sendRaw(
  baseUrl: string,
  chunks: (string | Uint8Array)[],
  { idle_ms = 3000, pause_ms = 0 }: { idle_ms?: number; pause_ms?: number } = {},
): Promise<Left> {
  const { hostname, port } = new URL(baseUrl)
  const socket = connect(Number(port), hostname)
  const parts: Buffer[] = []
  socket.on('data', (part) => parts.push(part))
  const ended = new Promise<void>((resolve) => {
    socket.on('close', () => resolve())
    socket.on('error', () => resolve())
    socket.setTimeout(idle_ms, () => socket.destroy())
  })
  for (const chunk of chunks) {
    socket.write(chunk)
    if (pause_ms > 0) await new Promise((resolve) => setTimeout(resolve, pause_ms))
  }
  await ended
  return parse(Buffer.concat(parts).toString())
}

/** Sends a head and `size` spaces, piece by piece, and reads only then: how many of those went out, and what was answered. */
export async function sendBeforeReading(baseUrl: string, head: string, size: number): Promise<{ sent: number; text: string }> {
  const { hostname, port } = new URL(baseUrl)
  const socket = connect(Number(port), hostname).pause()
  socket.on('error', () => socket.destroy())
  socket.write(head)
  const piece = Buffer.alloc(65536, ' ')
  let sent = 0
  while (sent < size && !socket.destroyed) {
    const part = piece.subarray(0, size - sent)
    const isOut = await new Promise<boolean>((resolve) => socket.write(part, (error) => resolve(!error)))
    if (isOut) sent += part.length
  }
  return { sent, text: Buffer.concat(socket.destroyed ? [] : await socket.toArray()).toString() }
}

function parse(answer: string): Left {
  const [head = '', ...body] = answer.split('\r\n\r\n')
  const [first = '', ...lines] = head.split('\r\n')
  const headers = new Headers(
    lines.map((line): [string, string] => [line.split(':')[0] ?? '', line.slice(line.indexOf(':') + 1).trim()]),
  )
  return { status: Number(first.split(' ')[1] ?? 0), headers, text: body.join('\r\n\r\n') }
}
