import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import { adapterNames } from '../../adapters/registry.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aRegistration } from '../testing/registration.ts'

const SAMPLES = new URL('../../adapters/', import.meta.url)
/** The form of a result, by that of the file. */
const RESULTS: Record<string, RegExp> = {
  csv: /^text\/csv/,
  xlsx: /spreadsheetml/,
  xml: /^application\/xml/,
  eml: /^message\/rfc822/,
  json: /ndjson/,
  ndjson: /ndjson/,
  txt: /csv/,
}
const TYPES: Record<string, string> = {
  csv: 'text/csv',
  xml: 'application/xml',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  eml: 'message/rfc822',
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  txt: 'text/plain',
}

interface Row {
  bronbericht: string | null
  status: number
  regel?: number
  id?: string
  fouten?: unknown[]
}

describe('batches and files', () => {
  let test: TestHub
  before(async () => {
    test = await startTestHub()
  })
  after(() => test.stop())

  const batch = (body: object | string | Uint8Array, type = 'application/json') =>
    test.ask('mee', 'POST', '/registraties/_batch', { body, headers: { 'content-type': type } })
  const statuses = (rows: Row[]) => rows.map((row) => row.status)

  it('gives each row the status that it would have had alone, in order', async () => {
    const good = aRegistration()
    const rows = [good, { ...good, versie: 0 }, good, { ...good, kenmerk: 'ander' }, null, 'tekst', aRegistration()]
    const { status, body } = await batch({ registraties: rows })
    expect(status).to.equal(200)
    expect(statuses(body.resultaten)).to.eql([201, 400, 200, 409, 400, 400, 201])
    expect(body.resultaten[0]).to.include({ bronbericht: good.bronbericht })
    expect(body.resultaten[1].fouten[0]).to.include({ pointer: '/versie' })
    expect(body.resultaten[2].id).to.equal(body.resultaten[0].id)
    expect(body.resultaten[4].bronbericht).to.equal(null)
  })

  it('reads NDJSON line by line; a line that is no JSON holds no other back', async () => {
    const first = JSON.stringify(aRegistration())
    const twice = first.replace('{', '{"versie":2,')
    const lines = [`\uFEFF${first}`, '', '{"bronbericht":', twice, `${JSON.stringify(aRegistration())}\r`]
    const { body } = await batch(lines.join('\n'), 'application/x-ndjson')
    expect(statuses(body.resultaten)).to.eql([201, 400, 400, 201])
    expect(body.resultaten[2].fouten[0]).to.include({ code: 'dubbel-veld' })
  })

  it('keeps every refused message for the administrator, without what was in it', async () => {
    await test.ask('mee', 'POST', '/registraties', { body: '{"geslachtsnaam":"Kwakernaak"' })
    const quarantine = await test.ask('beheer', 'GET', '/quarantaine?limiet=1000')
    expect(quarantine.body.quarantaine).to.have.length(6)
    expect(quarantine.text).not.to.include('Kwakernaak')
  })

  it('takes a thousand rows and no more, and eight mebibytes and no more', async () => {
    const rows = Array.from({ length: 1001 }, () => aRegistration())
    const ndjson = (count: number) =>
      rows
        .slice(0, count)
        .map((row) => JSON.stringify(row))
        .join('\n')
    expect((await batch({ registraties: rows })).status).to.equal(413)
    expect((await batch(ndjson(1001), 'application/x-ndjson')).status).to.equal(413)
    const taken = await batch(ndjson(1000), 'application/x-ndjson')
    expect(new Set(statuses(taken.body.resultaten))).to.eql(new Set([201]))
    const padded = (size: number) => JSON.stringify({ registraties: [] }).padEnd(size, ' ')
    expect((await batch(padded(8 * 1024 * 1024))).status).to.be.oneOf([200, 400])
    expect((await batch(padded(8 * 1024 * 1024 + 1))).status).to.equal(413)
    const mebibyte = JSON.stringify(aRegistration()).padEnd(1024 * 1024 + 1, ' ')
    expect((await test.ask('mee', 'POST', '/registraties', { body: mebibyte })).status).to.equal(413)
  })

  for (const name of adapterNames.filter((each) => each !== 'ijw'))
    it(`takes every sample of ${name} and gives its result back in the form of the source`, async () => {
      const sender = name === 'brp' ? 'gemeente' : 'rubicon'
      const folder = new URL(`${name}/samples/`, SAMPLES)
      for (const file of readdirSync(folder).filter((each) => !each.endsWith('.expected.json'))) {
        const type = TYPES[file.split('.').at(-1) as string] as string
        const body = readFileSync(new URL(file, folder))
        const expected = JSON.parse(readFileSync(new URL(`${file}.expected.json`, folder), 'utf8'))
        const answer = await test.ask(sender, 'POST', `/registraties/_bestand?adapter=${name}`, {
          body,
          headers: { 'content-type': type },
        })
        if (answer.status === 400) {
          expect(expected, file).to.have.length(1).with.nested.property('[0].fouten')
          continue
        }
        const rows = answer.body.resultaten as Row[]
        expect(
          rows.map(({ regel, status }) => [regel, status === 400]),
          file,
        ).to.eql(expected.map(({ regel, fouten }: Row) => [regel, fouten !== undefined]))
        const result = await test.ask(sender, 'GET', `/leveringen/${answer.body.leveringId}`)
        expect(result.status).to.equal(200)
        expect(result.headers.get('content-type')).to.match(RESULTS[file.split('.').at(-1) as string] as RegExp)
        expect((await test.ask('mee', 'GET', `/leveringen/${answer.body.leveringId}`)).status).to.equal(404)
      }
    })

  it('refuses an adapter that no organisation of the region may use', async () => {
    const body = readFileSync(new URL('ijw/samples/jw305.xml', SAMPLES))
    const answer = await test.ask('rubicon', 'POST', '/registraties/_bestand?adapter=ijw', {
      body,
      headers: { 'content-type': 'application/xml' },
    })
    expect([answer.status, answer.body.fouten[0].code]).to.eql([400, 'adapter'])
  })

  it('refuses an adapter that does not exist, in every spelling', async () => {
    for (const query of ['', '?adapter=', '?adapter=onbekend', '?adapter=MEE', '?adapter=../mee', '?adapter=mee&adapter=ij'])
      expect(
        (await test.ask('mee', 'POST', `/registraties/_bestand${query}`, { body: 'x', headers: { 'content-type': 'text/csv' } }))
          .status,
      ).to.equal(400)
  })
})
