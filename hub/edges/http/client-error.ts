import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { HubError } from '../../errors.ts'
import { faultOf } from '../../stages/ingest/fault-of.ts'
import { standardHeaders } from './headers.ts'
import { PROBLEM_TYPE, problemOf } from './problem.ts'

/** Gives what is no request in HTTP the same kind of answer as every other refusal, counts it, and ends the connection. */
export function answerClientErrors(server: Server, refused: (error: HubError) => void): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable || hasBegun(socket)) return void socket.destroy()
    const refusal = errorOf(error.code)
    refused(refusal)
    socket.end(answerTo(refusal))
  })
}

/** Whether a part of an answer has left already: nothing can be said any more. */
function hasBegun(socket: Duplex & { _httpMessage?: { headersSent: boolean; req?: IncomingMessage } }): boolean {
  return socket._httpMessage?.headersSent ?? false
}

function answerTo(error: HubError): string {
  const { status, body } = problemOf(error)
  const text = JSON.stringify(body)
  const headers = {
    ...standardHeaders,
    'Content-Type': PROBLEM_TYPE,
    'Content-Length': String(Buffer.byteLength(text)),
    Connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', text].join('\r\n')
}

function errorOf(code: string | undefined): HubError {
  if (code === 'HPE_HEADER_OVERFLOW') return new HubError('koppen-te-groot')
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new HubError('te-traag')
  return notHttp()
}

/** Bytes that are no request of HTTP/1.1. */
export function notHttp(): HubError {
  const fault = faultOf('', 'http', 'Dit is geen geldig HTTP-verzoek.', 'Stuur een verzoek volgens HTTP/1.1.')
  return new HubError('ongeldige-invoer', { faults: [fault] })
}
