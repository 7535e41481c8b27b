import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import { startTestHub } from '../testing/hub.ts'
import { aBsn } from '../testing/registration.ts'
import { scenarioOn } from '../testing/scenario.ts'

const GUARDIAN = [{ kenmerk: 'o1', relatie: 'ouder', gezag: 'ja' }]
const TYPES = ['match.geopend', 'match.gewijzigd', 'match.gesloten', 'match.ingetrokken', 'registratie.verwerkt'].map(
  (type) => `nl.verwijsindex.${type}.v1`,
)
const RECEIVERS = ['mee', 'vorkmeer', 'coordinatiepunt']

describe('webhooks of a sealed match', function () {
  this.timeout(120_000)

  it('are those of no match: the same messages, with ids, times and signatures aside', async () => {
    const sealed = await delivered(1)
    const none = await delivered(2)
    expect(sealed).to.deep.equal(none)
    expect(sealed.filter((message) => message.includes('registratie.verwerkt'))).to.have.length(2)
    expect(sealed.filter((message) => message.includes('.match.'))).to.deep.equal([])
  })
})

/** What every receiver's address gets when two organisations register, without consent: one child, or two. */
async function delivered(children: 1 | 2): Promise<string[]> {
  const received: string[] = []
  const receiver = await receiving(received)
  const test = await startTestHub()
  try {
    const s = scenarioOn(test)
    for (const client of RECEIVERS)
      await s.must(client, 'POST', '/abonnementen', {
        url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/${client}`,
        typen: TYPES,
      })
    const child = (number: number) => ({ bsn: aBsn(number), geboortedatum: '2019-05-06' })
    await s.register({ by: 'mee', kenmerk: 'a', persoon: child(1), gezagsdragers: GUARDIAN })
    await s.register({ by: 'vorkmeer', kenmerk: 'b', persoon: child(children), gezagsdragers: GUARDIAN })
    for (let i = 0; i < 500 && received.length < 2; i++) await wait(20)
    await wait(1000)
  } finally {
    await test.stop()
    receiver.closeAllConnections()
    await new Promise((resolve) => receiver.close(resolve))
  }
  return received.sort()
}

/** An address per receiver; what arrives is kept without its id, its time and the id in its path. */
async function receiving(received: string[]): Promise<Server> {
  const receiver = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const { id: _id, time: _time, dataref, ...rest } = JSON.parse(Buffer.concat(parts).toString())
    received.push(JSON.stringify([request.url, rest, dataref.replace(/_[0-9A-Z]{26}/, '')]))
    response.writeHead(204).end()
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  return receiver
}
