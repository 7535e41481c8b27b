import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import { dayOf, isDay, startOfDay } from '../stages/calendar.ts'
import type { ConsentCase } from '../stages/consent/case.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aBsn } from '../testing/registration.ts'
import { scenarioOn } from '../testing/scenario.ts'

type Json = Record<string, unknown>
type Scenario = ReturnType<typeof scenarioOn>
type Case = ConsentCase & { geval: string; verwacht: { besluit: string; regel: string; grond: string } }

const POLICIES = new URL('../../schemas/policies/', import.meta.url)
/** In the example region no organisation is of another kind than these; the others' cases are `policy test`'s. */
const KNOWN: Record<string, string> = { mee: 'mee', coordinatiepunt: 'coordinatiepunt' }
const CLIENTS = ['mee', 'coordinatiepunt', 'privacy-functionaris', 'beheer', 'vorkmeer']

/** Cases that the API can pose: a birth date, a recipient of the region, answers about the young person by those named. */
function denials(policy: string): Case[] {
  return (
    readFileSync(new URL(`${policy}.gevallen.ndjson`, POLICIES), 'utf8')
      .split('\n')
      .flatMap((line) => (line ? [JSON.parse(line) as Case] : []))
      .filter(({ verwacht }) => verwacht.besluit === 'weigeren' && !['fout', 'geen-regel'].includes(verwacht.regel))
      .filter(
        ({ ontvanger, over, organisatie }) =>
          KNOWN[ontvanger.id] !== undefined && (over ?? 'jeugdige') === 'jeugdige' && !organisatie,
      )
      .filter(({ persoon }) => isPosable(persoon.geboortedatum ?? '') && persoon.oordeelsbekwaam === undefined)
      .filter(({ toestemmingen = [] }) => toestemmingen.every(isPosableAnswer))
      .filter(({ doorbreking }) => !doorbreking)
      // A case of a whole day asks more than the API does at one moment of it.
      .filter(({ peildatum, toestemmingen = [] }) => peildatum.length > 10 || !toestemmingen.some(hasHour))
      .filter(({ gezagsdragers, toestemmingen = [] }) => toestemmingen.every(({ gever }) => isNamed(gezagsdragers, gever)))
  )
}

function isPosableAnswer({ over, vorm, voor, antwoord }: ConsentCase['toestemmingen'][number]): boolean {
  return (over ?? 'jeugdige') === 'jeugdige' && vorm != null && (!voor || antwoord === 'nee')
}

function hasHour({ geldigVanaf, geldigTot, intrekkingOp }: ConsentCase['toestemmingen'][number]): boolean {
  return [geldigVanaf, geldigTot, intrekkingOp].some((each) => each && each.length > 10)
}

/** A birth date, or the known part of one, that the API takes. */
function isPosable(birth: string): boolean {
  return /^\d{4}(-\d\d){0,2}$/.test(birth) && !birth.startsWith('0000') && isDay(`${birth}-01-01`.slice(0, 10))
}

function isNamed(guardians: ConsentCase['gezagsdragers'], who: string): boolean {
  return who === 'jeugdige' || guardians.some(({ kenmerk }) => kenmerk === who)
}

describe('every denial of the hand-written cases, through the API', function () {
  this.timeout(120_000)
  for (const policy of ['peel-en-maas-1g1p', 'ouders-12-16', 'jeugdwet-7.3', 'venray'])
    it(`${policy}: no role learns of it in any list, read, feed, stream, webhook, follow-up, figure, search or error`, async () => {
      const cases = denials(policy)
      expect(cases.length).to.be.above(policy === 'peel-en-maas-1g1p' ? 100 : 4)
      const groups = [...Map.groupBy(cases, ({ peildatum }) => instantOf(peildatum))].sort(([a], [b]) => a - b)
      const test = await startTestHub({ clock: new Date(groups[0]?.[0] ?? 0).toISOString(), policy })
      const hooks = await receiver()
      try {
        const s = scenarioOn(test)
        const typen = ['match.geopend', 'match.gewijzigd', 'registratie.verwerkt'].map((type) => `nl.verwijsindex.${type}.v1`)
        const abonnement = { url: hooks.url, typen }
        for (const by of ['mee', 'coordinatiepunt']) await s.must(by, 'POST', '/abonnementen', abonnement)
        for (const [at, group] of groups) await replay(test, s, new Date(at), group)
        for (let i = 0; i < 200 && hooks.types.length === 0; i++) await wait(20)
        expect(hooks.types).to.include('nl.verwijsindex.registratie.verwerkt.v1')
        expect(hooks.types.filter((type) => type.includes('.match.'))).to.deep.equal([])
      } finally {
        hooks.close()
        await test.stop()
      }
    })
})

/** A day is taken at its noon. */
function instantOf(moment: string): number {
  return moment.length === 10 ? startOfDay(moment).getTime() + 12 * 3_600_000 : Date.parse(moment)
}

