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
type Answer = ConsentCase['toestemmingen'][number]
type Scenario = ReturnType<typeof scenarioOn>
type Case = ConsentCase & { geval: string; verwacht: { besluit: string; regel: string; grond: string } }

const POLICIES = new URL('../../schemas/policies/', import.meta.url)
/** In the example region no organisation is of another kind than these; the others' cases are `policy test`'s. */
const KNOWN: Record<string, string> = { mee: 'mee', coordinatiepunt: 'coordinatiepunt' }
const CLIENTS = ['mee', 'coordinatiepunt', 'privacy-functionaris', 'beheer', 'vorkmeer']

/** Needs nobody's yes for a signal about the young person. */
const SIGNALS = 'jeugdwet-7.1'

/** How many denials of each policy the API can pose, at the least. */
const POSABLE = { 'peel-en-maas-1g1p': 138, 'ouders-12-16': 18, 'jeugdwet-7.3': 15, [SIGNALS]: 6, venray: 6 }

/** Cases that the API can pose: a birth date, a recipient of the region, answers by those named about those named. */
function denials(policy: string): Case[] {
  return readFileSync(new URL(`${policy}.gevallen.ndjson`, POLICIES), 'utf8')
    .split('\n')
    .flatMap((line) => (line ? [JSON.parse(line) as Case] : []))
    .filter(({ verwacht }) => verwacht.besluit === 'weigeren' && !['fout', 'geen-regel'].includes(verwacht.regel))
    .filter(({ ontvanger, organisatie }) => KNOWN[ontvanger.id] !== undefined && !organisatie)
    .filter(({ persoon }) => isPosable(persoon.geboortedatum ?? ''))
    .filter((kase) => isSilent(policy, kase))
    .filter(({ toestemmingen = [] }) => toestemmingen.every(isPosableAnswer))
    .filter(({ doorbreking, peildatum }) => !doorbreking || (doorbreking.vanaf ?? '9999') <= peildatum)
    .filter(({ gezagsdragers, toestemmingen = [] }) =>
      toestemmingen.every(({ gever, over }) => isNamed(gezagsdragers, gever) && isNamed(gezagsdragers, over ?? 'jeugdige')),
    )
}

/** What is refused about a family member leaves nothing to see at all where the young person's own is not open either. */
function isSilent(policy: string, { over = 'jeugdige', toestemmingen = [] }: Case): boolean {
  if (over === 'jeugdige') return true
  return policy !== SIGNALS && !toestemmingen.some((each) => (each.over ?? 'jeugdige') === 'jeugdige' && each.antwoord === 'ja')
}

function isPosableAnswer({ vorm, voor, antwoord }: Answer): boolean {
  return vorm != null && (!voor || antwoord === 'nee')
}

const isHour = (moment: string | null | undefined): moment is string => moment != null && moment.length > 10

/** A birth date, or the known part of one, that the API takes. */
function isPosable(birth: string): boolean {
  return /^\d{4}(-\d\d){0,2}$/.test(birth) && !birth.startsWith('0000') && isDay(`${birth}-01-01`.slice(0, 10))
}

function isNamed(guardians: ConsentCase['gezagsdragers'], who: string): boolean {
  return who === 'jeugdige' || guardians.some(({ kenmerk }) => kenmerk === who)
}

