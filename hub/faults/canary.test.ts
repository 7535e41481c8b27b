import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import { aBsn } from '../testing/registration.ts'
import { makeSite, type RunningHub, type Site, startHub, tokensOf } from './child-hub.ts'
import { findNeedles, type Needle, needlesOfNumber, needlesOfText } from './testing/needles.ts'

/** Two numbers: by chance four random bytes may be one of them, never both. */
const BSNS = [aBsn(3_141_592), aBsn(2_718_281)]
const NAMES = ['Qwintessanne', 'Xyvandrelsma']
const MEE =
  'Dossiernr;Volgnr;BSN;Voornamen;Tussenvoegsel;Achternaam;Geboortedatum;Geslacht;Postcode;Huisnr;Toev;Consulent_functie;Telefoon;Start;Einde;Status;Overeenkomst_getekend;Toestemming_jeugdige;Toestemming_ouder1;Gezag_ouder1;Toestemming_ouder2;Gezag_ouder2'

describe('a planted number and name', function () {
  this.timeout(120_000)
  let site: Site
  let hub: RunningHub
  before(async () => {
    site = await makeSite(mkdtempSync(join(tmpdir(), 'verwijsindex-')), { LOG_LEVEL: 'trace' })
    hub = await startHub(site)
  })
  after(() => rmSync(site.root, { recursive: true, force: true }))

  it('are in no file, no output and no metric, however they were sent', async () => {
    for (const bsn of BSNS) await sendEverywhere(site, bsn)
    await wait(1500)
    const metrics = await (await fetch(`${site.baseUrl}/metrics`)).text()
    const running = filesOf(site)
    const { stdout, stderr } = await hub.stop()
    const texts = { metrics, stdout, stderr }
    const places = [
      ...running,
      ...filesOf(site),
      ...Object.entries(texts).map(([name, text]) => [name, Buffer.from(text)] as const),
    ]
    expect(places.map(([name]) => name).filter((name) => name.endsWith('-wal'))).to.have.length.greaterThan(0)
    const found = places.flatMap(([name, bytes]) => leaksIn(bytes).map((form) => `${name}: ${form}`))
    expect(found).to.deep.equal([])
  })

  it('would be found in each of these forms', () => {
    const [bsn, name] = [BSNS[0] as string, NAMES[0] as string]
    const padded = (text: string) => Buffer.from(`x${text}y`)
    const integer = Buffer.alloc(8)
    integer.writeBigInt64LE(BigInt(bsn))
    for (const hay of [
      ...[padded(bsn), padded(`"${name.toUpperCase()}"`), Buffer.from(`..${bsn}`, 'utf16le'), integer],
      ...['a', 'ab', 'abc'].map((before) => padded(Buffer.from(`${before}${name}${bsn}`).toString('base64'))),
      ...[padded(Buffer.from(bsn).toString('hex')), padded(Number(bsn).toString(16).toUpperCase())],
    ])
      expect(findNeedles([...needlesOfNumber(bsn), ...needlesOfText(name)], hay), hay.toString('latin1')).to.not.deep.equal([])
  })
})

function leaksIn(bytes: Buffer): string[] {
  const isInteger = ({ form }: Needle) => form.endsWith('endian')
  const numbers = BSNS.map(needlesOfNumber)
  const integers = numbers.map((needles) => findNeedles(needles.filter(isInteger), bytes))
  const texts = [...numbers.flat().filter((needle) => !isInteger(needle)), ...NAMES.flatMap(needlesOfText)]
  return [...findNeedles(texts, bytes), ...(integers.every((found) => found.length > 0) ? integers.flat() : [])]
}

function filesOf({ root }: Site): (readonly [string, Buffer])[] {
  return ['data', 'keys', 'state'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => [`${folder}/${name}`, readFileSync(join(root, folder, name))] as const),
  )
}

