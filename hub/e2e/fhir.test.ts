import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import { fhir } from '../../deploy/engines/fhir.ts'
import { engineOrSkip } from '../../deploy/engines/needed.ts'
import type { Tx } from '../ports.ts'
import { BSN_SYSTEM, type FhirPartner, fhirPartner, namedIn, ownOf, upsert } from '../testing/fhir-partner.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'

describe('a partner with a FHIR server', function () {
  this.timeout(180_000)
  let partner: FhirPartner
  let test: TestHub
  let run: string
  before(async function () {
    partner = fhirPartner(await engineOrSkip(this, fhir))
    run = partner.run
    await partner.put(`Organization/o-${run}`, {
      resourceType: 'Organization',
      name: 'Proefinstelling',
      telecom: [{ system: 'phone', value: '0770000001' }],
    })
    await partner.put(`PractitionerRole/pr-${run}`, {
      resourceType: 'PractitionerRole',
      code: [{ text: 'gezinsbegeleider' }],
      organization: { reference: `Organization/o-${run}` },
    })
    test = await startTestHub()
  })
  after(async () => {
    await test?.stop()
    partner?.close()
  })

  const pull = async (signal = new AbortController().signal) => expect(await partner.pull(test, { signal })).to.eql([])
  const own = () => ownOf(test)
  const named = (name: string) => namedIn(test, name)
  const quarantine = () => test.hub.store.read((tx) => tx.imports.listQuarantine('', 10_000))
  const episode = (id: string, extra: object = {}) =>
    partner.episode(id, {
      managingOrganization: { reference: `Organization/o-${run}` },
      careManager: { reference: `PractitionerRole/pr-${run}` },
      ...extra,
    })

  it('registers a patient with an episode, its guardian and its consents', async () => {
    const id = `a-${run}`
    await partner.transaction([
      upsert('Patient', id, partner.patient(501)),
      upsert('EpisodeOfCare', id, episode(id)),
      upsert('RelatedPerson', id, partner.mother(id)),
      upsert('Consent', id, partner.consent(id)),
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
    await partner.put(
      `EpisodeOfCare/${id}`,
      episode(id, { status: 'finished', period: { start: '2026-10-01', end: '2026-11-01' } }),
    )
    await pull()
    expect((await named(id))!.betrokkenheid.status).to.equal('afgesloten')
    expect(await own()).to.have.length(before.length)
  })

  it('keeps what is wrong in quarantine, once, with its FHIR path', async () => {
    const id = `b-${run}`
    await partner.transaction([
      upsert('Patient', id, partner.patient(502, { identifier: [{ system: BSN_SYSTEM, value: '999900019' }] })),
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
    await partner.transaction([upsert('Patient', id, partner.patient(502)), upsert('EpisodeOfCare', id, episode(id))])
    await pull()
    expect(await named(id)).not.to.equal(undefined)
  })

  it('registers a patient that was merged as the one it was merged into', async () => {
    const [gone, stays] = [`c-${run}`, `d-${run}`]
    await partner.transaction([
      upsert('Patient', stays, partner.patient(503)),
      upsert('Patient', gone, partner.patient(504)),
      upsert('EpisodeOfCare', gone, episode(gone)),
    ])
    await pull()
    const link = [{ other: { reference: `Patient/${stays}` }, type: 'replaced-by' }]
    await partner.put(`Patient/${gone}`, partner.patient(504, { active: false, link }))
    await pull()
    const { body } = await test.ask('mee', 'GET', `/registraties/${(await named(gone))!.id}`)
    expect(body.persoon.voornamen).to.equal('Noor503')
  })

  it('ends and destroys what was deleted', async () => {
    const id = `e-${run}`
    await partner.transaction([upsert('Patient', id, partner.patient(505)), upsert('EpisodeOfCare', id, episode(id))])
    await pull()
    expect((await named(id))!.betrokkenheid.status).to.equal('actief')
    await partner.send('DELETE', `EpisodeOfCare/${id}`)
    await pull()
    // Registered wrongly, so it is destroyed as soon as that is processed.
    const ended = await named(id)
    if (ended) expect(ended.betrokkenheid.status).to.equal('afgesloten')
    while (await named(id)) await wait(50)
  })

  it('goes on after it was stopped in the middle, without loss or double', async () => {
    const ids = Array.from({ length: 120 }, (_, i) => `m${i}-${run}`)
    await partner.transaction(
      ids.flatMap((id, i) => [upsert('Patient', id, partner.patient(600 + i)), upsert('EpisodeOfCare', id, episode(id))]),
    )
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
