import { expect } from 'chai'
import { pointFor, type Residence, routeOf } from './routing.ts'

const point = (id: string, gemeenten: string[], aangesloten: string[] = []) => {
  return { id, naam: id, gemeenten, aangesloten, vorm: 'meld-en-coordinatie' as const }
}
const REGION = { coordinatiepunten: [point('zuid', ['1894', '0983'], ['0984']), point('noord', ['0984'], ['1507'])] }
const lives = (municipality: string, role = 'ouder', receivedAt = '2026-01-01'): Residence => ({ municipality, role, receivedAt })

describe('routing', () => {
  it('goes to the point of a municipality, its own before one that is attached to it', () => {
    expect(['1894', '0984', '1507', '9999'].map((each) => pointFor(REGION, each))).to.eql(['zuid', 'noord', 'noord', undefined])
  })

  const LED: [what: string, rules: Parameters<typeof routeOf>[1], residences: Residence[], leads: string | null][] = [
    [
      'the child’s before the parent’s',
      ['jeugdige', 'laatste-opgave'],
      [lives('0984', 'ouder', '2026-03-01'), lives('1894', 'jeugdige')],
      'zuid 1894',
    ],
    [
      'of two children the one told last',
      ['jeugdige', 'laatste-opgave'],
      [lives('1894', 'jeugdige'), lives('1507', 'jeugdige', '2026-02-01')],
      'noord 1507',
    ],
    [
      'the one told last, where that comes first',
      ['laatste-opgave', 'jeugdige'],
      [lives('0984', 'ouder', '2026-03-01'), lives('1894', 'jeugdige')],
      'noord 0984',
    ],
    ['the first by code, where no rule tells them apart', ['jeugdige'], [lives('1894'), lives('0984')], 'noord 0984'],
    ['never one without a point', ['jeugdige'], [lives('9999', 'jeugdige'), lives('1894')], 'zuid 1894'],
    ['nobody, where none has a point', ['jeugdige'], [lives('9999', 'jeugdige')], null],
  ]
  for (const [what, rules, residences, leads] of LED)
    it(`lets lead ${what}, in either order`, () => {
      for (const given of [residences, residences.toReversed()]) {
        const { leading } = routeOf(REGION, rules, given)
        expect(leading && `${leading.point} ${leading.municipality}`).to.equal(leads)
      }
    })

  it('names each municipality with a point once', () => {
    const given = [lives('1894'), lives('0984'), lives('1894', 'jeugdige'), lives('9999')]
    expect(routeOf(REGION, ['jeugdige'], given).municipalities).to.have.members(['1894', '0984'])
  })
})