/** All denials of one moment: each a child of its own, registered by the asker and by the one who is not to be seen. */
async function replay(test: TestHub, s: Scenario, at: Date, cases: Case[]): Promise<void> {
  test.hub.clock.domain = () => at
  for (const kase of cases) await pose(test, s, kase, dayOf(at))
  const what = `${at.toISOString()} ${cases.map(({ geval }) => geval).join()}`
  await expectSilence(test, s, what)
  for (const { geval } of cases) await s.end('rubicon', `geweigerd-${geval}`, 2, dayOf(at))
}

let posed = 0

async function pose(test: TestHub, s: Scenario, kase: Case, begindatum: string): Promise<void> {
  posed += 1
  const { geval } = kase
  const persoon = {
    bsn: aBsn(2000 + posed),
    geboortedatum: kase.persoon.geboortedatum,
    rolInGezin: kase.persoon.rolInGezin ?? 'jeugdige',
  }
  const gezagsdragers = kase.gezagsdragers.map(({ kenmerk, gezag, relatie }) => ({
    kenmerk,
    gezag: gezag ?? 'onbekend',
    ...(relatie ? { relatie } : {}),
  }))
  const betrokkenheid = { status: 'actief', begindatum, ...(kase.kader ? { kader: kase.kader } : {}) }
  await s.register({ by: 'rubicon', kenmerk: `geweigerd-${geval}`, persoon, gezagsdragers, betrokkenheid, ...informed(kase) })
  for (const { gever, antwoord, vorm, bereik, voor, geldigVanaf, geldigTot, intrekkingOp } of kase.toestemmingen ?? []) {
    const dates = { ...(geldigVanaf ? { geldigVanaf } : {}), ...(geldigTot ? { geldigTot } : {}), ...(voor ? { voor } : {}) }
    const id = await s.consent('rubicon', `geweigerd-${geval}`, { gever, antwoord, vorm, bereik: bereik ?? {}, ...dates })
    if (intrekkingOp) await s.must('rubicon', 'POST', `/toestemmingen/${id}/intrekkingen`, { op: intrekkingOp })
  }
  // The asker's own side comes last: an answer that was withdrawn stood for a moment.
  if (kase.ontvanger.id === 'mee')
    await s.register({
      by: 'mee',
      kenmerk: `eigen-${geval}`,
      persoon: { bsn: persoon.bsn, geboortedatum: persoon.geboortedatum },
    })
  const [row] = await test.hub.store.read((tx) => tx.registrations.byIds([s.idOf('rubicon', `geweigerd-${geval}`)]))
  expect(row?.state).to.equal('verwerkt')
}

function informed({ geinformeerd }: Case): Json {
  return geinformeerd && geinformeerd.length > 0 ? { geinformeerd } : {}
}

/** What every role can ask, after which no trace of the denied registrations may have left. */
async function expectSilence(test: TestHub, s: Scenario, what: string): Promise<void> {
  const hidden = await test.hub.store.read((tx) => tx.matches.listOpen('', 1000))
  for (const client of CLIENTS) {
    const texts = [await streamOf(test, client)]
    for (const path of [
      ...['/matches', '/matches?status=open&opgevolgd=false', '/gebeurtenissen', '/meldingen', '/registraties'],
      ...['/coordinatiecasussen', '/koppelvragen', '/quarantaine'],
      ...hidden.slice(0, 3).map(({ id }) => `/matches/${id}`),
    ])
      texts.push((await test.ask(client, 'GET', path)).text)
    for (const { id } of hidden.slice(0, 3)) {
      const answer = await test.ask(client, 'POST', `/matches/${id}/opvolgingen`, { body: { soort: 'variant', variant: 1 } })
      expect(answer.status, `${client} ${what}`).to.be.oneOf([403, 404])
      texts.push(answer.text)
    }
    // How much an organisation registers is no secret, and the same whether or not there is a match; the rest of the figures is.
    const figures = (await test.ask(client, 'GET', '/cijfers')).body
    delete figures.registraties?.perOrganisatie
    texts.push(JSON.stringify(figures))
    for (const text of texts) {
      expect(text, `${client} ${what}`).not.to.match(/rubicon|geweigerd-|match\.geopend/i)
    }
  }
  expect((await s.matches('mee')).length, what).to.equal(0)
}

async function streamOf(test: TestHub, client: string): Promise<string> {
  const stop = new AbortController()
  const headers = { authorization: `Bearer ${await test.token(client)}` }
  const response = await fetch(`${test.baseUrl}/v1/gebeurtenissen/_stroom`, { headers, signal: stop.signal })
  if (response.status !== 200) return ''
  const parts: string[] = []
  const reading = (async () => {
    for await (const part of response.body ?? []) parts.push(Buffer.from(part).toString())
  })().catch(() => undefined)
  await wait(40)
  stop.abort()
  await reading
  return parts.join('')
}

/** A webhook's receiver that only notes what types came. */
async function receiver() {
  const types: string[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      types.push(String((JSON.parse(body || '{}') as Json).type))
      response.writeHead(204).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { types, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() }
}
