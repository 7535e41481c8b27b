import { expect } from 'chai'
import { readPolicy } from '../edges/policies.ts'
import { sweep } from '../sweep.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { regionFile, withOrganisation } from '../testing/region.ts'
import { aBsn } from '../testing/registration.ts'
import { scenarioOn } from '../testing/scenario.ts'

const POLICY = 'peel-en-maas-1g1p'
const POINT = 'coordinatiepunt'
const PARENT = { kenmerk: 'o1', relatie: 'ouder', gezag: 'ja', geslachtsnaam: 'Smit', geboortedatum: '1985-02-03' }
const REGION = regionFile((region) => withOrganisation(region, 'gezinscoach', 'welzijn'))
/** The Thursday before Easter. */
const START = '2026-04-02T09:00:00.000+02:00'
const NIGHT = 'T00:00:00.000+02:00'
const STARTED_ON = '2026-04-02'

interface Row {
  term: string
  /** Who registers, or asks for coordination. */
  by: string
  status?: string
  /** The status that is the answer. */
  next?: string
  /** In the hat that the involvement wears, or with the urgency of the source. */
  pet?: string
  urgentie?: string
  /** What it runs from, where that is not the registration. */
  from?: 'melding' | 'casus' | 'match'
  /** The act that is the answer. */
  act?: object
  /** A case is open, with this organisation as zorgcoördinator, and may be told. */
  coordinator?: string
  passes: string
  hear: string[]
  /** When it has passed a second time. */
  again?: string
}

/** Reckoned by hand from the documents that the policy names. */
const ROWS: Row[] = [
  ...[
    { term: 'bjz-acceptatie', status: 'aangemeld', next: 'intake', passes: '2026-04-03T09:00:00.000+02:00' },
    // Good Friday and Easter Monday are no working days.
    { term: 'bjz-contact', status: 'intake', next: 'actief', passes: `2026-04-14${NIGHT}` },
  ].map((row) => ({ ...row, by: 'bureau-jeugdzorg', hear: ['bureau-jeugdzorg'] })),
  ...[
    { term: 'vorkmeer-intake', status: 'aangemeld', next: 'intake', passes: `2026-04-17${NIGHT}` },
    { term: 'vorkmeer-hulp', status: 'wachtlijst', next: 'actief', passes: `2026-05-15${NIGHT}` },
  ].map((row) => ({ ...row, by: 'vorkmeer', hear: ['vorkmeer'] })),
  ...[
    { term: 'rubicon-wachtlijst', status: 'wachtlijst', next: 'intake', passes: `2026-06-05${NIGHT}` },
    { term: 'rubicon-contact', status: 'aangemeld', next: 'intake', passes: `2026-04-10${NIGHT}` },
    { term: 'rubicon-verslag', status: 'intake', next: 'actief', passes: `2026-05-15${NIGHT}` },
  ].map((row) => ({ ...row, by: 'rubicon', hear: ['rubicon'] })),
  {
    ...{
      term: 'vorkmeer-huisverbod',
      by: 'vorkmeer',
      status: 'aangemeld',
      next: 'intake',
      urgentie: 'spoed',
      coordinator: 'mee',
    },
    ...{ passes: '2026-04-04T09:00:00.000+02:00', hear: [POINT, 'vorkmeer'] },
  },
  {
    ...{ term: 'rubicon-evaluatie-1', by: 'rubicon', status: 'actief', next: 'wachtlijst', coordinator: 'mee' },
    ...{ passes: `2026-08-03${NIGHT}`, hear: ['mee', 'rubicon'] },
  },
  {
    ...{ term: 'rubicon-evaluatie-2', by: 'rubicon', status: 'actief', next: 'wachtlijst', coordinator: 'mee' },
    ...{ passes: `2026-10-03${NIGHT}`, hear: ['mee', 'rubicon'], again: `2027-04-03${NIGHT}` },
  },
  { term: 'mee-afronden', by: 'mee', status: 'actief', next: 'wachtlijst', passes: `2026-07-03${NIGHT}`, hear: ['mee'] },
  {
    ...{ term: 'gezinscoach-huisbezoek', by: 'gezinscoach', status: 'intake', next: 'actief', pet: 'gezinscoach' },
    ...{ passes: `2026-04-10${NIGHT}`, hear: ['gezinscoach'] },
  },
  ...[
    { term: 'zorgmelding-oppakken', passes: `2026-04-04${NIGHT}` },
    { term: 'zorgmelding-contact', passes: `2026-04-08${NIGHT}` },
    { term: 'zorgmelding-afronden', passes: `2026-05-15${NIGHT}` },
  ].map((row) => ({ ...row, by: 'rubicon', from: 'melding' as const, hear: [POINT, 'rubicon'] })),
  {
    ...{
      term: 'den-haag-plan',
      by: 'rubicon',
      from: 'casus',
      coordinator: 'mee',
      passes: `2026-05-15${NIGHT}`,
      hear: [POINT, 'mee'],
    },
    act: { soort: 'plan', deelnemers: [{ soort: 'ouder' }], evaluaties: ['2027-04-02'] },
  },
  {
    ...{
      term: 'den-haag-contact',
      by: 'rubicon',
      from: 'casus',
      coordinator: 'mee',
      passes: `2026-04-17${NIGHT}`,
      hear: ['mee'],
    },
    ...{ act: { soort: 'gesprek' }, again: `2026-05-01${NIGHT}` },
  },
  { term: 'contact-na-match', by: 'rubicon', from: 'match', passes: `2026-04-10${NIGHT}`, hear: [POINT, 'mee', 'rubicon'] },
]