/** Every way in that there is, as right and as wrong as can be. */
async function sendEverywhere(site: Site, bsn: string): Promise<void> {
  const [first, last] = NAMES as [string, string]
  const token = tokensOf(site)
  const send = async (client: string, method: string, path: string, type: string, body?: string, headers: object = {}) => {
    const authorization = `Bearer ${await token(client)}`
    const request = {
      method,
      headers: { authorization, 'content-type': type, ...headers },
      ...(body === undefined ? {} : { body }),
    }
    const response = await fetch(`${site.baseUrl}${path}`, request)
    return { status: response.status, text: await response.text() }
  }
  const json = (method: string, path: string, body: unknown, client = 'mee') =>
    send(client, method, `/v1${path}`, 'application/json', typeof body === 'string' ? body : JSON.stringify(body))
  const good = {
    bronbericht: `${bsn}-1`,
    kenmerk: `${last}-${bsn}`,
    versie: 1,
    persoon: { bsn, voornamen: first, roepnaam: first, geslachtsnaam: last, partnernaam: last, geboortedatum: '2013-04-01' },
    gezin: { kenmerk: `${bsn}` },
    gezagsdragers: [{ kenmerk: last, relatie: 'ouder', gezag: 'ja', voornamen: first, geslachtsnaam: last }],
    betrokkenheid: { status: 'actief', begindatum: '2026-10-01' },
    contact: { functie: last, eMail: `${first}.${bsn}@voorbeeld.example` },
  }
  const { text, status } = await json('POST', '/registraties', good)
  expect(status).to.equal(201)
  const { id } = JSON.parse(text)
  await json('POST', '/registraties', { ...good, bronbericht: `v-${bsn}` }, 'rubicon')
  await json('PUT', `/registraties/${id}`, { ...good, bronbericht: `${bsn}-2`, versie: 2 })
  await json('POST', '/registraties', { ...good, versie: 7 })
  for (const bad of [
    { ...good, bronbericht: `${bsn}-3`, persoon: { ...good.persoon, bsn: `${bsn}0`, [bsn]: last, [last]: bsn } },
    { ...good, [`bsn${bsn}`]: first, bronbericht: `${bsn}-4`, versie: bsn, contact: { functie: 1, [last]: bsn } },
    { ...good, betrokkenheid: { status: last, begindatum: bsn, rol: bsn, kader: first } },
    [good],
    { registraties: [{ ...good, versie: bsn }, bsn, Number(bsn), `${last}`] },
  ]) {
    await json('POST', '/registraties', bad)
    await json('POST', '/registraties/_batch', bad)
    await json('POST', `/registraties/${id}/beeindigingen`, bad)
    await json('POST', '/personen/_zoek', bad, 'privacy-functionaris')
  }
  for (const type of ['application/json', 'application/x-ndjson', 'text/csv', `text/${last}`])
    for (const body of [
      `{"bsn":"${bsn}","naam":"${last}`,
      `${JSON.stringify(good)}\n{"bsn":${bsn}, ${last}\n`,
      `\uFEFF${last};${bsn}`,
    ]) {
      await send('mee', 'POST', '/v1/registraties', type, body)
      await send('mee', 'POST', '/v1/registraties/_batch', type, body)
      await send('mee', 'POST', '/v1/registraties/_bestand?adapter=eigen', type, body)
      await send('mee', 'POST', '/v1/registraties/_bestand?adapter=ij', 'application/xml', `<${last} a="${bsn}">${body}`)
    }
  const rows = [
    `${bsn};1;${bsn};${first};;${last};01-04-2013;v;;;;${last};;01-10-2026;;actief;ja;ja;ja;ja;;`,
    `${last};x;${bsn};${bsn};;;${last};${bsn};;;;;;;;${last};${bsn};;;;;`,
  ]
  await send('mee', 'POST', '/v1/registraties/_bestand?adapter=mee', 'text/csv', [MEE, ...rows].join('\n'))
  await send('mee', 'POST', '/v1/registraties/_bestand?adapter=mee', 'text/csv', `${MEE};${last}${bsn}\n${rows[0]}`)
  const consent = { registratie: id, over: 'jeugdige', gever: last, antwoord: 'ja', vorm: 'mondeling', bereik: {} }
  for (const body of [
    consent,
    { ...consent, gever: bsn },
    { ...consent, [last]: bsn, vorm: last },
    { ...consent, bereik: { organisaties: [bsn], soorten: [last] } },
    { ...consent, geldigVanaf: bsn },
  ])
    await json('POST', '/toestemmingen', body)
  const override = {
    registratie: id,
    ontvangers: ['rubicon'],
    reden: 'veiligheid',
    toelichting: `${first} ${last} ${bsn}`,
    oudersGeinformeerd: true,
  }
  await json('POST', '/doorbrekingen', override)
  await json('POST', '/doorbrekingen', { ...override, ontvangers: [bsn], reden: last })
  await json('POST', '/meldingen', { registratie: id, reden: 'coordinatie-nodig', urgentie: last })
  await json('POST', '/abonnementen', { url: `ftp://${last}:${bsn}@voorbeeld.example`, typen: [bsn] })
  await json('POST', '/logregels/_zoek', { persoon: bsn, gebruiker: last, organisatie: bsn, grond: last }, 'privacy-functionaris')
  await json('POST', '/personen/_zoek', { ...good.persoon, reden: `${first} ${last} ${bsn}` }, 'privacy-functionaris')
  for (const path of [
    `/v1/registraties/${bsn}`,
    `/v1/registraties/r_${bsn}`,
    `/v1/${last}/${bsn}`,
    `/${bsn}`,
    `/v1/registraties?status=${bsn}&cursor=${last}`,
    `/v1/gebeurtenissen?na=${bsn}`,
    `/v1/matches?${bsn}=${last}`,
    `/%${bsn}`,
    `/docs/${last}`,
    `/oidc/${bsn}?naam=${last}`,
  ])
    for (const method of ['GET', 'DELETE'])
      await send('mee', method, path, 'application/json', undefined, {
        'user-agent': `${last} ${bsn}`,
        traceparent: bsn,
        'last-event-id': bsn,
        'if-match': last,
      })
  await fetch(`${site.baseUrl}/v1/registraties`, { headers: { authorization: `Bearer ${last}.${bsn}.${first}`, dpop: bsn } })
  await raw(site, `GET /${last} ${bsn} HTTP/9\r\n${bsn}\r\n\r\n`)
}

/** Bytes that are no HTTP at all. */
function raw(site: Site, text: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(site.port, '127.0.0.1', () => socket.end(text))
    socket.on('close', () => resolve()).on('error', () => resolve())
    socket.resume()
  })
}
