import { connect } from 'node:net'
import { expect } from 'chai'
import { type Site, tokensOf } from '../child-hub.ts'

/** What is planted, and how to send it. */
interface Plant {
  bsn: string
  first: string
  last: string
  /** A registration that the hub takes. */
  good: ReturnType<typeof registrationOf>
  /** Its id, when it was taken. */
  id: string
  send(method: string, path: string, ask?: Ask): Promise<{ status: number; text: string }>
}

interface Ask {
  client?: string
  type?: string
  /** Text as it is, anything else as JSON. */
  body?: unknown
  headers?: Record<string, string>
}

const MEE =
  'Dossiernr;Volgnr;BSN;Voornamen;Tussenvoegsel;Achternaam;Geboortedatum;Geslacht;Postcode;Huisnr;Toev;Consulent_functie;Telefoon;Start;Einde;Status;Overeenkomst_getekend;Toestemming_jeugdige;Toestemming_ouder1;Gezag_ouder1;Toestemming_ouder2;Gezag_ouder2'

/** Sends a number and a name every way in that there is, as right and as wrong as can be. */
export async function sendEverywhere(site: Site, bsn: string, names: readonly [string, string]): Promise<void> {
  const [first, last] = names
  const plant = { bsn, first, last, good: registrationOf(bsn, first, last), id: '', send: senderTo(site) }
  const { text, status } = await plant.send('POST', '/v1/registraties', { body: plant.good })
  expect(status).to.equal(201)
  plant.id = JSON.parse(text).id
  await registrations(plant)
  await refusals(plant)
  await files(plant)
  await consents(plant)
  await searches(plant)
  await addresses(plant)
  await fetch(`${site.baseUrl}/v1/registraties`, { headers: { authorization: `Bearer ${last}.${bsn}.${first}`, dpop: bsn } })
  await sendRaw(site, `GET /${last} ${bsn} HTTP/9\r\n${bsn}\r\n\r\n`)
}

function senderTo(site: Site): Plant['send'] {
  const token = tokensOf(site)
  return async (method, path, { client = 'mee', type = 'application/json', body, headers = {} } = {}) => {
    const authorization = `Bearer ${await token(client)}`
    const content = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }
    const request = { method, headers: { authorization, 'content-type': type, ...headers }, ...content }
    const response = await fetch(site.baseUrl + path, request)
    return { status: response.status, text: await response.text() }
  }
}

function registrationOf(bsn: string, first: string, last: string) {
  const names = { voornamen: first, roepnaam: first, geslachtsnaam: last, partnernaam: last }
  return {
    bronbericht: `${bsn}-1`,
    kenmerk: `${last}-${bsn}`,
    versie: 1,
    persoon: { bsn, ...names, geboortedatum: '2013-04-01' },
    gezin: { kenmerk: bsn },
    gezagsdragers: [{ kenmerk: last, relatie: 'ouder', gezag: 'ja', voornamen: first, geslachtsnaam: last }],
    betrokkenheid: { status: 'actief', begindatum: '2026-10-01' },
    contact: { functie: last, eMail: `${first}.${bsn}@voorbeeld.example` },
  }
}

async function registrations({ bsn, good, id, send }: Plant): Promise<void> {
  await send('POST', '/v1/registraties', { client: 'rubicon', body: { ...good, bronbericht: `v-${bsn}` } })
  await send('PUT', `/v1/registraties/${id}`, { body: { ...good, bronbericht: `${bsn}-2`, versie: 2 } })
  await send('POST', '/v1/registraties', { body: { ...good, versie: 7 } })
}

async function refusals({ bsn, first, last, good, id, send }: Plant): Promise<void> {
  const bodies = [
    { ...good, bronbericht: `${bsn}-3`, persoon: { ...good.persoon, bsn: `${bsn}0`, [bsn]: last, [last]: bsn } },
    { ...good, [`bsn${bsn}`]: first, bronbericht: `${bsn}-4`, versie: bsn, contact: { functie: 1, [last]: bsn } },
    { ...good, betrokkenheid: { status: last, begindatum: bsn, rol: bsn, kader: first } },
    [good],
    { registraties: [{ ...good, versie: bsn }, bsn, Number(bsn), last] },
  ]
  for (const body of bodies) {
    for (const path of ['', '/_batch', `/${id}/beeindigingen`]) await send('POST', `/v1/registraties${path}`, { body })
    await send('POST', '/v1/personen/_zoek', { client: 'privacy-functionaris', body })
  }
}

