import { expect } from 'chai'
import fc from 'fast-check'
import { type LinkLine, lineOf } from './line.ts'
import { Lines } from './lines.ts'
import { linkAll } from './linker.ts'
import { plainKeys } from './plain-keys.ts'
import { subjectFrom } from './subject.ts'
import { adult, child, familiesIn, MODEL, noor } from './testing.ts'

const KEYS = plainKeys()
const line = (rid: string, subject: Record<string, unknown>): LinkLine => lineOf(subjectFrom({ ...subject, rid }), KEYS)
const anja = adult('Anja', 'Kok', '1980-05-06', 1)
const bert = adult('Bert', 'Maas', '1981-06-07', 2)
const carla = adult('Carla', 'Prins', '1982-07-08', 3)
const dirk = adult('Dirk', 'Vink', '1983-08-09', 4)
describe('families', () => {
  it('joins parents, children and siblings', () => {
    const found = familiesIn({
      anja,
      bert,
      eva: child('Eva', '2010-02-03', 2, anja, bert),
      finn: child('Finn', '2012-03-04', 2, bert),
    })
    expect(new Set(found.values())).to.have.length(1)
    expect(found.get('anja')).not.to.equal(null)
  })

  it('never runs over two partner steps', () => {
    const found = familiesIn({
      ...{ anja, bert, carla, dirk },
      eva: child('Eva', '2010-02-03', 1, anja, bert),
      finn: child('Finn', '2014-03-04', 2, bert, carla),
      gijs: child('Gijs', '2018-04-05', 3, carla, dirk),
    })
    for (const [one, other] of [
      ['anja', 'carla'],
      ['anja', 'dirk'],
      ['bert', 'dirk'],
      ['anja', 'gijs'],
      ['eva', 'dirk'],
    ] as const) {
      expect(found.get(one) === found.get(other) && found.get(one) !== null, `${one} and ${other}`).to.equal(false)
    }
  })

  it('knows one couple by what each line says of it', () => {
    const ouders = [{ voornamen: 'A.', geslachtsnaam: 'Kok' }, bert]
    const found = familiesIn({
      eva: child('Eva', '2010-02-03', 2, { ...anja, geboortedatum: '' }, { ...bert, voornamen: 'B.' }),
      finn: { ...child('Finn', '2012-03-04', 9, ...ouders), postcode: '1011AA' },
    })
    expect(found.get('eva')).to.equal(found.get('finn')).and.not.equal(null)
  })

  it('takes a housemate of the family’s name for family, and two families at one number for two', () => {
    const kok = (voornamen: string, geboortedatum: string) => ({ ...adult(voornamen, 'Kok', geboortedatum, 2) })
    const found = familiesIn({
      bert,
      eva: child('Eva', '2010-02-03', 2, bert),
      finn: child('Finn', '2012-03-04', 2),
      kees: kok('Kees', '1970-01-05'),
      koen: kok('Koen', '2009-08-07'),
    })
    expect(found.get('finn')).to.equal(found.get('bert'))
    expect(found.get('kees')).to.equal(found.get('koen')).and.not.equal(found.get('bert'))
  })

  it('tells apart the flats of one number, also where the neighbours have one name', () => {
    const flat = (voornamen: string, geboortedatum: string, toevoeging: string) => ({
      ...{ ...adult(voornamen, 'Kok', geboortedatum, 7), toevoeging },
    })
    const found = familiesIn({
      ...{ kees: flat('Kees', '1970-01-05', '1'), koen: flat('Koen', '2009-08-07', '1') },
      ...{ klaas: flat('Klaas', '1972-02-06', '2'), kim: flat('Kim', '2010-09-08', '2') },
      ...{ karin: flat('Karin', '1974-03-07', '3'), kick: flat('Kick', '2011-10-09', '3') },
    })
    expect(found.get('kees')).to.equal(found.get('koen')).and.not.equal(null)
    expect(found.get('klaas')).to.equal(found.get('kim')).and.not.equal(null)
    expect(new Set(found.values())).to.have.length(3)
  })

  it('takes a child of another name in the house for family, and no third adult', () => {
    const found = familiesIn({
      ...{ bert, carla: { ...carla, huisnummer: 2 }, lodger: { ...dirk, huisnummer: 2 } },
      eva: child('Eva', '2010-02-03', 2, bert, carla),
      jip: { ...child('Jip', '2012-03-04', 2, { voornamen: 'Ruben', geslachtsnaam: 'Vliet' }), geslachtsnaam: 'Vliet' },
    })
    expect(found.get('jip')).to.equal(found.get('eva')).and.not.equal(null)
    expect(found.get('lodger')).to.equal(null)
  })

  it('takes who is a generation younger than both parents for a child of the house', () => {
    const years = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`y${at}`, { geboortedatum: `${1981 + at}` }]))
    const found = familiesIn({
      ...{ bert, carla: { ...carla, huisnummer: 2 }, eva: child('Eva', '2010-02-03', 2, bert, carla), ...years },
      ...{ jip: adult('Jip', 'Vliet', '2008-03-04', 2), lodger: { ...dirk, huisnummer: 2 } },
    })
    expect(found.get('jip')).to.equal(found.get('eva')).and.not.equal(null)
    expect(found.get('lodger')).to.equal(null)
  })

  it('tells the generations by parents and children where no years are between them', () => {
    const found = familiesIn({
      ...{ bert, carla: { ...carla, huisnummer: 2 }, eva: child('Eva', '2010-02-03', 2, bert, carla) },
      ...{ jip: adult('Jip', 'Vliet', '2008-03-04', 2), lodger: adult('Lot', 'Wit', '1992-08-07', 2) },
    })
    expect(found.get('jip')).to.equal(found.get('eva')).and.not.equal(null)
    expect(found.get('lodger')).to.equal(null)
  })

  it('takes no child of another name for family by the house alone where houses hold one family after another', () => {
    const family = (name: string, huisnummer: number, day = huisnummer + 10) => {
      const parents = [adult('Bert', name, `1981-06-${day}`, huisnummer), adult('Carla', name, `1982-07-${day}`, huisnummer)]
      const kid = { ...child('Eva', `2010-02-${day}`, huisnummer, ...parents), geslachtsnaam: name }
      return Object.fromEntries([...parents, kid].map((subject, at) => [`${name}${at}`, subject]))
    }
    const names = ['Maas', 'Prins', 'Kok', 'Wit', 'Jonker', 'Dekker', 'Schouten', 'Blom']
    const street = Object.assign({}, ...names.map((name, at) => family(name, at + 1)))
    const jip = adult('Jip', 'Vliet', '2008-03-04', 2)
    const found = familiesIn({ ...street, jip })
    expect(found.get('jip')).to.equal(found.get('Prins0')).and.not.equal(null)
    expect(familiesIn({ ...street, ...family('Timmermans', 5, 25), jip }).get('jip')).to.equal(null)
  })

  it('takes a child’s other parent for no hindrance to a stepfamily while nobody registers that parent, and for one when somebody does', () => {
    const house = {
      ...{ bert, eva: child('Eva', '2010-02-03', 2, bert), finn: child('Finn', '2014-02-03', 2, bert) },
      ...{ carla: { ...carla, huisnummer: 2 }, jip: { ...child('Jip', '2012-03-04', 2, carla, dirk), geslachtsnaam: 'Vink' } },
    }
    expect(new Set(familiesIn(house).values())).to.have.length(1)
    const found = familiesIn({ ...house, dirk: { ...dirk, postcode: '1011AA' } })
    expect(found.get('dirk')).to.equal(found.get('jip')).and.not.equal(null)
    expect(found.get('bert')).to.equal(found.get('eva')).and.not.equal(found.get('dirk'))
  })

  it('takes two with a child each behind one door for one family, and two whole families for two', () => {
    const kok = { ...child('Kim', '2012-03-04', 2), geslachtsnaam: 'Kok' }
    const small = familiesIn({ bert, eva: child('Eva', '2010-02-03', 2, bert), anja: { ...anja, huisnummer: 2 }, kok })
    expect(new Set(small.values())).to.have.length(1)
    const whole = familiesIn({
      ...{ bert, carla: { ...carla, huisnummer: 2 }, eva: child('Eva', '2010-02-03', 2, bert, carla) },
      ...{ anja: { ...anja, huisnummer: 2 }, kok },
    })
    expect(whole.get('kok')).to.equal(whole.get('anja')).and.not.equal(whole.get('eva'))
  })

  it('takes who waits for a person of the family for family', () => {
    const found = familiesIn({
      bert,
      eva: child('Eva', '2010-02-03', 2, bert),
      initial: {
        voornamen: 'E.',
        geslachtsnaam: 'Maas',
        geboortedatum: '2010-02-03',
        postcode: '5981AB',
        huisnummer: 9,
        ouders: [bert],
      },
      unread: { voornamen: 'E.', geslachtsnaam: 'Maas', geboortedatum: '2010-02-03', postcode: '5981AB' },
    })
    expect(found.get('initial')).to.equal(found.get('eva')).and.not.equal(null)
    expect(found.get('unread')).to.equal(found.get('eva'))
  })

  it('takes two couples of common names for two', () => {
    const couple = [
      { voornamen: 'P.', geslachtsnaam: 'Jansen' },
      { voornamen: 'A.', voorvoegsel: 'de', geslachtsnaam: 'Jong' },
    ]
    const found = familiesIn({
      eva: { ...child('Eva', '2010-02-03', 2, ...couple), geslachtsnaam: 'Jansen' },
      finn: { ...child('Finn', '2012-03-04', 9, ...couple), geslachtsnaam: 'Jansen', postcode: '1011AA' },
    })
    expect([...found.values()]).to.deep.equal([null, null])
  })

  it('takes an institution for no household', () => {
    const surnames = ['Kok', 'Maas', 'Prins', 'Vink', 'Blom', 'Dekker', 'Evers', 'Faber']
    const found = familiesIn({
      ...Object.fromEntries(surnames.map((name, at) => [name, adult('Anja', name, `19${80 + at}-05-06`, 5)])),
      ...{ kees: adult('Kees', 'Kok', '1970-01-05', 6), koen: adult('Koen', 'Kok', '2009-08-07', 6) },
    })
    expect([...found.values()].filter((family) => family !== null)).to.have.length(2)
  })

  it('gives no family to who stands alone', () =>
    expect(familiesIn({ anja, dirk })).to.deep.equal(
      new Map([
        ['anja', null],
        ['dirk', null],
      ]),
    ))
})

