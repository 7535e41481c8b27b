import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect } from 'chai'
import { parse } from 'csv-parse/sync'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aBsn, aRegistration } from '../testing/registration.ts'

/** AuditEvent and what it consists of, out of the JSON Schema of FHIR R4 (4.0.1); extensions and contained resources are left open. */
const schema = JSON.parse(readFileSync(new URL('../testing/fhir-r4-auditevent.schema.json', import.meta.url), 'utf8'))

describe('exports of the access log', () => {
  let test: TestHub
  const person = { bsn: aBsn(77), voornamen: 'Kanarie', geslachtsnaam: 'Vogelaar', geboortedatum: '2010-02-03' }
  before(async () => {
    test = await startTestHub()
    for (const client of ['mee', 'rubicon'])
      await test.ask(client, 'POST', '/registraties', { body: aRegistration({ persoon: person }) })
    await test.untilProcessed()
    await test.ask('mee', 'GET', '/registraties')
    await test.ask('mee', 'GET', '/cijfers')
    await test.ask(null, 'GET', '/matches')
  })
  after(() => test.stop())

  const exported = async (vorm: string, more: object = {}) =>
    test.ask('privacy-functionaris', 'POST', '/logregels/_exporteer', { body: { vorm, ...more } })

  it('are the fields of NEN 7513, as CSV and as JSON, and the same lines', async () => {
    const csv = await exported('nen7513-csv', { tot: '2099-01-01' })
    expect(csv.headers.get('content-type')).to.match(/^text\/csv/)
    const rows = parse(csv.text, { columns: true }) as Record<string, string>[]
    const json = (await exported('nen7513-json', { tot: '2099-01-01' })).body.logregels as Record<string, unknown>[]
    const numbers = json.map((line) => String(line.logrecordId))
    expect(rows.map((row) => row.logrecordId)).to.deep.equal(numbers.slice(1))
    expect(json[0]).to.include({
      gebeurtenis: 'exporteren',
      objectId: 'logregels nen7513-csv',
      gebruikerId: 'privacy-functionaris',
    })
    expect(json.map((line) => line.gebeurtenisActie)).to.include.members(['C', 'R', 'U'])
    expect(json.map((line) => line.gebeurtenisUitkomst)).to.include.members(['0', '4'])
    const own = json.find((line) => line.gebeurtenis === 'lezen' && line.clientPseudoniem)
    expect(own).to.include({ systeem: 'mee', gebruikerOrganisatie: 'mee', toegangspunt: 'api', noodprocedure: false })
  })

  it('are FHIR R4 AuditEvents by the schema of HL7', async () => {
    const { text, headers } = await exported('fhir-auditevent')
    expect(headers.get('content-type')).to.match(/^application\/fhir\+json/)
    const bundle = JSON.parse(text)
    expect(bundle).to.include({ resourceType: 'Bundle', type: 'collection' })
    const isAuditEvent = new Ajv({ strict: false }).compile(schema)
    expect(bundle.entry.length).to.be.above(5)
    for (const { resource } of bundle.entry) expect(isAuditEvent(resource), JSON.stringify(isAuditEvent.errors)).to.equal(true)
    expect(isAuditEvent({ ...bundle.entry[0].resource, agent: undefined, extra: 1 })).to.equal(false)
    const ids = bundle.entry.map((entry: { resource: { id: string } }) => entry.resource.id)
    expect(new Set(ids).size).to.equal(ids.length)
  })

  it('are lines of the Logboek Dataverwerkingen: no user, and the person encrypted', async () => {
    const { text } = await exported('dataverwerkingen')
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    for (const line of lines) {
      expect(Object.keys(line)).to.have.members('trace_id span_id status name start_time end_time resource attributes'.split(' '))
      expect(line.trace_id).to.match(/^[0-9a-f]{32}$/)
      expect(line.span_id).to.match(/^[0-9a-f]{16}$/)
      expect(line.status).to.be.oneOf(['Ok', 'Error'])
      expect(line.attributes['dpl.core.processing_activity_id']).to.match(
        /^urn:nld:oin:\d{20}:systeem:verwijsindex:verwerking:[a-z]+$/,
      )
    }
    expect(text).not.to.match(/p_[0-9A-Z]{10}/)
    expect(text).not.to.include('privacy-functionaris')
    expect(lines.some((line) => line.attributes['dpl.core.data_subject_id'])).to.equal(true)
  })

  it('go page by page to the end, hold no name or number, and refuse what is no form', async () => {
    const seen: number[] = []
    for (let cursor = ''; ; ) {
      const { body, headers, text } = await exported('nen7513-json', { limiet: 5, cursor, client: undefined })
      for (const value of Object.values(person)) expect(text).not.to.include(value)
      seen.push(...body.logregels.map((line: { logrecordId: number }) => line.logrecordId))
      cursor = headers.get('volgende') ?? ''
      if (cursor === '') break
    }
    expect(seen).to.deep.equal(Array.from({ length: seen[0] as number }, (_, i) => (seen[0] as number) - i))
    expect((await exported('xml')).status).to.equal(400)
    expect((await test.ask('mee', 'POST', '/logregels/_exporteer', { body: { vorm: 'nen7513-csv' } })).status).to.equal(403)
  })
})
