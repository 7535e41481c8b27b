import { expect } from 'chai'
import { lineOf } from './line.ts'
import { Lines } from './lines.ts'
import { linkAll } from './linker.ts'
import { plainKeys } from './plain-keys.ts'
import { subjectFrom } from './subject.ts'
import { MODEL } from './testing.ts'

describe('names of which one may be short for the other', () => {
  const SOUNDS = ['bak', 'dol', 'fer', 'gim', 'hup', 'kos', 'lar', 'mev', 'nib', 'pog', 'ral', 'sut', 'tem', 'vil', 'wod']
  const FIRST = { geslachtsnaam: 'Ypeij', geboortedatum: '2013-04-21', geslacht: 'man', postcode: '5981AB', huisnummer: 12 }

  /** What becomes of two lines of one household, among others who are called either, and some who are called both. */
  function outcomesAmong(others: number, both: number, changes: Record<string, unknown> = {}) {
    const keys = plainKeys()
    const called = (voornamen: string, at: number) => ({
      rid: `${voornamen}-${at}`,
      voornamen,
      geslachtsnaam: `Zwi${SOUNDS[at]!}`,
      geboortedatum: `2010-02-${10 + at}`,
    })
    const subjects = [
      { ...FIRST, voornamen: 'Maarten', rid: 'one' },
      { ...FIRST, voornamen: 'Martinus', rid: 'other', ...changes },
      ...Array.from({ length: others }, (_, at) => called('Maarten', at)),
      ...Array.from({ length: others }, (_, at) => ({
        ...called('Martinus', at),
        ...(at < both ? {} : { geboortedatum: `2009-03-${10 + at}` }),
      })),
    ]
    const linked = linkAll(Lines.of(subjects.map((each) => lineOf(subjectFrom(each), keys))), MODEL)
    const outcomes = new Map(linked.lines.map(({ rid, outcome }) => [rid, outcome]))
    return [outcomes.get('one'), outcomes.get('other')].sort()
  }

  it('are asked about where many are called either and nobody both', () => {
    expect(outcomesAmong(11, 0)).to.deep.equal(['review', 'review'])
  })

  it('are one person’s where few are called so, or several are called both', () => {
    expect(outcomesAmong(10, 0)).to.deep.equal(['linked', 'new'])
    expect(outcomesAmong(11, 1)).to.deep.equal(['linked', 'new'])
  })

  it('are asked about whatever the person is called by', () => {
    expect(outcomesAmong(11, 0, { roepnaam: 'Tinus' })).to.deep.equal(['review', 'review'])
  })

  it('are one person’s where a line has both', () => {
    expect(outcomesAmong(11, 0, { roepnaam: 'Maarten' })).to.deep.equal(['linked', 'new'])
  })
})