describe('linking a file', () => {
  const subjects = [
    noor(),
    noor({ voornamen: 'Saar' }),
    noor({ voornamen: 'S.', ouders: [] }),
    noor({ voornamen: 'Nooor' }),
    noor({ geboortedatum: '2013-04-12' }),
    noor({ postcode: '1011AA', huisnummer: 3 }),
    noor({ voornamen: 'Berg', geslachtsnaam: 'Noor', voorvoegsel: '' }),
    anja,
    { ...anja, voornamen: 'A.' },
    bert,
  ].map((subject, at) => line(`r${at}`, subject))

  it('does not depend on the order of the lines', () => {
    const partsOf = (lines: LinkLine[]): string => {
      const persons = Map.groupBy(linkAll(Lines.of(lines), MODEL).lines, ({ person }) => person)
      return [...persons.values()]
        .map((members) =>
          members
            .map(({ rid }) => rid)
            .sort()
            .join(),
        )
        .sort()
        .join(' ')
    }
    const expected = partsOf(subjects)
    fc.assert(
      fc.property(fc.shuffledSubarray(subjects, { minLength: subjects.length }), (shuffled) => {
        expect(partsOf(shuffled)).to.equal(expected)
      }),
      { numRuns: 50 },
    )
  })

  it('keeps twins apart, and asks about the initial', () => {
    const [first, twin, initial] = linkAll(Lines.of(subjects), MODEL).lines
    expect(first!.person).not.to.equal(twin!.person)
    expect(initial!.outcome).to.equal('review')
    expect(initial!.candidates.map(({ person }) => person)).to.include(twin!.person)
  })

  it('asks about a letter in another’s place, however few twins the file tells of', () => {
    const letters = 'abcdefghijklmnopqrstuvwxyz'
    const surname = (at: number): string => `${letters[at % 26]}o${letters[Math.floor(at / 26)]}ers`
    const born = (at: number): string => `20${10 + (at % 15)}-0${1 + (at % 9)}-1${at % 8}`
    const file = (names: string[]): LinkLine[] =>
      Array.from({ length: 260 }, (_, at) =>
        names.map((voornamen) => ({
          voornamen,
          geslachtsnaam: surname(at),
          geboortedatum: born(at),
          postcode: '5981AB',
          huisnummer: at,
        })),
      )
        .flat()
        .map((subject, at) => line(`l${at}`, subject))
    const outcomeAmong = (others: LinkLine[]): string | undefined => {
      const asked = [line('one', noor({ voornamen: 'Fleur' })), line('other', noor({ voornamen: 'Fleuk' }))]
      return linkAll(Lines.of([...asked, ...others]), MODEL).lines.find(({ rid }) => rid === 'other')?.outcome
    }
    expect(outcomeAmong(file(['Zwibert', 'Zwibert', 'Zwibert', 'Zwibert']))).to.equal('review')
    expect(outcomeAmong(file(['Zwibert', 'Zwibert', 'Olle', 'Olle']))).to.equal('review')
  })
})
