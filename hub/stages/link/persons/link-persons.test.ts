import { expect } from 'chai'
import modelFile from '../../../../schemas/link-model/personen-1.0.0.json' with { type: 'json' }
import { linkKeys } from '../../../crypto/derived-keys.ts'
import { digestOf } from '../digest.ts'
import { hashedLineKeys, type LineKeys } from '../line.ts'
import { plainKeys } from '../plain-keys.ts'
import { linkPersons } from './link-persons.ts'
import { personLineFrom } from './person-line.ts'
import { type PersonModelFile, personModel } from './person-model.ts'
import { readPersonLine, writePersonLine } from './person-token-file.ts'

const MODEL = personModel(modelFile as PersonModelFile)
const NAMES = 'Noor Daan Emma Bram Saar Finn Lotte Gijs Fleur Thijs Roos Sander Maud Joris'.split(' ')
const SURNAMES = 'Kok Maas Prins Vink Bakker Visser Smit Mulder Peters Dekker Brouwer'.split(' ')
const STREETS = 'Kerk Dorps Molen Heide Beuken Haven Vijver Linden Zand Water'.split(' ')
const ENDS = 'straat weg laan pad hof kade plein dijk'.split(' ')
const PLACES = 'Panningen Meijel Helden Maasbree Kessel'.split(' ')

type Row = Record<string, unknown> & { rid: string }

/** Any number below `below`, the same each time. */
function drawn(at: number, field: string, below: number): number {
  return digestOf(`${at} ${field}`) % below
}

function row(at: number, changes: Record<string, unknown> = {}): Row {
  const one = (field: string, of: string[]): string => of[drawn(at, field, of.length)]!
  return {
    rid: `r${at}`,
    voornamen: one('naam', NAMES),
    geslachtsnaam: one('achternaam', SURNAMES) + one('eind', ENDS),
    geboortedatum: `${1910 + drawn(at, 'jaar', 90)}-0${1 + drawn(at, 'maand', 9)}-${10 + drawn(at, 'dag', 19)}`,
    straat: one('straat', STREETS) + one('straateind', ENDS),
    plaats: one('plaats', PLACES),
    postcode: String(5900 + drawn(at, 'postcode', 99)),
    huisnummer: 1 + drawn(at, 'huis', 99),
    ...changes,
  }
}

/** Six hundred persons, of whom every third has a second line: with somebody else's birth date, given name or house, and a slip in the street. */
const OTHER = ['geboortedatum', 'voornamen', 'huisnummer']
const ROWS = Array.from({ length: 600 }, (_, at) => row(at)).flatMap((one, at) => {
  const field = OTHER[(at / 3) % 3]
  return field ? [one, { ...one, straat: `${one.straat}n`, [field]: row(at + 1000)[field], rid: `${one.rid}-2` }] : [one]
})

/** Which lines are of one person, whatever the order. */
function personsOf(rows: Row[], keys: LineKeys = plainKeys()): string[] {
  const { lines } = linkPersons(
    rows.map((one) => personLineFrom(one, keys)),
    MODEL,
  )
  return [...Map.groupBy(lines, ({ person }) => person).values()]
    .map((same) =>
      same
        .map(({ rid }) => rid)
        .sort()
        .join('+'),
    )
    .sort()
}

describe('a model without families', () => {
  const expected = ROWS.filter(({ rid }) => rid.endsWith('-2')).map(({ rid }) => `${rid.slice(0, -2)}+${rid}`)

  it('joins who agrees in all but one field, whichever it is, and nobody else', () => {
    expect(personsOf(ROWS).filter((same) => same.includes('+'))).to.have.members(expected)
  })

  it('says the same in any order, and from tokens under any key', () => {
    expect(personsOf([...ROWS].reverse())).to.deep.equal(personsOf(ROWS))
    expect(personsOf(ROWS, hashedLineKeys(linkKeys(Buffer.alloc(32, 2), 'een')))).to.deep.equal(personsOf(ROWS))
  })

  it('takes a shared number for much and another number for little, and joins no namesakes', () => {
    const numbers = [
      row(1, { rid: 'a', bsn: '999990019' }),
      row(1, { rid: 'b', bsn: '999990019', straat: 'Elders', plaats: 'Elders', huisnummer: 8, geboortedatum: '1999-12-30' }),
      row(2, { rid: 'c', bsn: '999990020' }),
      row(2, { rid: 'd', bsn: '999990032' }),
      row(4, { rid: 'e', straat: 'Nergens', plaats: 'Nergens', postcode: '1111', huisnummer: 7, geboortedatum: '1931-11-29' }),
    ]
    const persons = personsOf([...ROWS.filter(({ rid }) => !['r1', 'r2'].includes(rid)), ...numbers])
    expect(persons).to.include.members(['a+b', 'c+d', 'e', 'r4'])
  })

  it('writes tokens that come back as they were', () => {
    const keys = hashedLineKeys(linkKeys(Buffer.alloc(32, 3), 'bestand'))
    const lines = ROWS.slice(0, 20).map((one) => personLineFrom(one, keys))
    expect(lines.map((line) => readPersonLine(writePersonLine(line)))).to.deep.equal(lines)
    expect(() => readPersonLine('{"r":"a","p":[]}')).to.throw(/zonder gezinnen/)
  })

  it('reads anything as a line, and refuses a model that lacks a field', () => {
    const odd = [null, 3, { rid: 'x', straat: 5, geboortedatum: 'ooit' }].map((value) => personLineFrom(value, plainKeys()))
    expect(linkPersons(odd, MODEL).lines.map(({ outcome }) => outcome)).to.deep.equal(['new', 'new', 'new'])
    expect(linkPersons([], MODEL).lines).to.deep.equal([])
    const { straat: _, ...velden } = modelFile.velden
    expect(() => personModel({ ...(modelFile as PersonModelFile), velden })).to.throw(/straat/)
  })
})
