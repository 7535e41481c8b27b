import { expect } from 'chai'
import { Kafka, logLevel } from 'kafkajs'
import type { Address } from '../../deploy/engines/engine.ts'
import { kafka } from '../../deploy/engines/kafka.ts'
import { engineOrSkip } from '../../deploy/engines/needed.ts'
import { validator } from '../../schemas/validate.ts'
import { kafkaBroker } from '../edges/kafka/broker.ts'
import { memory, newTopic, until } from '../edges/kafka/testing/contract.ts'
import { createLog } from '../edges/log.ts'
import type { Broker } from '../ports/broker.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aBsn, aRegistration } from '../testing/registration.ts'

describe('a hub on Kafka', function () {
  this.timeout(180_000)
  let test: TestHub
  let broker: Broker
  let address: Address
  const prefix = newTopic()

  before(async function () {
    address = await engineOrSkip(this, kafka)
    const settings = { brokers: [address.brokers!], prefix, tls: null, sasl: null }
    test = await startTestHub({ kafka: settings })
    broker = readerOf('sender')
    await until(async () => (await topics()).includes(`${prefix}.registraties.mee`))
  })
  after(async () => {
    await test?.stop()
    await broker?.close()
  })

  const send = (client: string, bodies: object[], key = (body: { kenmerk?: string }) => `${client}/${body.kenmerk}`) =>
    broker.publish(
      `${prefix}.registraties.${client}`,
      bodies.map((body) => ({ key: key(body), value: JSON.stringify(body), headers: {} })),
    )
  const own = async (client: string) =>
    (await test.ask(client, 'GET', '/registraties?limiet=1000')).body.registraties as { kenmerk: string }[]
  const quarantine = () => test.hub.store.read((tx) => tx.imports.listQuarantine('', 1000))

  it('says so', async () => {
    const { body } = await test.ask('beheer', 'GET', '/status')
    expect(JSON.stringify(body)).to.include('"kafka"')
  })

  it('takes registrations, links them, and sends the match to both, each on its own topic', async () => {
    const persoon = { bsn: aBsn(81), voornamen: 'Noor', geslachtsnaam: 'Kafkaproef', geboortedatum: '2013-04-01' }
    const seen = { mee: memory(), rubicon: memory() }
    const reading = Object.entries(seen).map(([id, intake]) => readerOf(id).consume([`${prefix}.gebeurtenissen.${id}`], intake))
    const bodies = { mee: aRegistration({ persoon }), rubicon: aRegistration({ persoon }) }
    for (const client of ['mee', 'rubicon'] as const) {
      await send(client, [bodies[client]])
      await until(async () => (await own(client)).length === 1)
    }
    for (const client of ['mee', 'rubicon'] as const) {
      const { body } = await test.ask(client, 'GET', '/registraties')
      const consent = {
        registratie: body.registraties[0].id,
        over: 'jeugdige',
        gever: 'jeugdige',
        antwoord: 'ja',
        vorm: 'schriftelijk',
        bereik: {},
        geldigVanaf: '2026-01-05',
      }
      await test.ask(client, 'POST', '/toestemmingen', { body: consent })
    }
    const feed = async (id: string) => (await test.ask(id, 'GET', '/gebeurtenissen')).body.gebeurtenissen as object[]
    for (const id of ['mee', 'rubicon'] as const) {
      await until(async () => seen[id].values().length > 0 && seen[id].values().length === (await feed(id)).length)
      const events = seen[id].values().map((value) => JSON.parse(value))
      expect(events.map((event) => event.id).toSorted()).to.eql(
        (await feed(id)).map((event) => (event as { id: string }).id).toSorted(),
      )
      for (const event of events) expect(validator('gebeurtenis')(event)).to.eql([])
    }
    await Promise.all(reading.map((each) => each.stop()))
  })

  it('refuses what is wrong with every fault, keeps it sealed, and tells so on the topic of refusals; the rest goes on', async () => {
    const refusals = memory()
    const reading = readerOf('vorkmeer').consume([`${prefix}.afgekeurd.vorkmeer`], refusals)
    const good = aRegistration()
    const reusedId = aRegistration({ bronbericht: good.bronbericht, kenmerk: good.kenmerk })
    await send('vorkmeer', [aRegistration(), { ...aRegistration(), versie: 'x', onbekend: 1 }, good])
    await send('vorkmeer', [reusedId])
    await send('vorkmeer', [aRegistration()], () => 'mee/elders')
    await broker.publish(`${prefix}.registraties.vorkmeer`, [{ key: 'x', value: '{"kapot":', headers: {} }])
    await send('vorkmeer', [aRegistration()])
    await until(async () => (await own('vorkmeer')).length === 3 && refusals.values().length >= 4)
    await reading.stop()
    const found = (await quarantine()).filter(({ client }) => client === 'vorkmeer')
    expect(found).to.have.length(4)
    const told = refusals.values().map((value) => JSON.parse(value))
    expect(told.map(({ id }) => id).toSorted()).to.eql(found.map(({ id }) => id).toSorted())
    const codes = told.flatMap(({ fouten }) => fouten.map(({ code }: { code: string }) => code))
    expect(codes).to.include.members(['sleutel', 'bronbericht-hergebruikt'])
    expect(JSON.stringify(told)).not.to.include('Voorbeeld')
  })

  it('reads nothing twice after a restart, and what came meanwhile', async () => {
    const before = await own('bureau-jeugdzorg')
    await send('bureau-jeugdzorg', [aRegistration(), aRegistration()])
    await until(async () => (await own('bureau-jeugdzorg')).length === before.length + 2)
    const refused = (await quarantine()).length
    const lines = await test.hub.accessLog.size()
    await test.restart()
    await send('bureau-jeugdzorg', [aRegistration()])
    await until(async () => (await own('bureau-jeugdzorg')).length === before.length + 3)
    expect((await quarantine()).length).to.equal(refused)
    expect(await test.hub.accessLog.size()).to.be.greaterThan(lines)
  })

  it('refuses the messages of a client that was struck out, and keeps them', async () => {
    const clients = test.hub.region.clients
    test.hub.region.clients = clients.filter(({ id }) => id !== 'rubicon') as typeof clients
    const before = (await quarantine()).length
    await send('rubicon', [aRegistration()])
    await until(async () => (await quarantine()).length === before + 1)
    test.hub.region.clients = clients
    expect((await quarantine()).at(-1)!.faults).to.include('"client"')
  })

  /** A system of its own, in a group of its own. */
  function readerOf(name: string): Broker {
    return kafkaBroker({ brokers: [address.brokers!], prefix: `${prefix}-${name}`, tls: null, sasl: null }, createLog('silent'))
  }

  async function topics(): Promise<string[]> {
    const admin = new Kafka({ brokers: [address.brokers!], logLevel: logLevel.NOTHING }).admin()
    await admin.connect()
    const names = await admin.listTopics()
    await admin.disconnect()
    return names
  }
})
