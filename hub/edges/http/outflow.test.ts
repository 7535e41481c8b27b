import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import { type Outflow, outflow } from './outflow.ts'

const CHUNK = 'x'.repeat(1024 * 1024)
const ENOUGH = 400

describe('an answer that goes on', () => {
  const servers: Server[] = []
  after(() => {
    for (const server of servers) server.close()
  })

  /** Runs `send` for a reader that takes nothing until it is told to; answers what became of both ends. */
  async function serve(within_ms: number, send: (flow: Outflow, response: ServerResponse) => Promise<void>) {
    let goesOn = true
    const sent = Promise.withResolvers<ServerResponse>()
    const server = createServer((_request, response) => {
      const flow = outflow(response, { within_ms, look_ms: 20, mayGoOn: () => goesOn })
      send(flow, response).then(() => sent.resolve(response), sent.reject)
    })
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const reader = await new Promise<IncomingMessage>((resolve) => get({ port: (server.address() as AddressInfo).port }, resolve))
    return { reader, sent: sent.promise, refuse: () => (goesOn = false) }
  }

  /** Writes and writes, as a feed with a long past does. */
  const pour = (written: { chunks: number }) => async (flow: Outflow) => {
    while (flow.goesOn() && written.chunks < ENOUGH) {
      await flow.write(CHUNK)
      written.chunks++
    }
    flow.end()
  }

  it('waits for a reader that is slow, and cuts it at the end of its time', async () => {
    const written = { chunks: 0 }
    const { reader, sent } = await serve(300, pour(written))
    const cut = new Promise((resolve) => reader.on('error', resolve))
    expect((await sent).destroyed).to.equal(true)
    expect(written.chunks).to.be.lessThan(ENOUGH)
    reader.resume()
    await cut
  })

  it('goes on when the reader does', async () => {
    const written = { chunks: 0 }
    const { reader, sent } = await serve(60_000, pour(written))
    await wait(50)
    let bytes = 0
    reader.on('data', (data: Buffer) => (bytes += data.length))
    const ended = new Promise((resolve) => reader.on('end', resolve))
    await sent
    await ended
    expect(bytes).to.equal(ENOUGH * CHUNK.length)
  })

  it('ends as soon as it may not go on, and writes nothing more', async () => {
    const { reader, sent, refuse } = await serve(60_000, async (flow) => {
      await flow.write('before')
      while (flow.goesOn()) await flow.pause()
      await flow.write('after')
      flow.end()
    })
    refuse()
    let text = ''
    reader.setEncoding('utf8').on('data', (data: string) => (text += data))
    await new Promise((resolve) => reader.on('end', resolve))
    await sent
    expect(text).to.equal('before')
  })

  it('ends when its reader is gone', async () => {
    const { reader, sent } = await serve(60_000, async (flow) => {
      await flow.write('before')
      while (flow.goesOn()) await flow.pause()
      flow.end()
    })
    reader.destroy()
    expect((await sent).closed).to.equal(true)
  })
})
