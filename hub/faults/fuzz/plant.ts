import type { Site } from '../child-hub.ts'

export const SECRET_NAME = 'Kanarievogelnest'
export const SECRET_BSN = '986420001'

/** Ids of what lies in the hub, by the collection in whose paths they stand. */
export type Planted = Record<string, string[]>

type Answered = Record<string, string>

const YES = { over: 'jeugdige', gever: 'jeugdige', antwoord: 'ja', vorm: 'schriftelijk' }
const OVERRIDE = { ontvangers: ['mee'], reden: 'veiligheid', toelichting: 'Afgestemd.', oudersGeinformeerd: false }
const REGISTRATION = { versie: 1, betrokkenheid: { status: 'actief', begindatum: '2026-01-05' } }

/**
 * Puts into an empty hub what requests can be about: a registration of another that nobody who fuzzes may see, and something of every kind that the
 * organisation and the coördinatiepunt that fuzz can reach.
 */
export async function plant(site: Site, token: (client: string) => Promise<string>): Promise<Planted> {
  const planted: Planted = {}
  const make = async (client: string, path: string, body: object): Promise<Answered> => {
    const headers = { authorization: `Bearer ${await token(client)}`, 'content-type': 'application/json' }
    const answer = await fetch(`${site.baseUrl}/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${client} POST ${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as Answered
  }
  const add = (kind: string, id: string | undefined) => {
    planted[kind] = [...(planted[kind] ?? []), String(id)]
  }
  const secret = { bsn: SECRET_BSN, voornamen: 'Noor', geslachtsnaam: SECRET_NAME, geboortedatum: '2014-05-06' }
  const hidden = {
    ...REGISTRATION,
    bronbericht: 'geheim',
    kenmerk: SECRET_NAME,
    persoon: secret,
    contact: { functie: SECRET_NAME },
  }
  add('registraties', (await make('mee', '/registraties', hidden)).id)
  const persoon = { bsn: '986420013', voornamen: 'Sam', geslachtsnaam: 'Proef', geboortedatum: '2009-03-04' }
  const own = { ...REGISTRATION, bronbericht: 'eigen', kenmerk: 'd', persoon, contact: { functie: 'f' } }
  const { id: registratie } = await make('rubicon', '/registraties', own)
  await make('vorkmeer', '/registraties', { ...own, contact: { functie: 'g' } }).then(async ({ id }) => {
    await make('vorkmeer', '/toestemmingen', { registratie: id, ...YES })
  })
  add('registraties', registratie)
  add('toestemmingen', (await make('rubicon', '/toestemmingen', { registratie, ...YES })).id)
  add('doorbrekingen', (await make('rubicon', '/doorbrekingen', { registratie, ...OVERRIDE })).id)
  const withheld = { registratie, ontvangers: ['bureau-jeugdzorg'], toelichting: 'x' }
  add('deelbesluiten', (await make('rubicon', '/deelbesluiten', withheld)).id)
  const asked = { registratie, soort: 'informatie', door: ['jeugdige'] }
  add('verzoeken', (await make('privacy-functionaris', '/verzoeken', asked)).id)
  for (const reden of ['coordinatie-nodig', 'afspraak-niet-nagekomen'])
    add('meldingen', (await make('rubicon', '/meldingen', { registratie, reden })).id)
  add('coordinatiecasussen', (await make('coordinatiepunt', '/coordinatiecasussen', { melding: planted.meldingen?.[0] })).id)
  add('overdrachten', (await make('rubicon', '/overdrachten', { registratie, naar: 'vorkmeer' })).id)
  add('betrokkenheden', (await make('rubicon', `/registraties/${registratie}/volgers`, { organisatie: 'vorkmeer' })).id)
  for (const client of ['rubicon', 'coordinatiepunt'])
    add('abonnementen', (await make(client, '/abonnementen', { url: 'http://127.0.0.1:9/x' })).id)
  const sought = { reden: 'klacht', bsn: persoon.bsn }
  const found = async () => (await make('privacy-functionaris', '/personen/_zoek', sought)).persoon
  while (!(await found()));
  add('personen', await found())
  const matches = await fetch(`${site.baseUrl}/v1/matches`, { headers: { authorization: `Bearer ${await token('rubicon')}` } })
  for (const { id } of ((await matches.json()) as { matches: { id: string }[] }).matches) add('matches', id)
  return planted
}
