import { expect } from 'chai'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aBsn } from '../testing/registration.ts'
import { scenarioOn, summaryOf } from '../testing/scenario.ts'

const parentOf = (voornamen: string, geslachtsnaam: string, year: number) => {
  return { relatie: 'ouder', gezag: 'ja', voornamen, geslachtsnaam, geboortedatum: `${year}-02-03` }
}

describe('consents and what they show', () => {
  let test: TestHub
  let s: ReturnType<typeof scenarioOn>
  let persoon: Record<string, unknown>
  let mother: ReturnType<typeof parentOf>
  let father: ReturnType<typeof parentOf>
  let drawn = 900
  before(async () => {
    test = await startTestHub({ clock: '2026-11-22T09:00:00+01:00' })
    s = scenarioOn(test)
  })
  after(() => test.stop())
  beforeEach(() => {
    persoon = { bsn: aBsn(drawn++), geboortedatum: '2019-05-06' }
    mother = parentOf('Petra', 'Smit', 1000 + drawn)
    father = parentOf('Karel', 'Bos', 1000 + drawn)
  })

  /** A registration whose kenmerk is of this test only. */
  const register = (by: string, guardians: object[] = [{ kenmerk: 'o1', ...mother }], extra: Record<string, unknown> = {}) => {
    const kenmerk = `${by}-${drawn}${extra.nr ?? ''}`
    const { nr: _, ...rest } = extra
    return s.register({ by, kenmerk, persoon, gezagsdragers: guardians as [], ...rest }).then(() => kenmerk)
  }
  const seen = async (by: string, kenmerk: string) =>
    summaryOf(await s.matches(by))
      .filter((line) => line.startsWith('persoon') && line.includes(kenmerk))
      .map((line) => line.split(': ')[1])
  const status = async (by: string, id: unknown) => (await test.ask(by, 'GET', `/matches/${id}`)).status
  const matchOf = async (by: string, kenmerk: string) =>
    (await s.matches(by)).find((match) => match.soort === 'persoon' && (match.eigenKenmerken as string[]).includes(kenmerk))

  it('are asked of the other side only: one party can see a match that the other does not', async () => {
    const mee = await register('mee')
    const rubicon = await register('rubicon')
    await s.consent('rubicon', rubicon, { gever: 'o1' })
    expect(await seen('mee', mee)).to.deep.equal(['rubicon'])
    expect(await seen('rubicon', rubicon)).to.deep.equal([])
    const match = await matchOf('mee', mee)
    expect(await status('rubicon', match?.id)).to.equal(404)
    expect(await status('coordinatiepunt', match?.id)).to.equal(404)
    await s.consent('mee', mee, { gever: 'o1', bereik: { soorten: ['coordinatiepunt'] } })
    expect(await status('coordinatiepunt', match?.id)).to.equal(200)
    expect(await seen('rubicon', rubicon)).to.deep.equal([])
  })

  it('close at once when withdrawn, with an event, and open anew under another id', async () => {
    const mee = await register('mee')
    const rubicon = await register('rubicon')
    const consent = await s.consent('rubicon', rubicon, { gever: 'o1' })
    const match = await matchOf('mee', mee)
    const { next } = await s.events('mee')
    await s.withdraw('rubicon', consent)
    expect(await status('mee', match?.id)).to.equal(404)
    expect((await s.events('mee', next)).types).to.deep.equal(['match.ingetrokken'])
    await s.consent('rubicon', rubicon, { gever: 'o1' })
    expect((await s.events('mee', next)).types).to.deep.equal(['match.ingetrokken', 'match.geopend'])
    expect((await matchOf('mee', mee))?.id).to.not.equal(match?.id)
    expect(await status('mee', match?.id)).to.equal(404)
  })

  it('are per organisation, kind and coördinatiepunt; specific goes before general', async () => {
    const all = { mee: await register('mee'), vorkmeer: await register('vorkmeer'), bureau: await register('bureau-jeugdzorg') }
    const rubicon = await register('rubicon')
    await s.consent('rubicon', rubicon, { gever: 'o1', bereik: { organisaties: ['mee'] } })
    const visible = async () => [
      await seen('mee', all.mee),
      await seen('vorkmeer', all.vorkmeer),
      await seen('bureau-jeugdzorg', all.bureau),
    ]
    expect(await visible()).to.deep.equal([['rubicon'], [], []])
    await s.consent('rubicon', rubicon, { gever: 'o1', bereik: { soorten: ['welzijn'] } })
    expect(await visible()).to.deep.equal([['rubicon'], ['rubicon'], []])
    await s.consent('rubicon', rubicon, { gever: 'o1', antwoord: 'nee', bereik: { organisaties: ['mee'] } })
    expect(await visible()).to.deep.equal([[], ['rubicon'], []])
  })

  it('let a no for all weigh as that guardian’s at every organisation, whatever the references', async () => {
    const mee = await register('mee', [{ kenmerk: 'o1', ...mother }])
    const rubicon = await register('rubicon', [{ kenmerk: 'o1', ...father }])
    const vorkmeer = await register('vorkmeer', [
      { kenmerk: 'o1', ...father },
      { kenmerk: 'o2', ...mother, gezag: 'nee' },
    ])
    await s.consent('mee', mee, { gever: 'o1' })
    await s.consent('rubicon', rubicon, { gever: 'o1' })
    await s.consent('vorkmeer', vorkmeer, { gever: 'o1' })
    const body = { gever: 'o1', antwoord: 'nee', voor: 'allen', bereik: { organisaties: ['vorkmeer'] } }
    const no = await s.consent('mee', mee, body)
    expect(await seen('vorkmeer', vorkmeer)).to.deep.equal([])
    expect(await seen('mee', mee)).to.deep.equal(['rubicon,vorkmeer'])
    expect(await seen('rubicon', rubicon)).to.deep.equal(['mee,vorkmeer'])
    await s.withdraw('mee', no)
    expect(await seen('vorkmeer', vorkmeer)).to.deep.equal(['mee,rubicon'])
    await s.consent('vorkmeer', vorkmeer, { gever: 'o2', antwoord: 'nee', voor: 'allen' })
    expect(await seen('mee', mee)).to.deep.equal(['rubicon,vorkmeer'])
    const own = (await s.must('rubicon', 'GET', `/registraties/${s.idOf('rubicon', rubicon)}`)).body
    expect(own.toestemming).to.deep.equal({ stand: 'voldoende', ontbreekt: [] })
  })

  it('let the young person’s no for all weigh everywhere, once the young person is heard', async () => {
    for (const [geboortedatum, parties] of [
      ['2019-05-06', 'rubicon'],
      ['2009-05-06', undefined],
    ] as const) {
      persoon = { bsn: aBsn(drawn++), geboortedatum }
      const gever = geboortedatum === '2019-05-06' ? 'o1' : 'jeugdige'
      const mee = await register('mee')
      const rubicon = await register('rubicon')
      await s.consent('rubicon', rubicon, { gever })
      await s.consent('mee', mee, { gever: 'jeugdige', antwoord: 'nee', voor: 'allen' })
      expect((await seen('mee', mee))[0], geboortedatum).to.equal(parties)
    }
  })

  it('cover the organisation’s other registrations of the person, for guardians who are shown to be the same', async () => {
    const mee = await register('mee')
    const one = await register('rubicon', [{ kenmerk: 'o1', ...mother }])
    await register('rubicon', [{ kenmerk: 'o9', ...mother }], { nr: 'x' })
    await register('rubicon', [{ kenmerk: 'o1', ...father }], { nr: 'y' })
    await s.consent('rubicon', one, { gever: 'o1' })
    expect(await seen('mee', mee)).to.deep.equal(['rubicon,rubicon'])
    await s.consent('rubicon', one, { gever: 'o1', antwoord: 'nee', bereik: { organisaties: ['mee'] } })
    expect(await seen('mee', mee)).to.deep.equal([])
  })

  it('cover them by reference where guardians have no names, and both dossiers list the same', async () => {
    const nameless = [{ kenmerk: 'o1', gezag: 'ja', relatie: 'ouder' }]
    const mee = await register('mee')
    const one = await register('rubicon', nameless)
    await register('rubicon', nameless, { nr: 'x' })
    await register('rubicon', [...nameless, { kenmerk: 'o2', gezag: 'ja', relatie: 'ouder' }], { nr: 'y' })
    await s.consent('rubicon', one, { gever: 'o1' })
    expect(await seen('mee', mee)).to.deep.equal(['rubicon,rubicon'])
  })

  it('hear the registered guardians as they are now', async () => {
    const mee = await register('mee')
    const rubicon = await register('rubicon')
    await s.consent('rubicon', rubicon, { gever: 'o1' })
    expect(await seen('mee', mee)).to.deep.equal(['rubicon'])
    const gezagsdragers = [
      { kenmerk: 'o1', ...mother },
      { kenmerk: 'o2', ...father },
    ]
    await s.register({ by: 'rubicon', kenmerk: rubicon, versie: 2, persoon, gezagsdragers })
    expect(await seen('mee', mee)).to.deep.equal([])
    await s.consent('rubicon', rubicon, { gever: 'o2' })
    expect(await seen('mee', mee)).to.deep.equal(['rubicon'])
  })
  it('end when a newer version names another child, and go on when it mends a name', async () => {
    const sibling = { bsn: aBsn(drawn++), geboortedatum: '2018-01-02' }
    const other = await s.register({
      by: 'mee',
      kenmerk: `ander-${drawn}`,
      persoon: sibling,
      gezagsdragers: [{ kenmerk: 'o1', ...mother }],
    })
    expect(other).to.match(/^r_/)
    const gezagsdragers = [{ kenmerk: 'o1', ...mother }]
    const mee = await register('mee')
    const rubicon = await register('rubicon')
    await s.consent('rubicon', rubicon, { gever: 'o1' })
    await s.register({ by: 'rubicon', kenmerk: rubicon, versie: 2, persoon: { ...persoon, voornamen: 'Noor' }, gezagsdragers })
    expect(await seen('mee', mee)).to.deep.equal(['rubicon'])
    await s.register({ by: 'rubicon', kenmerk: rubicon, versie: 3, persoon: sibling, gezagsdragers })
    expect(await seen('mee', `ander-${drawn}`)).to.deep.equal([])
    const { toestemmingen } = (await s.must('rubicon', 'GET', `/registraties/${s.idOf('rubicon', rubicon)}/toestemmingen`)).body
    expect(toestemmingen[0].intrekkingOp).to.be.a('string')
    await s.consent('rubicon', rubicon, { gever: 'o1' })
    expect(await seen('mee', `ander-${drawn}`)).to.deep.equal(['rubicon'])
  })
})