describe('every term of the example policy, through the API', function () {
  this.timeout(30_000)
  let test: TestHub
  let s: ReturnType<typeof scenarioOn>
  let instant = START

  const moveTo = (when: string) => {
    instant = when
  }
  const justBefore = (when: string) => new Date(Date.parse(when) - 1).toISOString()
  const sweepAt = async (when: string) => {
    moveTo(when)
    await sweep(test.hub, new Date(when))
  }
  const clients = ['bureau-jeugdzorg', 'vorkmeer', 'rubicon', 'mee', 'gezinscoach', POINT]
  /** How often each heard that something passed. */
  const heard = async () => {
    const counts: Record<string, number> = {}
    for (const by of clients) {
      const { types } = await s.events(by)
      counts[by] = types.filter((type) => type === 'termijn.verlopen' || type === 'opvolging.verlopen').length
    }
    return counts
  }

  beforeEach(async () => {
    moveTo(START)
    test = await startTestHub({ clock: START, region: REGION, policy: POLICY })
    test.hub.clock.domain = () => new Date(instant)
    s = scenarioOn(test)
  })
  afterEach(() => test.stop())

  /** Nothing else passes that would be counted too. */
  const only = (term: string) => {
    const { termijnen } = readPolicy(POLICY)
    test.hub.policy = {
      ...test.hub.policy,
      termijnen: Object.fromEntries(
        Object.entries(termijnen).filter(([id]) => id === term || id === 'contact-na-match'),
      ) as typeof termijnen,
    }
  }

  /** Makes the term run; answers how it is answered. */
  async function begin(row: Row): Promise<() => Promise<unknown>> {
    const { by, status = 'actief', pet, urgentie, coordinator, from } = row
    const persoon = { bsn: aBsn(700), geboortedatum: '2018-05-06' }
    const sent = {
      ...{ by, kenmerk: 'd', persoon, gezagsdragers: [PARENT] },
      betrokkenheid: { status, begindatum: STARTED_ON, ...(pet ? { pet } : {}) },
      ...(urgentie ? { coordinatieNodig: { urgentie } } : {}),
    }
    const registratie = await s.register(sent)
    if (from === 'melding') return asked(row, registratie)
    let casus = ''
    if (coordinator || from === 'match') casus = await withOther(row, persoon)
    if (from === 'match') return async () => {}
    if (from === 'casus') return () => s.must(POINT, 'POST', `/coordinatiecasussen/${casus}/handelingen`, row.act)
    const answered = { ...sent, versie: 2, betrokkenheid: { ...sent.betrokkenheid, status: row.next } }
    return () => s.register(answered)
  }

  async function asked({ by }: Row, registratie: string) {
    const { id } = (await s.must(by, 'POST', '/meldingen', { registratie, reden: 'coordinatie-nodig', urgentie: 'spoed' })).body
    return () => s.must(POINT, 'POST', `/meldingen/${id}/beoordelingen`, { oordeel: 'opgepakt' })
  }

  /** Another organisation knows the child, everyone may be told, and where there is a zorgcoördinator a case is open. */
  async function withOther({ by, coordinator }: Row, persoon: object): Promise<string> {
    await s.consent(by, 'd', { gever: 'o1' })
    await s.register({ by: 'mee', kenmerk: 'e', persoon: { ...persoon }, gezagsdragers: [PARENT] })
    await s.consent('mee', 'e', { gever: 'o1' })
    const [match] = await s.matches(POINT)
    for (const each of coordinator ? [by, 'mee', POINT] : [])
      for (const { id } of await s.matches(each))
        await s.must(each, 'POST', `/matches/${id}/opvolgingen`, { soort: 'contact', gesproken: true })
    if (!coordinator) return ''
    const { id } = (await s.must(POINT, 'POST', '/coordinatiecasussen', { match: match?.id })).body
    const act = { soort: 'zorgcoordinator', wie: 'professional', organisatie: coordinator, functie: 'coach' }
    await s.must(POINT, 'POST', `/coordinatiecasussen/${id}/handelingen`, act)
    return id
  }

  it('is in the table', () => {
    expect(ROWS.map(({ term }) => term).sort()).to.eql(Object.keys(readPolicy(POLICY).termijnen).sort())
  })

  for (const row of ROWS) {
    const { term, passes, again } = row
    const none = Object.fromEntries(clients.map((client) => [client, 0]))
    const times = (count: number) => ({ ...none, ...Object.fromEntries(row.hear.map((client) => [client, count])) })

    it(`${term} passes at ${passes}: ${row.hear.join(', ')}`, async () => {
      only(term)
      await begin(row)
      await sweepAt(justBefore(passes))
      expect(await heard(), 'before').to.eql(none)
      await sweepAt(passes)
      expect(await heard(), 'passed').to.eql(times(1))
      await sweepAt(justBefore(again ?? '2027-04-01T12:00:00.000+02:00'))
      expect(await heard(), 'later').to.eql(times(1))
      if (again) await sweepAt(again)
      expect(await heard(), 'again').to.eql(times(again ? 2 : 1))
    })

    if (row.from === 'match') continue
    it(`${term} is answered in time: nobody hears`, async () => {
      only(term)
      const answer = await begin(row)
      moveTo(justBefore(passes))
      await answer()
      await sweepAt(passes)
      expect(await heard()).to.eql(none)
    })
  }
})
