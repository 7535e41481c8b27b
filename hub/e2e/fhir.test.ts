import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Address } from '../../deploy/engines/engine.ts'
import { fhir } from '../../deploy/engines/fhir.ts'
import { engineOrSkip } from '../../deploy/engines/needed.ts'
import { pullSources } from '../edges/fhir/pull.ts'
import type { FhirSource } from '../edges/fhir/settings.ts'
import { createLog } from '../edges/log.ts'
import type { Tx } from '../ports.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aBsn } from '../testing/registration.ts'

const ROLE_CODE = 'http://terminology.hl7.org/CodeSystem/v3-RoleCode'
const BSN = 'http://fhir.nl/fhir/NamingSystem/bsn'
const run = Date.now().toString(36)
/** The server may hold what an earlier run left: these persons are new. */
const FIRST = Math.floor(Math.random() * 4_000_000)

interface Entry {
  fullUrl?: string
  resource: object
  request: object
}

describe('a partner with a FHIR server', function () {
  this.timeout(180_000)
  let server: Address
  let test: TestHub
  let source: FhirSource
  const folder = mkdtempSync(join(tmpdir(), 'fhir-'))

  before(async function () {
    server = await engineOrSkip(this, fhir)
    const tokenFile = join(folder, 'token')
    writeFileSync(tokenFile, server.token!)
    source = { client: 'mee', url: server.url!, tokenFile, everySeconds: 0, requestsPerSecond: 1000, pageSize: 20 }
    await put(`Organization/o-${run}`, {
      resourceType: 'Organization',
      name: 'Proefinstelling',
      telecom: [{ system: 'phone', value: '0770000001' }],
    })
    await put(`PractitionerRole/pr-${run}`, {
      resourceType: 'PractitionerRole',
      code: [{ text: 'gezinsbegeleider' }],
      organization: { reference: `Organization/o-${run}` },
    })
    test = await startTestHub()
  })
  after(async () => {
    await test?.stop()
    rmSync(folder, { recursive: true })
  })

  const send = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${server.url}${path ? `/${path}` : ''}`, {
      method,
      headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/fhir+json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${(await answer.text()).slice(0, 500)}`)
    return answer
  }
  const put = (path: string, resource: object) => send('PUT', path, { ...resource, id: path.split('/')[1] })
  const pull = (signal = new AbortController().signal) => pullSources(test.hub, [source], createLog('silent'), signal)()
  const own = async () => {
    const all: { id: string; kenmerk: string; versie: number; betrokkenheid: { status: string } }[] = []
    for (let cursor = ''; ; ) {
      const { body } = await test.ask('mee', 'GET', `/registraties?limiet=1000${cursor && `&cursor=${cursor}`}`)
      all.push(...body.registraties)
      if (!body.volgende) return all
      cursor = body.volgende
    }
  }
  const named = async (name: string) => (await own()).find(({ kenmerk }) => kenmerk === `EpisodeOfCare/${name}`)
  const quarantine = () => test.hub.store.read((tx) => tx.imports.listQuarantine('', 10_000))

  const patient = (number: number, extra: object = {}) => ({
    resourceType: 'Patient',
    identifier: [{ system: BSN, value: aBsn(FIRST + number) }],
    name: [
      {
        use: 'official',
        family: 'van den Proef',
        _family: {
          extension: [
            { url: 'http://hl7.org/fhir/StructureDefinition/humanname-own-prefix', valueString: 'van den' },
            { url: 'http://hl7.org/fhir/StructureDefinition/humanname-own-name', valueString: 'Proef' },
          ],
        },
        given: [`Noor${number}`],
      },
    ],
    gender: 'female',
    birthDate: '2013-04-01',
    ...extra,
  })
  const episode = (id: string, extra: object = {}) => ({
    resourceType: 'EpisodeOfCare',
    status: 'active',
    patient: { reference: `Patient/${id}` },
    period: { start: '2026-10-01' },
    managingOrganization: { reference: `Organization/o-${run}` },
    careManager: { reference: `PractitionerRole/pr-${run}` },
    ...extra,
  })
  const upsert = (type: string, id: string, resource: object): Entry => ({
    resource: { ...resource, id },
    request: { method: 'PUT', url: `${type}/${id}` },
  })
  const transaction = (entry: Entry[]) => send('POST', '', { resourceType: 'Bundle', type: 'transaction', entry })

  it('registers a patient with an episode, its guardian and its consents', async () => {
    const id = `a-${run}`
    await transaction([
      upsert('Patient', id, patient(501)),
      upsert('EpisodeOfCare', id, episode(id)),
      upsert('RelatedPerson', id, {
        resourceType: 'RelatedPerson',
        patient: { reference: `Patient/${id}` },
        relationship: [{ coding: [{ system: ROLE_CODE, code: 'MTH' }] }],
        name: [{ family: 'Smit', given: ['Petra'] }],
      }),
      upsert('Consent', id, {
        resourceType: 'Consent',
        status: 'active',
        scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] },
        category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
        policyRule: { text: 'toestemming' },
        patient: { reference: `Patient/${id}` },
        performer: [{ reference: `RelatedPerson/${id}` }],
        dateTime: '2026-10-02',
        provision: { type: 'permit' },
      }),
    ])
    await pull()
    const found = (await named(id))!
    const { body } = await test.ask('mee', 'GET', `/registraties/${found.id}`)
    expect(body.persoon).to.include({ voornamen: 'Noor501', voorvoegsel: 'van den', geslachtsnaam: 'Proef', geslacht: 'vrouw' })
    expect(body.gezagsdragers[0]).to.include({ relatie: 'ouder', gezag: 'onbekend', geslachtsnaam: 'Smit' })
    expect(body.contact).to.include({ functie: 'gezinsbegeleider', telefoon: '0770000001' })
    const consents = await test.ask('mee', 'GET', `/registraties/${found.id}/toestemmingen`)
    expect(consents.body.toestemmingen[0]).to.include({ gever: `RelatedPerson/${id}`, antwoord: 'ja' })
  })

  it('registers nothing twice, and follows a change of the person or the episode', async () => {
    const id = `a-${run}`
    const before = await own()
    await pull()
    expect(await own()).to.eql(before)
    await put(`EpisodeOfCare/${id}`, episode(id, { status: 'finished', period: { start: '2026-10-01', end: '2026-11-01' } }))
    await pull()
    expect((await named(id))!.betrokkenheid.status).to.equal('afgesloten')
    expect(await own()).to.have.length(before.length)
  })

  it('keeps what is wrong in quarantine, once, with its FHIR path', async () => {
    const id = `b-${run}`
    await transaction([
      upsert('Patient', id, patient(502, { identifier: [{ system: BSN, value: '999900019' }] })),
      upsert('EpisodeOfCare', id, episode(id, { period: {} })),
    ])
    await pull()
    await pull()
    const found = (await quarantine()).filter(({ source }) => source === 'fhir')
    expect(found).to.have.length(1)
    expect(JSON.parse(found[0]!.faults).map(({ pointer }: { pointer: string }) => pointer)).to.include.members([
      'Patient.identifier',
      'EpisodeOfCare.period.start',
    ])
    await transaction([upsert('Patient', id, patient(502)), upsert('EpisodeOfCare', id, episode(id))])
    await pull()
    expect(await named(id)).not.to.equal(undefined)
  })

  it('registers a patient that was merged as the one it was merged into', async () => {
    const [gone, stays] = [`c-${run}`, `d-${run}`]
    await transaction([
      upsert('Patient', stays, patient(503)),
      upsert('Patient', gone, patient(504)),
      upsert('EpisodeOfCare', gone, episode(gone)),
    ])
    await pull()
    const link = [{ other: { reference: `Patient/${stays}` }, type: 'replaced-by' }]
    await put(`Patient/${gone}`, patient(504, { active: false, link }))
    await pull()
    const { body } = await test.ask('mee', 'GET', `/registraties/${(await named(gone))!.id}`)
    expect(body.persoon.voornamen).to.equal('Noor503')
  })

  it('ends what was deleted', async () => {
    const id = `e-${run}`
    await transaction([upsert('Patient', id, patient(505)), upsert('EpisodeOfCare', id, episode(id))])
    await pull()
    expect((await named(id))!.betrokkenheid.status).to.equal('actief')
    await send('DELETE', `EpisodeOfCare/${id}`)
    await pull()
    expect((await named(id))!.betrokkenheid.status).to.equal('afgesloten')
  })

  it('goes on after it was stopped in the middle, without loss or double', async () => {
    const ids = Array.from({ length: 120 }, (_, i) => `m${i}-${run}`)
    await transaction(ids.flatMap((id, i) => [upsert('Patient', id, patient(600 + i)), upsert('EpisodeOfCare', id, episode(id))]))
    const before = (await own()).length
    for (const after of [6, 20, 40]) {
      const stopping = new AbortController()
      const { read } = test.hub.store
      let reads = 0
      test.hub.store.read = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
        if (++reads > after) stopping.abort()
        return read.call(test.hub.store, work) as Promise<T>
      }
      await pull(stopping.signal)
      test.hub.store.read = read
    }
    await pull()
    const found = await own()
    expect(found).to.have.length(before + ids.length)
    expect(new Set(found.map(({ kenmerk }) => kenmerk)).size).to.equal(found.length)
  })
})