describe('every denial of the hand-written cases, through the API', function () {
  this.timeout(400_000)
  for (const [policy, atLeast] of Object.entries(POSABLE))
    it(`${policy}: no role learns of it in any list, read, feed, stream, webhook, follow-up, figure, search or error`, async () => {
      const cases = denials(policy)
      expect(cases.length).to.be.at.least(atLeast)
      persons.clear()
      const begun = Map.groupBy(cases, beginOf)
      const asked = Map.groupBy(cases, instantOf)
      const instants = [...new Set([...begun.keys(), ...asked.keys()])].sort((a, b) => a - b)
      const test = await startTestHub({ clock: new Date(instants[0] ?? 0).toISOString(), policy })
      const hooks = await receiver()
      try {
        const s = scenarioOn(test)
        const typen = ['match.geopend', 'match.gewijzigd', 'registratie.verwerkt'].map((type) => `nl.verwijsindex.${type}.v1`)
        const abonnement = { url: hooks.url, typen }
        for (const by of ['mee', 'coordinatiepunt']) await s.must(by, 'POST', '/abonnementen', abonnement)
        for (const at of instants) {
          test.hub.clock.domain = () => new Date(at)
          for (const kase of begun.get(at) ?? []) await pose(test, s, kase, dayOf(new Date(at)))
          await replay(test, s, new Date(at), asked.get(at) ?? [])
        }
        for (let i = 0; i < 200 && hooks.types.length === 0; i++) await wait(20)
        expect(hooks.types).to.include('nl.verwijsindex.registratie.verwerkt.v1')
        expect(hooks.types.filter((type) => type.includes('.match.'))).to.deep.equal([])
      } finally {
        hooks.close()
        await test.stop()
      }
    })

  it('a yes about the young person tells no role anything of a family member', async () => {
    const test = await startTestHub({ clock: '2022-03-01T12:00:00+01:00' })
    try {
      const s = scenarioOn(test)
      const persoon = { bsn: aBsn(1999), geboortedatum: '2010-06-15' }
      const parent = { kenmerk: 'ouder-7', relatie: 'ouder', gezag: 'ja', voornamen: 'Petra' }
      const gezagsdragers = [{ ...parent, geslachtsnaam: 'Zwaluwstaart', geboortedatum: '1985-02-03' }]
      const betrokkenheid = { status: 'actief', begindatum: '2022-03-01' }
      for (const by of ['rubicon', 'mee']) await s.register({ by, kenmerk: by, persoon, gezagsdragers, betrokkenheid })
      await s.consent('rubicon', 'rubicon', { gever: 'ouder-7' })
      const [match] = await s.matches('mee')
      expect(match?.soort).to.equal('persoon')
      await s.consent('rubicon', 'rubicon', { over: 'ouder-7', gever: 'ouder-7', antwoord: 'nee' })
      for (const client of CLIENTS)
        for (const path of [
          '/matches',
          `/matches/${match?.id}`,
          '/gebeurtenissen',
          '/meldingen',
          '/cijfers',
          '/coordinatiecasussen',
        ])
          expect((await test.ask(client, 'GET', path)).text, `${client} ${path}`).not.to.match(
            /Zwaluwstaart|Petra|1985-02-03|ouder-7/,
          )
      expect((await s.matches('mee'))[0]?.id).to.equal(match?.id)
    } finally {
      await test.stop()
    }
  })
})

/**
 * The instant at which a case is asked. A day is taken at its noon; a day within which an answer turns, on the side of its hour at
 * which a yes does not stand or a no does.
 */
function instantOf({ peildatum, toestemmingen = [] }: Case): number {
  if (peildatum.length > 10) return Date.parse(peildatum)
  for (const { antwoord, geldigVanaf, geldigTot, intrekkingOp } of toestemmingen) {
    const end = [geldigTot, intrekkingOp].find(isHour)
    if (end) return Date.parse(end) - (antwoord === 'ja' ? 0 : 1000)
    if (isHour(geldigVanaf)) return Date.parse(geldigVanaf) - (antwoord === 'ja' ? 1000 : 0)
  }
  return startOfDay(peildatum).getTime() + 12 * 3_600_000
}

/** An override is made at its begin; all else stands from the instant itself. */
function beginOf(kase: Case): number {
  return kase.doorbreking?.vanaf ? Date.parse(kase.doorbreking.vanaf) : instantOf(kase)
}

/** All denials of one instant: each a child of its own, registered by the asker and by the one who is not to be seen. */
async function replay(test: TestHub, s: Scenario, at: Date, cases: Case[]): Promise<void> {
  if (cases.length === 0) return
  for (const kase of cases) await ask(s, kase)
  const what = `${at.toISOString()} ${cases.map(({ geval }) => geval).join()}`
  await expectSilence(test, s, what)
  for (const { geval } of cases) await s.end('rubicon', `geweigerd-${geval}`, 2, dayOf(at))
}

