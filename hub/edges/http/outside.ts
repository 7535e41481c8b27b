import type { IncomingMessage } from 'node:http'
import type { Response } from 'express'
import { HubError } from '../../errors.ts'
import type { Gate } from '../rate-limit.ts'
import { sendWhileReading } from './linger.ts'
import { problemOf } from './problem.ts'

const TARGET_AND_HEADERS_MAX = 16 * 1024
/** A token or proof that is too large is refused as a token, by what checks tokens. */
const CHECKED_ELSEWHERE = new Set(['authorization', 'dpop'])

/** Refuses what belongs to no operation. Nobody has shown a token here: so many a second from one address, and no more. */
export async function refuseOutside(gate: Gate, request: IncomingMessage, response: Response, error: HubError): Promise<void> {
  const refusal = (await withinLimit(gate, request)) ?? error
  gate.refused(refusal)
  sendProblem(response, refusal)
}

/** An error as a problem; a connection whose answer has begun can only be cut. */
export function sendProblem(response: Response, error: unknown): void {
  const { status, headers, body } = problemOf(error)
  if (response.headersSent) return void response.destroy()
  response.status(status).set(headers)
  sendWhileReading(response, body)
}

/** Whether address and headers are larger than any client needs. Node's own limit lies far above, so that a token of a megabyte is answered too. */
export function isTooLarge({ url = '', rawHeaders }: IncomingMessage): boolean {
  let size = url.length
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? ''
    if (!CHECKED_ELSEWHERE.has(name.toLowerCase())) size += name.length + (rawHeaders[at + 1] ?? '').length + 4
  }
  return size > TARGET_AND_HEADERS_MAX
}

async function withinLimit({ limit, addressOf }: Gate, request: IncomingMessage): Promise<HubError | undefined> {
  try {
    await limit.count(addressOf(request), 'onbekend')
  } catch (error) {
    if (error instanceof HubError) return error
    throw error
  }
}
