import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import { validator } from '../../schemas/validate.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aBsn, aRegistration } from '../testing/registration.ts'

interface Event {
  id: string
  type: string
  dataref: string
}

describe('the feed, as list and as stream', () => {
  let test: TestHub
  before(async () => {
    test = await startTestHub()
  })
  after(() => test.stop())

  const list = async (client: string, query = '') => (await test.ask(client, 'GET', `/gebeurtenissen${query}`)).body
  const consent = (registratie: string) => ({
    registratie,
    over: 'jeugdige',
    gever: 'jeugdige',
    antwoord: 'ja',
    vorm: 'schriftelijk',
  })

  /** Two organisations register one child of sixteen, who agrees with both. */
  async function registerBoth(number: number): Promise<void> {
    for (const client of ['mee', 'rubicon']) {
      const persoon = { bsn: aBsn(number), geslachtsnaam: 'Proef', geboortedatum: '2009-01-01' }
      const { id } = (await test.ask(client, 'POST', '/registraties', { body: aRegistration({ persoon }) })).body
      expect((await test.ask(client, 'POST', '/toestemmingen', { body: consent(id) })).status).to.equal(201)
    }
  }

  it('says where to go on, on an empty page too', async () => {
    const empty = await list('vorkmeer')
    expect(empty.gebeurtenissen).to.eql([])
    expect(await list('vorkmeer', `?na=${empty.volgende}`)).to.eql(empty)
    expect(await list('vorkmeer', '?na=')).to.eql(empty)
    for (const na of ['onzin', '%7B%7D', 'WzBd0', 'WyJ4Il0'])
      expect((await test.ask('vorkmeer', 'GET', `/gebeurtenissen?na=${na}`)).status, na).to.equal(400)
  })

  it('tells both organisations and the coördinatiepunt of a match as soon as it is there', async () => {
    const cursors = new Map<string, string>()
    for (const client of ['mee', 'rubicon', 'coordinatiepunt']) cursors.set(client, (await list(client)).volgende)
    const started = performance.now()
    await registerBoth(1)
    const waiting = new Set(cursors.keys())
    while (waiting.size > 0 && performance.now() - started < 5000) {
      for (const client of waiting) {
        const { gebeurtenissen } = await list(client, `?na=${cursors.get(client)}`)
        if (gebeurtenissen.some((event: Event) => event.type === 'nl.verwijsindex.match.geopend.v1')) waiting.delete(client)
      }
      await wait(5)
    }
    expect([...waiting]).to.eql([])
  })

  it('gives events that hold nothing of anyone, and whose dataref can be fetched', async () => {
    await registerBoth(2)
    await test.untilProcessed()
    for (const client of ['mee', 'rubicon', 'coordinatiepunt']) {
      const { gebeurtenissen } = await list(client, '?limiet=1000')
      for (const event of gebeurtenissen as Event[]) {
        expect(event).to.have.all.keys('specversion', 'id', 'source', 'type', 'time', 'dataref')
        const fetched = await test.ask(client, 'GET', event.dataref.replace(/^\/v1/, ''))
        expect(fetched.status, `${event.type} ${event.dataref}`).to.equal(200)
      }
    }
  })

  it('keeps its order and its pages while events are added', async () => {
    const before = (await list('mee', '?limiet=1000')).gebeurtenissen as Event[]
    const seen: Event[] = []
    let na = ''
    for (let round = 0; round < 50; round++) {
      const page = await list('mee', `?limiet=2&na=${na}`)
      seen.push(...page.gebeurtenissen)
      na = page.volgende
      if (round === 1) await registerBoth(3)
      await test.untilProcessed()
      if (page.gebeurtenissen.length === 0) break
    }
    expect(seen.slice(0, before.length)).to.eql(before)
    expect(seen).to.eql((await list('mee', '?limiet=1000')).gebeurtenissen)
    expect(new Set(seen.map((event) => event.id)).size).to.equal(seen.length)
  })

  /** Reads messages of the stream until there are `count`, or none came for a while. */
  async function stream(client: string, lastId: string | null, count: number, during: () => Promise<unknown> = async () => {}) {
    const controller = new AbortController()
    const headers = {
      authorization: `Bearer ${await test.token(client)}`,
      ...(lastId === null ? {} : { 'last-event-id': lastId }),
    }
    const response = await fetch(`${test.baseUrl}/v1/gebeurtenissen/_stroom`, { headers, signal: controller.signal })
    expect(response.status).to.equal(200)
    expect(response.headers.get('content-type')).to.match(/^text\/event-stream/)
    expect(response.headers.get('api-version')).to.equal('1.0.0')
    const reader = (response.body as ReadableStream<Uint8Array>).getReader()
    const decoder = new TextDecoder()
    let text = ''
    const given = during()
    const messages = () =>
      text
        .split('\n\n')
        .slice(0, -1)
        .filter((part) => part.includes('data: '))
    while (messages().length < count) {
      const { value, done } = await reader.read()
      if (done) break
      text += decoder.decode(value, { stream: true })
    }
    await given
    controller.abort()
    return messages().map((part) => ({
      id: /^id: (.*)$/m.exec(part)?.[1] as string,
      event: JSON.parse(/^data: (.*)$/m.exec(part)?.[1] as string) as Event,
    }))
  }

  it('streams what the list gives, from the last id on, and what comes while it is read', async () => {
    const all = (await list('mee', '?limiet=1000')).gebeurtenissen as Event[]
    const first = await stream('mee', null, all.length)
    expect(first.map((message) => message.event)).to.eql(all)
    for (const { event } of first) expect(validator('gebeurtenis')(event)).to.eql([])
    const rest = await stream('mee', first[1]?.id as string, all.length - 2)
    expect(rest.map((message) => message.event)).to.eql(all.slice(2))
    const later = await stream('mee', first.at(-1)?.id as string, 2, () => registerBoth(4))
    const now = (await list('mee', '?limiet=1000')).gebeurtenissen as Event[]
    expect(later.map((message) => message.event)).to.eql(now.slice(all.length, all.length + 2))
    const page = await list('mee', `?na=${first[1]?.id}&limiet=1`)
    expect(page.gebeurtenissen).to.eql([all[2]])
  })
})
