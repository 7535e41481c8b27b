import type { IncomingMessage } from 'node:http'
import { Agent, request } from 'node:https'

const WITHOUT_BODY = [204, 304]

/**
 * `fetch` over TLS for who shows a certificate of its own, or reaches a hub whose certificate no public authority signed. Both in PEM. The server must
 * have one of the `trusted` certificates or be signed by it; its name is not looked at, because these are this machine's own.
 */
export function tlsFetch(trusted: string | Buffer, identity?: string): typeof fetch {
  const own = identity === undefined ? {} : { cert: identity, key: identity }
  const trust = { ca: trusted, allowPartialTrustChain: true, checkServerIdentity: () => undefined }
  const agent = new Agent({ keepAlive: true, ...trust, ...own })
  return (address, init) => send(new Request(address, init), agent)
}

async function send(asked: Request, agent: Agent): Promise<Response> {
  const { promise, resolve, reject } = Promise.withResolvers<Response>()
  const { url, method, headers, signal } = asked
  const options = { agent, method, headers: Object.fromEntries(headers), signal }
  const sent = request(url, options, (answer) => readAnswer(answer).then(resolve, reject))
  sent.on('error', reject)
  sent.end(asked.body ? Buffer.from(await asked.arrayBuffer()) : undefined)
  return promise
}

async function readAnswer(answer: IncomingMessage): Promise<Response> {
  const status = answer.statusCode ?? 0
  const bytes = Buffer.concat(await answer.toArray())
  const headers = Object.entries(answer.headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  )
  return new Response(WITHOUT_BODY.includes(status) ? null : new Uint8Array(bytes), { status, headers })
}