const persons = new Map<string, { bsn: string; geboortedatum: string | undefined }>()

async function pose(test: TestHub, s: Scenario, kase: Case, begindatum: string): Promise<void> {
  const { geval } = kase
  const person = { bsn: aBsn(2001 + persons.size), geboortedatum: kase.persoon.geboortedatum ?? undefined }
  persons.set(geval, person)
  const gezagsdragers = kase.gezagsdragers.map(({ kenmerk, gezag, relatie }) => ({
    kenmerk,
    gezag: gezag ?? 'onbekend',
    ...(relatie ? { relatie } : {}),
  }))
  const persoon = { ...person, rolInGezin: kase.persoon.rolInGezin ?? 'jeugdige' }
  const betrokkenheid = { status: 'actief', begindatum, ...(kase.kader ? { kader: kase.kader } : {}) }
  await s.register({ by: 'rubicon', kenmerk: `geweigerd-${geval}`, persoon, gezagsdragers, betrokkenheid, ...informed(kase) })
  const registratie = s.idOf('rubicon', `geweigerd-${geval}`)
  for (const answer of kase.toestemmingen ?? []) await give(s, `geweigerd-${geval}`, answer)
  if (kase.persoon.oordeelsbekwaam === false) {
    const oordeel = { oordeelsbekwaam: false, vastgesteldDoor: 'orthopedagoog', op: begindatum }
    await s.must('rubicon', 'POST', `/registraties/${registratie}/oordelen`, oordeel)
  }
  if (kase.doorbreking) {
    const override = { registratie, ontvangers: kase.doorbreking.ontvangers, reden: 'veiligheid', toelichting: 'geweigerd-acuut' }
    overrides.set(geval, (await s.must('rubicon', 'POST', '/doorbrekingen', override)).body.id)
  }
  const [row] = await test.hub.store.read((tx) => tx.registrations.byIds([registratie]))
  expect(row?.state).to.equal('verwerkt')
}

async function give(s: Scenario, kenmerk: string, answer: Answer): Promise<void> {
  const { over, gever, antwoord, vorm, bereik, voor, geldigVanaf, geldigTot, intrekkingOp } = answer
  const dates = { ...(geldigVanaf ? { geldigVanaf } : {}), ...(geldigTot ? { geldigTot } : {}), ...(voor ? { voor } : {}) }
  const about = { over: over ?? 'jeugdige', gever, antwoord, vorm, bereik: bereik ?? {} }
  const id = await s.consent('rubicon', kenmerk, { ...about, ...dates })
  if (intrekkingOp) await s.must('rubicon', 'POST', `/toestemmingen/${id}/intrekkingen`, { op: intrekkingOp })
}

const overrides = new Map<string, string>()

/** The asker's own side comes last: an answer that was withdrawn, or an override that is over, stood for a moment. */
async function ask(s: Scenario, { geval, ontvanger, doorbreking, peildatum }: Case): Promise<void> {
  const early = doorbreking?.tot === peildatum && Date.parse(peildatum) - Date.parse(doorbreking.vanaf ?? '') < 72 * 3_600_000
  if (early)
    await s.must('privacy-functionaris', 'POST', `/doorbrekingen/${overrides.get(geval)}/toetsingen`, { oordeel: 'onterecht' })
  if (ontvanger.id === 'mee') await s.register({ by: 'mee', kenmerk: `eigen-${geval}`, persoon: persons.get(geval) as Json })
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
    texts.push(...(await searched(test, client)))
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

/** A search for a person is the privacy officer's alone; in the log nobody else finds whom it names. */
async function searched(test: TestHub, client: string): Promise<string[]> {
  if (client === 'privacy-functionaris') return []
  const bsn = [...persons.values()].at(-1)?.bsn
  const person = await test.ask(client, 'POST', '/personen/_zoek', { body: { bsn, reden: 'klacht' } })
  expect(person.status, client).to.equal(403)
  return [person.text, (await test.ask(client, 'POST', '/logregels/_zoek', { body: { actie: 'aanmaken' } })).text]
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
