import { expect } from 'chai'
import fc from 'fast-check'
import jeugdwet71 from '../../../schemas/policies/jeugdwet-7.1.json' with { type: 'json' }
import jeugdwet73 from '../../../schemas/policies/jeugdwet-7.3.json' with { type: 'json' }
import ouders from '../../../schemas/policies/ouders-12-16.json' with { type: 'json' }
import peelEnMaas from '../../../schemas/policies/peel-en-maas-1g1p.json' with { type: 'json' }
import venray from '../../../schemas/policies/venray.json' with { type: 'json' }
import { addDays } from '../calendar.ts'
import type { Consent, ConsentCase, ConsentDecision } from './case.ts'
import { decide } from './decide.ts'
import { parsePolicy } from './parse-policy.ts'

const POLICIES = [peelEnMaas, ouders, jeugdwet73, jeugdwet71, venray].map(parsePolicy)
const RUNS = { numRuns: 400 }
/** Few days, close to birthdays and to each other, so that boundaries are hit often. */
const aDay = fc.constantFrom(
  '2021-12-31',
  '2022-06-14',
  '2022-06-15',
  '2022-06-16',
  '2026-06-14',
  '2026-06-15',
  '2028-06-14',
  '2028-06-15',
  '2033-06-15',
)
const anInstant = fc.constantFrom(
  '2022-06-14T21:59:59Z',
  '2022-06-14T22:00:00Z',
  '2026-06-14T22:00:00.001Z',
  '2028-06-14T12:00:00Z',
)
const aMoment = fc.oneof(aDay, anInstant)
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { freq: 2, nil: undefined })
const aWho = fc.constantFrom('jeugdige', 'o1', 'o2')
const aBirthDate = fc.constantFrom('2010-06-15', '2010-06', '2010', '2012-02-29', '1985-02-03', null)
const aConsent: fc.Arbitrary<Consent> = fc.record({
  over: fc.constantFrom('jeugdige', 'jeugdige', 'o1'),
  gever: aWho,
  antwoord: fc.constantFrom('ja', 'ja', 'nee'),
  vorm: fc.constantFrom('mondeling', 'schriftelijk'),
  bereik: maybe(
    fc.record({
      organisaties: fc.subarray(['mee', 'rubicon']),
      soorten: fc.subarray(['welzijn', 'huisarts']),
    }),
  ),
  geldigVanaf: maybe(aMoment),
  geldigTot: maybe(aMoment),
  intrekkingOp: maybe(aMoment),
})
const aCase: fc.Arbitrary<ConsentCase> = fc.record({
  peildatum: aMoment,
  persoon: fc.record({
    geboortedatum: aBirthDate,
    rolInGezin: fc.constantFrom('jeugdige', 'jeugdige', 'ouder'),
    oordeelsbekwaam: fc.boolean(),
  }),
  gezagsdragers: fc
    .tuple(fc.constantFrom('ja', 'ja', 'nee', 'onbekend'), fc.constantFrom('ja', 'nee', 'nee', 'onbekend'))
    .map(([o1, o2]) => [
      { kenmerk: 'o1', gezag: o1 as 'ja' },
      { kenmerk: 'o2', gezag: o2 as 'ja' },
    ]),
  toestemmingen: fc.array(aConsent, { maxLength: 6 }),
  kader: fc.constantFrom('vrijwillig', 'gedwongen'),
  doorbreking: maybe(fc.record({ ontvangers: fc.constant(['mee']), vanaf: aMoment, tot: maybe(aMoment) })),
  ontvanger: fc.constantFrom({ id: 'mee', soort: 'welzijn' }, { id: 'bjz', soort: 'gi' }, { id: 'praktijk', soort: 'huisarts' }),
  over: fc.constantFrom('jeugdige', 'jeugdige', 'o1'),
  organisatie: maybe(fc.constant('gezinscoach')),
  geinformeerd: fc.array(fc.record({ wie: aWho, op: aMoment }), { maxLength: 3 }),
})
const aPolicy = fc.constantFrom(...POLICIES).map((policy) => Object.assign(policy, { [fc.toStringMethod]: () => policy.id }))

describe('consent: properties of the decision', () => {
  it('one more no never permits more', () => {
    fc.assert(
      fc.property(aPolicy, aCase, aConsent, (policy, kase, consent) => {
        const extra: Consent = { ...consent, antwoord: 'nee' }
        expectNotMore(decide(policy, kase), decide(policy, { ...kase, toestemmingen: [...kase.toestemmingen, extra] }))
      }),
      RUNS,
    )
  })

  it('a yes that becomes a no, or is withdrawn, never permits more', () => {
    fc.assert(
      fc.property(aPolicy, aCase, fc.nat(5), (policy, kase, index) => {
        const consent = kase.toestemmingen[index]
        fc.pre(consent?.antwoord === 'ja')
        const withdrawn = { ...consent, intrekkingOp: consent.intrekkingOp ?? kase.peildatum }
        expectNotMore(decide(policy, kase), decide(policy, withOther(kase, index, { ...consent, antwoord: 'nee' })))
        expectNotMore(decide(policy, kase), decide(policy, withOther(kase, index, withdrawn)))
      }),
      RUNS,
    )
  })

  it('the same input gives the same answer, in any order of the answers, and is left as it was', () => {
    fc.assert(
      fc.property(aPolicy, aCase, (policy, kase) => {
        const before = JSON.stringify(kase)
        const first = decide(policy, kase)
        expect(decide(policy, JSON.parse(before))).to.deep.equal(first)
        expect(decide(policy, { ...kase, toestemmingen: kase.toestemmingen.toReversed() })).to.deep.equal(first)
        expect(JSON.stringify(kase)).to.equal(before)
      }),
      RUNS,
    )
  })

  it('what cannot be judged is refused, and nothing is thrown', () => {
    fc.assert(
      fc.property(aPolicy, fc.anything(), (policy, nonsense) => {
        expect(decide(policy, nonsense as ConsentCase).besluit).to.equal('weigeren')
      }),
      RUNS,
    )
    const broken = { gever: 'o1', antwoord: 'ja', geldigVanaf: '2022-02-30' } as const
    fc.assert(
      fc.property(aPolicy, aCase, (policy, kase) => {
        const decision = decide(policy, { ...kase, peildatum: 'gisteren', toestemmingen: [broken] })
        expect(decision).to.include({ besluit: 'weigeren', regel: 'fout' })
      }),
      RUNS,
    )
  })

  it('a birth date known in part permits no more than any birth date that it can be', () => {
    fc.assert(
      fc.property(aPolicy, aCase, fc.constantFrom('2010', '2010-06', null), fc.nat(364), (policy, kase, partial, offset) => {
        const day = partial === '2010-06' ? addDays('2010-06-01', offset % 30) : addDays('2010-01-01', offset)
        const of = (geboortedatum: string | null) =>
          decide(policy, { ...kase, persoon: { ...kase.persoon, rolInGezin: 'jeugdige', geboortedatum } })
        expectNotMore(of(day), of(partial))
      }),
      RUNS,
    )
  })
})

function expectNotMore(before: ConsentDecision, after: ConsentDecision): void {
  if (before.besluit === 'weigeren') expect(after.besluit).to.equal('weigeren')
}

function withOther(kase: ConsentCase, index: number, consent: Consent): ConsentCase {
  return { ...kase, toestemmingen: kase.toestemmingen.with(index, consent) }
}
