import { expect } from 'chai'
import type { Regio } from '../../../schemas/types.ts'
import { checkRegistration } from './check.ts'
import { adaptersFor, rightsOf } from './rights.ts'

const organisation = { naam: 'x', soort: 'onderwijs' as const, gemeenten: ['1894'] }
const client = { rol: 'organisatie' as const, scopes: [], gemeenten: ['1894'] }
const region: Pick<Regio, 'organisaties' | 'clients'> = {
  organisaties: [
    { ...organisation, id: 'school', adapters: ['eigen', 'mee'], magRegistreren: ['jeugdige'] },
    { ...organisation, id: 'wijk', adapters: ['eigen'], magBsn: true },
  ],
  clients: [
    { ...client, id: 'school-a', organisatie: 'school' },
    { ...client, id: 'school-b', organisatie: 'school', adapters: ['mee', 'ij'] },
  ],
}
const registration = (rolInGezin?: string) => ({
  bronbericht: 'b',
  kenmerk: 'k',
  versie: 1,
  persoon: { geslachtsnaam: 'Berg', geboortedatum: '2013', ...(rolInGezin ? { rolInGezin } : {}) },
  betrokkenheid: { status: 'actief', begindatum: '2026-01-01' },
  contact: { functie: 'werker' },
})
const codes = (organisation: string, rolInGezin?: string) =>
  checkRegistration(registration(rolInGezin), rightsOf(region, organisation), '2026-11-22').map(({ pointer, code }) => [
    pointer,
    code,
  ])

describe('what a sender may send', () => {
  it('refuses a kind of registration that its organisation may not make, with the reason', () => {
    expect(codes('school', 'ouder')).to.deep.equal([['/persoon/rolInGezin', 'soort-niet-toegestaan']])
    expect(codes('school', 'anders')).to.have.length(1)
    expect(codes('school', 'jeugdige')).to.deep.equal([])
    expect(codes('school')).to.deep.equal([])
  })

  it('lets an organisation without such a list register every kind', () =>
    expect([codes('wijk', 'ouder'), codes('wijk', 'anders')]).to.deep.equal([[], []]))

  it('knows nothing of an organisation that is unknown', () =>
    expect(rightsOf(region, 'onbekend')).to.deep.equal({ magBsn: false }))

  it('gives a client the adapters of its organisation, or fewer, never others', () => {
    expect(adaptersFor(region, 'school-a')).to.deep.equal(['eigen', 'mee'])
    expect(adaptersFor(region, 'school-b')).to.deep.equal(['mee'])
    expect(adaptersFor(region, 'onbekend')).to.deep.equal([])
  })
})
