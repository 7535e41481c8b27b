import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A receiver of webhooks that keeps which messages it got. */
export interface Receiver {
  url: string
  /** Ids of messages, each once. */
  ids: Set<string>
  /** Times that a message came that was there already: allowed, its id tells. */
  repeated(): number
  close(): void
}

export async function startReceiver(): Promise<Receiver> {
  const ids = new Set<string>()
  let calls = 0
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      calls++
      ids.add(String(request.headers['webhook-id']))
      response.writeHead(204).end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    ids,
    repeated: () => calls - ids.size,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
