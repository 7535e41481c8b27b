import { expect } from 'chai'
import { validBsn } from './bsn.ts'
import { noor, outcomeOf, person } from './testing.ts'

const A = '999900018'
const B = '999900031'
const bare = (changes: Record<string, unknown>) => noor({ ouders: [], ...changes })
const mother = {
  bsn: B,
  voornamen: 'Petra',
  geslachtsnaam: 'Smit',
  geboortedatum: '1985-02-03',
  geslacht: 'vrouw',
  postcode: '5981AB',
  huisnummer: 12,
}
const known = [person('A', noor({ bsn: A }))]
const withBrother = [...known, person('B', noor({ bsn: B, voornamen: 'Daan', geslacht: 'man', geboortedatum: '2015-07-09' }))]
const twins = [...known, person('B', noor({ bsn: B, voornamen: 'Saar' }))]

/** Rule by rule: what a number, or its absence, decides. */
const CASES: [name: string, subject: Record<string, unknown>, persons: typeof known, expected: string][] = [
  ['the same number, all the same', noor({ bsn: A }), known, 'linked A'],
  ['the same number and nothing else', { bsn: A }, known, 'linked A'],
  [
    'the same number, moved and married',
    bare({ bsn: A, geslachtsnaam: 'Kok', voorvoegsel: '', postcode: '1011AA', huisnummer: 1 }),
    known,
    'linked A',
  ],
  ['the same number, the formal name', noor({ bsn: A, voornamen: 'Eleonora' }), known, 'linked A'],
  ['the same number, initial only', noor({ bsn: A, voornamen: 'N.' }), known, 'linked A'],
  ['the same number, a slip in the name', noor({ bsn: A, voornamen: 'Noro' }), known, 'linked A'],
  ['the same number, day and month swapped', noor({ bsn: A, geboortedatum: '2013-21-04' }), known, 'linked A'],
  ['the same number, a digit of the year wrong', noor({ bsn: A, geboortedatum: '2018-04-21' }), known, 'linked A'],
  ['the same number, birth date unknown', noor({ bsn: A, geboortedatum: '0000-00-00' }), known, 'linked A'],
  ['the same number, leading and other marks', noor({ bsn: '9999.00.018' }), known, 'linked A'],
  ['the same number, other given name', noor({ bsn: A, voornamen: 'Floor' }), known, 'review A:bsn-tegenspraak'],
  ['the same number, other birth date', noor({ bsn: A, geboortedatum: '2015-07-09' }), known, 'review A:bsn-tegenspraak'],
  ['the same number, other sex', noor({ bsn: A, geslacht: 'man' }), known, 'review A:bsn-tegenspraak'],
  [
    'a sibling’s number (copied)',
    noor({ bsn: A, voornamen: 'Daan', geslacht: 'man', geboortedatum: '2015-07-09' }),
    known,
    'review A:bsn-tegenspraak',
  ],
  ['a twin’s number (copied)', noor({ bsn: A, voornamen: 'Saar' }), known, 'review A:bsn-tegenspraak'],
  ['a sibling’s number, both known', noor({ bsn: B }), withBrother, 'review A:bsn-verschilt B:bsn-tegenspraak'],
  ['a mother’s number on a baby', noor({ bsn: B }), [person('M', mother)], 'review M:bsn-tegenspraak'],
  ['missing, all else the same', noor(), known, 'linked A'],
  ['failing the test: as missing', noor({ bsn: '999900019' }), known, 'linked A'],
  ['one digit off: as missing', noor({ bsn: '999900118' }), known, 'linked A'],
  ['two digits swapped: as missing', noor({ bsn: '999900081' }), known, 'linked A'],
  ['no number but nines', noor({ bsn: '999999999' }), known, 'linked A'],
  ['too short', noor({ bsn: '99990' }), known, 'linked A'],
  ['letters', noor({ bsn: 'onbekend' }), known, 'linked A'],
  ['arriving later', noor({ bsn: A }), [person('A', noor())], 'linked A'],
  ['two numbers for one child, all else exact', noor({ bsn: B }), known, 'review A:bsn-verschilt'],
  ['two numbers, all else not exact', bare({ bsn: B, postcode: '1011AA', huisnummer: 1 }), known, 'new'],
  ['two numbers, two children', noor({ bsn: B, voornamen: 'Daan', geslacht: 'man', geboortedatum: '2015-07-09' }), known, 'new'],
  ['twins with their own numbers', noor({ bsn: B, voornamen: 'Saar' }), twins, 'linked B'],
  ['missing, one twin’s name', noor({ voornamen: 'Saar' }), twins, 'linked B'],
  [
    'one number on two children, the first comes back',
    noor({ bsn: A }),
    [...known, person('C', noor({ bsn: A, voornamen: 'Saar' }))],
    'linked A',
  ],
  ['a number lost its leading zeros', noor({ bsn: '99990015' }), [person('A', noor({ bsn: '099990015' }))], 'linked A'],
]

describe('BSN cases', () => {
  it('uses numbers that pass the eleven test', () => {
    expect([A, B].map(validBsn)).to.deep.equal([A, B])
    expect(['999900019', '999900118', '999900081', '999999999', '000000000', ''].map(validBsn)).to.deep.equal(Array(6).fill(null))
  })

  for (const [name, subject, persons, expected] of CASES) {
    it(`${name}: ${expected}`, () => expect(outcomeOf(subject, ...persons)).to.equal(expected))
  }
})
