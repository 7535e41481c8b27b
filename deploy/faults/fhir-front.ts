import { createServer as createPlain, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTls, type ServerOptions } from 'node:https'
import type { AddressInfo } from 'node:net'

/** A server in front of a FHIR server. */
export interface Front {
  url: string
  /** Of connections over TLS that were not let in: why. */
  refused: string[]
  close(): void
}

export interface FrontOptions {
  /** Over TLS; absent: plain. */
  tls?: ServerOptions
  /** Answers by itself what it takes, and answers true then. */
  take?(request: IncomingMessage, response: ServerResponse): boolean
  /** What becomes of a body on its way back; `path` is within the server. */
  change?(body: string, path: string): string
}

/** Passes on what it is asked, under its own address: the addresses in what comes back are its own. */
export async function frontOf(target: string, { tls, take, change = (body) => body }: FrontOptions): Promise<Front> {
  const passOn = async (request: IncomingMessage, response: ServerResponse) => {
    if (take?.(request, response)) return
    const path = (request.url ?? '').slice('/fhir'.length)
    const headers = { authorization: request.headers.authorization ?? '', accept: 'application/fhir+json' }
    const answer = await fetch(target + path, { headers }).catch(() => null)
    if (!answer) return void response.writeHead(502).end()
    const body = change((await answer.text()).replaceAll(target, own.url), path)
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(body)
  }
  const server = tls ? createTls(tls, passOn) : createPlain(passOn)
  server.on('tlsClientError', ({ code = '' }: NodeJS.ErrnoException) => own.refused.push(code))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const own: Front = {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`,
    refused: [],
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
  return own
}
