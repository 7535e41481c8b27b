import { expect } from 'chai'
import { fhir } from '../../deploy/engines/fhir.ts'
import { engineOrSkip } from '../../deploy/engines/needed.ts'
import { frontOf } from '../../deploy/faults/fhir-front.ts'
import { storeContent } from '../edges/store/testing/store-content.ts'
import { type FhirPartner, fhirPartner, namedIn, upsert } from '../testing/fhir-partner.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'

/** In every one of these the patient and the episode stay as they are. */
describe('what a partner deletes on its FHIR server', function () {
  this.timeout(180_000)
  let partner: FhirPartner
  let test: TestHub
  before(async function () {
    partner = fhirPartner(await engineOrSkip(this, fhir))
    test = await startTestHub()
  })
  after(async () => {
    await test?.stop()
    partner?.close()
  })

  const pull = async (of = test, url = partner.source.url) =>
    expect(await partner.pull(of, { source: { ...partner.source, url } })).to.eql([])
  /** A patient with an episode, a mother and what she says, read by the hub. */
  const given = async (id: string, number: number, guardian: object = {}) => {
    await partner.transaction([
      upsert('Patient', id, partner.patient(number)),
      upsert('EpisodeOfCare', id, partner.episode(id)),
      upsert('RelatedPerson', id, { ...partner.mother(id), ...guardian }),
      upsert('Consent', id, partner.consent(id)),
    ])
    await pull()
    return id
  }
  const seen = async (id: string) => {
    const found = (await namedIn(test, id))!
    const [registration, consents] = await Promise.all([
      test.ask('mee', 'GET', `/registraties/${found.id}`),
      test.ask('mee', 'GET', `/registraties/${found.id}/toestemmingen`),
    ])
    return {
      status: found.betrokkenheid.status,
      guardians: registration.body.gezagsdragers.map(({ geslachtsnaam }: { geslachtsnaam: string }) => geslachtsnaam),
      consents: consents.body.toestemmingen.filter(({ intrekkingOp }: { intrekkingOp?: string }) => !intrekkingOp).length,
    }
  }

  it('a consent is withdrawn within that reading, and one recorded over the API stays', async () => {
    const id = await given(`toe-${partner.run}`, 721)
    expect(await seen(id)).to.eql({ status: 'actief', guardians: ['Smit'], consents: 1 })
    const { id: registratie } = (await namedIn(test, id))!
    const own = { registratie, over: 'jeugdige', gever: 'jeugdige', antwoord: 'ja', vorm: 'mondeling', bereik: {} }
    expect((await test.ask('mee', 'POST', '/toestemmingen', { body: own })).status).to.equal(201)
    expect((await seen(id)).consents).to.equal(2)
    await partner.send('DELETE', `Consent/${id}`)
    await pull()
    expect(await seen(id)).to.eql({ status: 'actief', guardians: ['Smit'], consents: 1 })
    const { versie } = (await namedIn(test, id))!
    await pull()
    expect((await namedIn(test, id))!.versie).to.equal(versie)
  })

  it('a consent that was given an end ends', async () => {
    const id = await given(`eind-${partner.run}`, 727)
    const period = { start: '2026-10-02', end: '2026-10-03' }
    await partner.put(`Consent/${id}`, { ...partner.consent(id), provision: { type: 'permit', period } })
    await pull()
    const { id: registratie } = (await namedIn(test, id))!
    const { body } = await test.ask('mee', 'GET', `/registraties/${registratie}/toestemmingen`)
    const standing = body.toestemmingen.filter(({ intrekkingOp }: { intrekkingOp: string | null }) => !intrekkingOp)
    expect(standing.map(({ geldigTot }: { geldigTot: string }) => geldigTot)).to.eql(['2026-10-03'])
  })

  it('a guardian goes, with what it said', async () => {
    const id = await given(`gez-${partner.run}`, 722)
    await partner.transaction([
      { request: { method: 'DELETE', url: `Consent/${id}` } },
      { request: { method: 'DELETE', url: `RelatedPerson/${id}` } },
    ])
    await pull()
    expect(await seen(id)).to.eql({ status: 'actief', guardians: [], consents: 0 })
  })

  it('a guardian that made the registration faulty goes, and it is registered then', async () => {
    const id = await given(`fout-${partner.run}`, 723, { name: [{ family: 'Smit'.repeat(100) }] })
    expect(await namedIn(test, id)).to.equal(undefined)
    await partner.transaction([
      { request: { method: 'DELETE', url: `Consent/${id}` } },
      { request: { method: 'DELETE', url: `RelatedPerson/${id}` } },
    ])
    await pull()
    expect((await seen(id)).guardians).to.eql([])
  })

  it('is known by what the hub remembers where the server keeps no versions of a single resource', async () => {
    const id = await given(`geen-${partner.run}`, 724)
    const asked: string[] = []
    const front = await frontOf(partner.source.url, {
      take({ url = '' }, response) {
        if (!/\/fhir\/\w+\/[^/?]+\/_history/.test(url)) return false
        asked.push(url)
        response.writeHead(404).end()
        return true
      },
    })
    await partner.send('DELETE', `Consent/${id}`)
    await pull(test, front.url)
    front.close()
    expect((await seen(id)).consents).to.equal(0)
    expect(asked.filter((url) => url.includes(id))).to.eql([])
  })

  it('is seen when it was deleted while the source was read for the first time', async () => {
    const id = await given(`eerst-${partner.run}`, 725)
    const fresh = await startTestHub()
    let deleted = false
    const front = await frontOf(partner.source.url, {
      change(body, path) {
        if (!/^\/Consent\?/.test(path) || deleted) return body
        deleted = true
        void partner.send('DELETE', `Consent/${id}`)
        return body
      },
    })
    await pull(fresh, front.url)
    front.close()
    await pull(fresh)
    const { id: registration } = (await namedIn(fresh, id))!
    const { body } = await fresh.ask('mee', 'GET', `/registraties/${registration}/toestemmingen`)
    await fresh.stop()
    expect(deleted).to.equal(true)
    expect(body.toestemmingen.filter(({ intrekkingOp }: { intrekkingOp?: string }) => !intrekkingOp)).to.eql([])
  })

  it('leaves nothing readable behind of whom it belonged to', async () => {
    const id = await given(`stil-${partner.run}`, 726)
    await partner.send('DELETE', `Consent/${id}`)
    await pull()
    const contents = await storeContent(test)
    expect(contents.get('hub_state')).to.include('fhir/mee/gewist/Consent')
    expect([...contents.values()].filter((content) => content.includes(id))).to.eql([])
  })
})
