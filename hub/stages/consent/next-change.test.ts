import { expect } from 'chai'
import peelEnMaas from '../../../schemas/policies/peel-en-maas-1g1p.json' with { type: 'json' }
import type { ConsentCase } from './case.ts'
import { nextChange } from './next-change.ts'
import { parsePolicy } from './parse-policy.ts'

const policy = parsePolicy(peelEnMaas)
const child: ConsentCase = {
  peildatum: '2022-06-14T12:00:00Z',
  persoon: { geboortedatum: '2010-06-15', rolInGezin: 'jeugdige' },
  gezagsdragers: [{ kenmerk: 'o1', gezag: 'ja' }],
  toestemmingen: [{ over: 'jeugdige', gever: 'o1', antwoord: 'ja', vorm: 'mondeling' }],
  ontvanger: { id: 'mee', soort: 'welzijn' },
}

describe('consent: the next change by time alone', () => {
  it('names the 12th, 16th and 18th birthday at their local midnight, then nothing', () => {
    expect(nextChange(policy, child)).to.equal('2022-06-14T22:00:00.000Z')
    expect(nextChange(policy, { ...child, peildatum: '2022-06-15' })).to.equal('2026-06-14T22:00:00.000Z')
    expect(nextChange(policy, { ...child, peildatum: '2026-06-14T22:00:00Z' })).to.equal('2028-06-14T22:00:00.000Z')
    expect(nextChange(policy, { ...child, peildatum: '2028-06-15' })).to.equal(null)
  })

  it('names both ends of a birth date that is known in part', () => {
    const partial = { ...child, persoon: { geboortedatum: '2010-06' } }
    expect(nextChange(policy, { ...partial, peildatum: '2022-05-01' })).to.equal('2022-05-31T22:00:00.000Z')
    expect(nextChange(policy, { ...partial, peildatum: '2022-06-01' })).to.equal('2022-06-29T22:00:00.000Z')
  })

  it('names a consent’s end, its withdrawal and an override’s end', () => {
    const consent = child.toestemmingen[0]!
    const ending = { ...child, peildatum: '2021-01-01', toestemmingen: [{ ...consent, geldigTot: '2021-03-31' }] }
    expect(nextChange(policy, ending)).to.equal('2021-03-31T22:00:00.000Z')
    const withdrawn = { ...child, peildatum: '2021-01-01', toestemmingen: [{ ...consent, intrekkingOp: '2021-02-01T09:30:00Z' }] }
    expect(nextChange(policy, withdrawn)).to.equal('2021-02-01T09:30:00.000Z')
    const override = {
      ...child,
      peildatum: '2021-01-02T00:00:00Z',
      doorbreking: { ontvangers: ['mee'], vanaf: '2021-01-01T09:00:00Z' },
    }
    expect(nextChange(policy, override)).to.equal('2021-01-04T09:00:00.000Z')
  })
})
