import { expect } from 'chai'
import { lineOf } from './line.ts'
import { Lines } from './lines.ts'
import { linkAll } from './linker.ts'
import { plainKeys } from './plain-keys.ts'
import { subjectFrom } from './subject.ts'
import { MODEL } from './testing.ts'

describe('what a file tells by counting', () => {
  /** A line with an address and one without, of one name and birth date, and others of that name. */
  function outcomesAmong(others: number, subject: Record<string, unknown> = {}) {
    const keys = plainKeys()
    const emma = { voornamen: 'Emma', geslachtsnaam: 'Jansen', geboortedatum: '2010-11-13', geslacht: 'vrouw', ...subject }
    const subjects = [
      { ...emma, rid: 'housed', postcode: '5981AB', huisnummer: 12 },
      { ...emma, rid: 'bare' },
      ...Array.from({ length: others }, (_, at) => ({ ...emma, rid: `other-${at}`, geboortedatum: `1990-02-${at + 1}` })),
    ]
    const linked = linkAll(Lines.of(subjects.map((each) => lineOf(subjectFrom(each), keys))), MODEL)
    const outcomes = new Map(linked.lines.map(({ rid, outcome }) => [rid, outcome]))
    return [outcomes.get('housed'), outcomes.get('bare')].sort()
  }

  it('links by a name and a birth date when few bear the name, and asks when many do', () => {
    expect(outcomesAmong(18)).to.deep.equal(['linked', 'new'])
    expect(outcomesAmong(19)).to.deep.equal(['review', 'review'])
  })

  it('links all the same by two given names in common', () => {
    expect(outcomesAmong(19, { voornamen: 'Emma Sophie' })).to.deep.equal(['linked', 'new'])
  })
})
