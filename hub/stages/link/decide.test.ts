import { expect } from 'chai'
import { blockingKeysOf } from './blocking.ts'
import { decide } from './decide.ts'
import { MODEL, member, noor, outcomeOf, person, summaryOf } from './testing.ts'

const sparse = (changes: Record<string, unknown> = {}) => noor({ ouders: [], ...changes })

describe('the decision ladder', () => {
  const links: [string, Record<string, unknown>][] = [
    ['the same', noor()],
    ['another spelling of the prefix', noor({ voorvoegsel: 'v.d.' })],
    ['a glued prefix', noor({ voorvoegsel: '', geslachtsnaam: 'Vandenberg' })],
    ['the surname written as a whole', noor({ voorvoegsel: '', geslachtsnaam: 'Berg, van den' })],
    ['a whole name in one field', noor({ voornamen: '', voorvoegsel: '', geslachtsnaam: 'Noor van den Berg' })],
    ['letters in each other’s place', noor({ voornamen: 'Noro' })],
    ['swapped names', noor({ voornamen: 'Berg', voorvoegsel: '', geslachtsnaam: 'Noor' })],
    ['a slip in the given name', noor({ voornamen: 'Nooor' })],
    ['a second given name', noor({ voornamen: 'Noor Maria' })],
    ['the formal name', noor({ voornamen: 'Eleonora' })],
    ['day and month swapped on a clear day', noor({ geboortedatum: '2013-12-04' })],
    ['one digit of the day', noor({ geboortedatum: '2013-04-22' })],
    ['the year before', noor({ geboortedatum: '2012-04-21' })],
    ['the family moved', noor({ postcode: '1011AA', huisnummer: 3 })],
    ['no parents named', sparse()],
    ['a known month only', noor({ geboortedatum: '2013-04' })],
    ['broken letters in the street’s town', noor({ voornamen: 'No\ufffdr' })],
    ['a wrong digit in the postcode', sparse({ postcode: '5918AB' })],
    ['another date that programs write for none', noor({ geboortedatum: '2013-04-21 00:00:00' })],
    ['her parents’ names only', noor({ postcode: '', huisnummer: '' })],
  ]
  const inDecember = (subject: Record<string, unknown>) =>
    subject.geboortedatum === '2013-12-04' ? noor({ geboortedatum: '2013-04-12' }) : noor()
  for (const [name, subject] of links) {
    it(`links ${name}`, () => expect(outcomeOf(subject, person('A', inDecember(subject)))).to.equal('linked A'))
  }

  const news: [string, Record<string, unknown>][] = [
    ['a twin with another name', noor({ voornamen: 'Saar' })],
    ['a twin brother', noor({ voornamen: 'Daan', geslacht: 'man' })],
    ['a sister', noor({ voornamen: 'Emma', geboortedatum: '2015-07-09' })],
    ['a namesake of another age', noor({ geboortedatum: '1983-11-30' })],
    ['a stranger with the same birth date', { voornamen: 'Joris', geslachtsnaam: 'Kok', geboortedatum: '2013-04-21' }],
  ]
  for (const [name, subject] of news)
    it(`takes ${name} for another person`, () => expect(outcomeOf(subject, person('A', noor()))).to.equal('new'))

  const doubts: [string, Record<string, unknown>, Record<string, unknown>, string][] = [
    ['two names in use, one letter apart', noor({ voornamen: 'Tim' }), noor({ voornamen: 'Tom' }), 'review A:mogelijke-tweeling'],
    [
      'another vowel in a name of no table',
      noor({ voornamen: 'Emra' }),
      noor({ voornamen: 'Emro' }),
      'review A:mogelijke-tweeling',
    ],
    ['a letter in another’s place', noor({ voornamen: 'Fleuk' }), noor({ voornamen: 'Fleur' }), 'review A:mogelijke-tweeling'],
    [
      'a letter less and another beside it',
      noor({ voornamen: 'Kesa' }),
      noor({ voornamen: 'Kees' }),
      'review A:mogelijke-tweeling',
    ],
    [
      'a twin who is called as the other by a second name, in the surname’s place',
      noor({ voornamen: 'Berg', voorvoegsel: '', geslachtsnaam: 'Emma Noor' }),
      noor(),
      'review A:twijfel',
    ],
    [
      'a short name with further names, of whom it is short for',
      noor({ voornamen: 'Jean-Pierre' }),
      noor({ voornamen: 'Johannes' }),
      'review A:mogelijke-tweeling',
    ],
    ['two spellings in use of one sound', noor({ voornamen: 'Rik' }), noor({ voornamen: 'Rick' }), 'review A:mogelijke-tweeling'],
    [
      'an uncommon name, elsewhere in the country, no parents',
      sparse({ voornamen: 'Zwibert', geslachtsnaam: 'Ypeij', postcode: '1011AA' }),
      noor({ voornamen: 'Zwibert', geslachtsnaam: 'Ypeij' }),
      'review A:twijfel',
    ],
    ['no birth date but 1900', sparse({ geboortedatum: '1900-01-01' }), noor(), 'review A:twijfel'],
    ['two short forms of one name', noor({ voornamen: 'Betty' }), noor({ voornamen: 'Els' }), 'review A:mogelijke-tweeling'],
    ['an initial only', sparse({ voornamen: 'N.' }), noor(), 'review A:alleen-voorletter'],
    ['no given name', sparse({ voornamen: '' }), noor(), 'review A:alleen-voorletter'],
    ['a common name, moved, no parents', sparse({ postcode: '1011AA' }), noor(), 'review A:twijfel'],
  ]
  for (const [name, subject, known, expected] of doubts) {
    it(`asks about ${name}`, () => expect(outcomeOf(subject, person('A', known))).to.equal(expected))
  }

  it('links a twin’s line to the twin of that name without asking', () => {
    const twins = [person('A', noor()), person('B', noor({ voornamen: 'Saar' }))]
    expect(outcomeOf(noor({ voornamen: 'Saar' }), ...twins)).to.equal('linked B')
  })

  it('links a letter in another’s place when the number tells', () => {
    const known = person('A', noor({ voornamen: 'Fleur', bsn: '999900018' }))
    expect(outcomeOf(noor({ voornamen: 'Fleuk', bsn: '999900018' }), known)).to.equal('linked A')
  })

  it('links two names in common, elsewhere in the country', () => {
    const known = person('A', noor({ voornamen: 'Zwibert Olle', geslachtsnaam: 'Ypeij' }))
    const moved = sparse({ voornamen: 'Zwibert Olle', geslachtsnaam: 'Ypeij', postcode: '1011AA' })
    expect(outcomeOf(moved, known)).to.equal('linked A')
  })

  it('takes a parent’s bare name for a household where the birth date is the same, and asks where it is not', () => {
    const kees = [{ voornamen: 'Kees', voorvoegsel: 'van den', geslachtsnaam: 'Berg' }]
    const elsewhere = { postcode: '1011AA', huisnummer: 9, ouders: kees }
    expect(outcomeOf(noor(elsewhere), person('A', noor({ ouders: kees })))).to.equal('linked A')
    const slip = noor({ ...elsewhere, geboortedatum: '2013-04-22' })
    expect(outcomeOf(slip, person('A', noor({ ouders: kees })))).to.equal('review A:twijfel')
    const born = noor({ ...elsewhere, geboortedatum: '2013-04-22', ouders: [{ ...kees[0], geboortedatum: '1983-11-30' }] })
    expect(outcomeOf(born, person('A', noor()))).to.equal('linked A')
  })

  it('finds a whole name in the surname’s field, known or not', () => {
    const known = person('A', noor({ voornamen: 'Zwibert', geslachtsnaam: 'Kok', voorvoegsel: '' }))
    expect(outcomeOf(noor({ voornamen: '', geslachtsnaam: 'Zwibert Kok', voorvoegsel: '' }), known)).to.equal('linked A')
  })

  it('asks when an initial fits both twins', () => {
    const twins = [person('A', noor()), person('B', noor({ voornamen: 'Nina' }))]
    expect(outcomeOf(noor({ voornamen: 'N.' }), ...twins)).to.match(/^review [AB]:alleen-voorletter [AB]:alleen-voorletter$/)
  })

  it('keeps near twins apart when the name is exactly one of them', () => {
    const twins = [person('A', noor({ voornamen: 'Tim' })), person('B', noor({ voornamen: 'Tom' }))]
    expect(outcomeOf(noor({ voornamen: 'Tom' }), ...twins)).to.equal('linked B')
  })

  it('merges two persons that a line joins when nothing in them conflicts', () => {
    expect(outcomeOf(noor(), person('A', noor()), person('B', noor({ postcode: '1011AA' })))).to.equal('linked A B')
  })

  it('never merges over different numbers', () => {
    const persons = [person('A', noor({ bsn: '999900018' })), person('B', noor({ bsn: '999900031' }))]
    expect(outcomeOf(noor(), ...persons)).to.match(/^review/)
  })

  it('asks when the list of candidates was cut off', () => {
    const decision = decide(member(noor()), [person('A', noor())], MODEL, true)
    expect(summaryOf(decision)).to.equal('review A:kandidaten-afgekapt')
  })

  it('leaves alone a person somebody said it is not', () => {
    expect(outcomeOf(noor(), { ...person('A', noor()), apart: true })).to.equal('new')
  })

  it('tells which provisional links a newcomer puts in doubt', () => {
    const known = person('A', noor(), noor({ voornamen: 'N.' }))
    known.members[1]!.provisional = true
    const decision = decide(member(noor({ voornamen: 'Nina' })), [known], MODEL)
    expect(decision).to.deep.equal({ outcome: 'new', hints: [{ person: 'A', kind: 'mogelijke-tweeling', unsettles: ['A-1'] }] })
  })

  it('explains itself without a value', () => {
    const decision = decide(member(noor()), [person('A', noor())], MODEL)
    expect(JSON.stringify(decision)).not.to.match(/noor|berg|5981|2013/i)
    expect(decision).to.have.nested.property('evidence.model', '1.2.0')
  })

  it('shares a blocking key in every case that links', () => {
    for (const [name, subject] of links) {
      const known = new Set(blockingKeysOf(member(inDecember(subject)).profile))
      expect(
        blockingKeysOf(member(subject).profile).some((key) => known.has(key)),
        name,
      ).to.equal(true)
    }
  })
})
