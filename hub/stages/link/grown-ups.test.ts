import { expect } from 'chai'
import { lineOf } from './line.ts'
import { Lines } from './lines.ts'
import { linkAll } from './linker.ts'
import { plainKeys } from './plain-keys.ts'
import { subjectFrom } from './subject.ts'
import { adult, child, MODEL } from './testing.ts'

describe('grown-ups in a file', () => {
  const FATHER = { voornamen: 'Sjoerd', geslachtsnaam: 'Maas', geboortedatum: '1980-05-06' }

  /** What becomes of who is in the file by a full name and by these given names, where children tell of parents of that year. */
  function outcomesOf(known: Record<string, unknown>, voornamen: string, children = 3) {
    const keys = plainKeys()
    const subjects = [
      { ...known, rid: 'known' },
      { ...known, voornamen, rid: 'less' },
      ...Array.from({ length: children }, (_, at) => ({
        ...child(`Kind${at}x`, `201${at}-01-0${at + 2}`, 12, FATHER),
        rid: `child-${at}`,
      })),
    ]
    const linked = linkAll(Lines.of(subjects.map((each) => lineOf(subjectFrom(each), keys))), MODEL)
    const outcomes = new Map(linked.lines.map(({ rid, outcome }) => [rid, outcome]))
    return [outcomes.get('known'), outcomes.get('less')].sort()
  }

  const sjoerd = adult('Sjoerd', 'Maas', '1980-05-06', 12)

  it('are linked in their household by an initial, or by no given name at all', () => {
    expect(outcomesOf(sjoerd, 'S.')).to.deep.equal(['linked', 'new'])
    expect(outcomesOf(sjoerd, '')).to.deep.equal(['linked', 'new'])
  })

  it('are linked in their household by a name that is alike, though a twin may have it', () => {
    expect(outcomesOf(sjoerd, 'Sjoerk')).to.deep.equal(['linked', 'new'])
    expect(outcomesOf({ ...sjoerd, voornamen: 'Tim' }, 'Tom')).to.deep.equal(['linked', 'new'])
  })

  it('are others where the initial is another', () => expect(outcomesOf(sjoerd, 'B.')).to.deep.equal(['new', 'new']))

  it('are told by the years of parents, and nobody is without', () => {
    expect(outcomesOf(sjoerd, 'S.', 2)).to.deep.equal(['review', 'review'])
    const twin = child('Sjoerd', '2010-01-02', 12, FATHER)
    expect(outcomesOf(twin, 'S.')).to.deep.equal(['review', 'review'])
    expect(outcomesOf(twin, 'Sjoerk')).to.deep.equal(['review', 'review'])
    expect(outcomesOf({ ...twin, voornamen: 'Tim' }, 'Tom')).to.deep.equal(['review', 'review'])
  })
})