async function files({ bsn, first, last, good, send }: Plant): Promise<void> {
  const texts = [`{"bsn":"${bsn}","naam":"${last}`, `${JSON.stringify(good)}\n{"bsn":${bsn}, ${last}\n`, `\uFEFF${last};${bsn}`]
  for (const body of texts) {
    for (const type of ['application/json', 'application/x-ndjson', 'text/csv', `text/${last}`])
      for (const path of ['', '/_batch', '/_bestand?adapter=eigen']) await send('POST', `/v1/registraties${path}`, { type, body })
    const xml = { type: 'application/xml', body: `<${last} a="${bsn}">${body}` }
    await send('POST', '/v1/registraties/_bestand?adapter=ij', xml)
  }
  const rows = [
    `${bsn};1;${bsn};${first};;${last};01-04-2013;v;;;;${last};;01-10-2026;;actief;ja;ja;ja;ja;;`,
    `${last};x;${bsn};${bsn};;;${last};${bsn};;;;;;;;${last};${bsn};;;;;`,
  ]
  for (const body of [[MEE, ...rows].join('\n'), `${MEE};${last}${bsn}\n${rows[0]}`])
    await send('POST', '/v1/registraties/_bestand?adapter=mee', { type: 'text/csv', body })
}

async function consents({ bsn, first, last, id, send }: Plant): Promise<void> {
  const consent = { registratie: id, over: 'jeugdige', gever: last, antwoord: 'ja', vorm: 'mondeling', bereik: {} }
  const odd = [
    { gever: bsn },
    { [last]: bsn, vorm: last },
    { bereik: { organisaties: [bsn], soorten: [last] } },
    { geldigVanaf: bsn },
    { registratie: bsn, over: last },
  ]
  for (const fields of [{}, ...odd]) await send('POST', '/v1/toestemmingen', { body: { ...consent, ...fields } })
  const text = `${first} ${last} ${bsn}`
  const override = { registratie: id, ontvangers: ['rubicon'], reden: 'veiligheid', toelichting: text, oudersGeinformeerd: true }
  for (const fields of [{}, { ontvangers: [bsn], reden: last }])
    await send('POST', '/v1/doorbrekingen', { body: { ...override, ...fields } })
  await send('POST', '/v1/meldingen', { body: { registratie: id, reden: 'coordinatie-nodig', urgentie: last } })
  await send('POST', '/v1/abonnementen', { body: { url: `ftp://${last}:${bsn}@voorbeeld.example`, typen: [bsn] } })
}

async function searches({ bsn, first, last, good, send }: Plant): Promise<void> {
  const client = 'privacy-functionaris'
  const fields = { persoon: bsn, gebruiker: last, organisatie: bsn, grond: last }
  await send('POST', '/v1/logregels/_zoek', { client, body: fields })
  const { bsn: number, voornamen, geslachtsnaam, geboortedatum } = good.persoon
  const person = { bsn: number, voornamen, geslachtsnaam, geboortedatum }
  await send('POST', '/v1/personen/_zoek', { client, body: { ...person, reden: `${first} ${last} ${bsn}` } })
}

async function addresses({ bsn, last, send }: Plant): Promise<void> {
  const headers = { 'user-agent': `${last} ${bsn}`, traceparent: bsn, 'last-event-id': bsn, 'if-match': last }
  const paths = [
    ...[`/v1/registraties/${bsn}`, `/v1/registraties/r_${bsn}`, `/v1/${last}/${bsn}`, `/${bsn}`, `/%${bsn}`],
    ...[`/v1/registraties?status=${bsn}&cursor=${last}`, `/v1/gebeurtenissen?na=${bsn}`, `/v1/matches?${bsn}=${last}`],
    ...[`/docs/${last}`, `/oidc/${bsn}?naam=${last}`],
  ]
  for (const path of paths) for (const method of ['GET', 'DELETE']) await send(method, path, { headers })
}

/** Bytes that are no HTTP at all. */
function sendRaw(site: Site, text: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(site.port, '127.0.0.1', () => socket.end(text))
    socket.on('close', () => resolve()).on('error', () => resolve())
    socket.resume()
  })
}
