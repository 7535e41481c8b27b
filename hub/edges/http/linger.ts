import type { Response } from 'express'
import { PROBLEM_TYPE } from './problem.ts'

/** Far more than any operation takes, so that whoever sends too much can finish and hear so. */
const DRAIN_MAX_BYTES = 128 * 1024 * 1024
const DRAIN_MAX_MS = 30_000
const DRAIN_IDLE_MS = 5000

/**
 * Sends a refusal, also to who is still sending. Closing under a client that writes makes its system throw away the answer it has not read yet (RFC 9112, 9.6),
 * so the answer leaves whole at once, and the connection ends or goes on only when the request was read to its end: so many bytes, for so long, with no longer pause, and no more.
 */
export function sendWhileReading(response: Response, problem: object): void {
  const { req: request } = response
  const text = JSON.stringify(problem)
  response.setHeader('Content-Type', PROBLEM_TYPE)
  response.setHeader('Content-Length', Buffer.byteLength(text))
  const isSending =
    !request.complete && (request.headers['content-length'] ?? request.headers['transfer-encoding'] ?? '0') !== '0'
  if (!isSending) return void response.end(text)
  let left = DRAIN_MAX_BYTES
  const stop = setTimeout(() => request.destroy(), DRAIN_MAX_MS)
  const idle = setTimeout(() => request.destroy(), DRAIN_IDLE_MS)
  response.write(text)
  request.on('data', (part: Buffer) => {
    left -= part.length
    idle.refresh()
    if (left < 0) request.destroy()
  })
  request.once('close', () => {
    clearTimeout(stop)
    clearTimeout(idle)
    response.end()
  })
}
