import type { TestHub } from './hub.ts'
import { regionFile, withPoint } from './region.ts'
import { aBsn, aRegistration } from './registration.ts'
import { scenarioOn } from './scenario.ts'

/** The collections of the API whose members have an id in a path. */
export type Kind =
  | 'registraties'
  | 'leveringen'
  | 'toestemmingen'
  | 'doorbrekingen'
  | 'deelbesluiten'
  | 'verzoeken'
  | 'personen'
  | 'matches'
  | 'meldingen'
  | 'coordinatiecasussen'
  | 'overdrachten'
  | 'betrokkenheden'
  | 'koppelvragen'
  | 'abonnementen'

/** One of them, and the clients that may reach it, given the scope. */
export interface Thing {
  kind: Kind
  id: string
  reach: string[]
}

export const POINT = 'coordinatiepunt'
export const OTHER_POINT = 'punt-noord'
export const OFFICER = 'privacy-functionaris'

const SENDERS = ['mee', 'rubicon', 'vorkmeer']
const YES = { over: 'jeugdige', gever: 'jeugdige', antwoord: 'ja', vorm: 'schriftelijk' }
const OVERRIDE = { ontvangers: ['mee'], reden: 'veiligheid', toelichting: 'Afgestemd.', oudersGeinformeerd: false }
const TWIN = { geslachtsnaam: 'Zandstra', geboortedatum: '2019-05-06', adres: { postcode: '5981AB', huisnummer: 12 } }
const PARENTS = [
  { kenmerk: 'o1', relatie: 'ouder', gezag: 'ja', voornamen: 'Petra', geslachtsnaam: 'Smit', geboortedatum: '1985-02-03' },
  { kenmerk: 'o2', relatie: 'ouder', gezag: 'ja', voornamen: 'Karel', geslachtsnaam: 'Zandstra', geboortedatum: '1984-07-09' },
]

/** The example region with a second coördinatiepunt, for a municipality of its own. */
export function regionOfTwoPoints(): string {
  return regionFile((region) =>
    withPoint(region, { id: OTHER_POINT, naam: 'Punt Noord', gemeenten: ['0984'], vorm: 'meld-en-coordinatie' }),
  )
}

/** Makes something of every kind, of every party that can have it, on an empty hub of `regionOfTwoPoints`. */
export async function makeThings(test: TestHub): Promise<Thing[]> {
  const s = scenarioOn(test)
  const make = async (client: string, path: string, body: object) => (await s.must(client, 'POST', path, body)).body
  const things: Thing[] = []
  const add = (kind: Kind, id: unknown, reach: string[]) => void things.push({ kind, id: String(id), reach })
  for (const client of SENDERS) {
    const persoon = { bsn: aBsn(client === 'vorkmeer' ? 71 : 70), geslachtsnaam: 'Proef', geboortedatum: '2009-03-04' }
    const { id: registratie } = await make(client, '/registraties', aRegistration({ persoon }))
    add('registraties', registratie, [client])
    add('toestemmingen', (await make(client, '/toestemmingen', { registratie, ...YES })).id, [client])
    add('doorbrekingen', (await make(client, '/doorbrekingen', { registratie, ...OVERRIDE })).id, [OFFICER])
    const withheld = { registratie, ontvangers: ['bureau-jeugdzorg'], toelichting: 'Een bekende werkt daar.' }
    add('deelbesluiten', (await make(client, '/deelbesluiten', withheld)).id, [client])
    const asked = { registratie, soort: 'informatie', door: ['jeugdige'] }
    add('verzoeken', (await make(OFFICER, '/verzoeken', asked)).id, [client, OFFICER])
    const melding = (await make(client, '/meldingen', { registratie, reden: 'coordinatie-nodig' })).id
    add('meldingen', melding, [client, POINT])
    const file = { body: JSON.stringify([aRegistration()]), headers: { 'content-type': 'application/json' } }
    const sent = await test.ask(client, 'POST', '/registraties/_bestand?adapter=eigen', file)
    add('leveringen', sent.body.leveringId, [client])
  }
  const subscription = { url: 'https://ontvanger.example/', typen: ['nl.verwijsindex.match.geopend.v1'] }
  for (const client of [...SENDERS, POINT, OTHER_POINT])
    add('abonnementen', (await make(client, '/abonnementen', subscription)).id, [client])
  await test.untilProcessed()
  add('matches', (await s.matches('mee'))[0]?.id, ['mee', 'rubicon', POINT])
  const { persoon } = await make(OFFICER, '/personen/_zoek', { reden: 'klacht', bsn: aBsn(70) })
  add('personen', persoon, [OFFICER])
  await addCoordinated(test, add)
  await addDoubt(test, add)
  return things
}

type Add = (kind: Kind, id: unknown, reach: string[]) => void

/** Cases, hand-overs and what is shared, each of two parties out of four, and a case of the second point. */
async function addCoordinated(test: TestHub, add: Add): Promise<void> {
  const s = scenarioOn(test)
  const make = async (client: string, path: string, body: object) => (await s.must(client, 'POST', path, body)).body
  for (const [i, [client, other, point]] of (
    [
      ['mee', 'vorkmeer', POINT],
      ['rubicon', 'vorkmeer', POINT],
      ['vorkmeer', 'mee', OTHER_POINT],
    ] as const
  ).entries()) {
    const gemeente = point === POINT ? '1894' : '0984'
    const persoon = { bsn: aBsn(80 + i), geboortedatum: '2009-05-06', gemeente }
    const registratie = await s.register({ by: client, kenmerk: `samen-${i}`, persoon })
    await make(client, '/toestemmingen', { registratie, ...YES })
    add('registraties', registratie, [client])
    const melding = (await make(client, '/meldingen', { registratie, reden: 'coordinatie-nodig' })).id
    add('meldingen', melding, [client, point])
    add('coordinatiecasussen', (await make(point, '/coordinatiecasussen', { melding })).id, [client, point])
    add('overdrachten', (await make(client, '/overdrachten', { registratie, naar: other })).id, [client, other])
    const shared = await make(client, `/registraties/${registratie}/volgers`, { organisatie: other })
    add('betrokkenheden', shared.id, [other])
  }
}

/** Two registrations that are doubtfully the same person. */
async function addDoubt(test: TestHub, add: Add): Promise<void> {
  const s = scenarioOn(test)
  for (const [by, voornamen] of [
    ['mee', 'Jasmijn'],
    ['rubicon', 'J'],
  ] as const)
    await s.register({ by, kenmerk: 'twijfel', persoon: { ...TWIN, voornamen }, gezagsdragers: PARENTS })
  add('koppelvragen', (await s.must('beheer', 'GET', '/koppelvragen')).body.koppelvragen[0].id, ['beheer'])
}
