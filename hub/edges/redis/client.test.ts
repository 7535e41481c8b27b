import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import { engineOrSkip } from '../../../deploy/engines/needed.ts'
import { redis } from '../../../deploy/engines/redis.ts'
import { clientOf } from '../../testing/redis-client.ts'

const CHANNEL = 'proef'

/** A way to Redis at `target` on which the next `breaks` connections end as soon as the client says `word`. */
async function breakingAt(target: number, word: string) {
  const way = { port: 0, breaks: 0, cut: () => {}, close: () => {} }
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('error', () => {})
      from.on('close', () => to.destroy())
    }
    way.cut = () => near.destroy()
    far.on('data', (bytes) => near.write(bytes))
    near.on('data', (bytes) => {
      if (way.breaks === 0 || !bytes.includes(word)) return far.write(bytes)
      way.breaks -= 1
      near.destroy()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  way.port = (server.address() as AddressInfo).port
  way.close = () => server.close()
  return way
}

describe('a client of Redis', function () {
  this.timeout(60_000)

  it('outlives a Redis that goes while it subscribes anew, and hears again afterwards', async function () {
    const { url = '' } = await engineOrSkip(this, redis)
    const way = await breakingAt(Number(new URL(url).port), 'subscribe')
    const through = new URL(url)
    through.port = String(way.port)
    const [listener, speaker] = await Promise.all([clientOf(through.href), clientOf(url)])
    const unheard: unknown[] = []
    const note = (reason: unknown) => unheard.push(reason)
    process.on('unhandledRejection', note)
    try {
      const heard: string[] = []
      listener.subscribe(CHANNEL, (text) => heard.push(text))
      const isHeard = async (text: string) => {
        while (!heard.includes(text)) {
          await speaker.publish(CHANNEL, text)
          await wait(20)
        }
      }
      await isHeard('before')
      way.breaks = 3
      way.cut()
      await isHeard('after')
      expect(way.breaks).to.equal(0)
      expect(unheard, 'what would end the process').to.eql([])
    } finally {
      process.off('unhandledRejection', note)
      for (const client of [listener, speaker]) client.close()
      way.close()
    }
  })
})
