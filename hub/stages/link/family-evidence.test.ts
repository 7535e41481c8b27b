import { expect } from 'chai'
import { adult, child, familiesIn } from './testing.ts'

const bert = adult('Bert', 'Maas', '1981-06-07', 2)
const carla = adult('Carla', 'Prins', '1982-07-08', 2)
const eva = child('Eva', '2010-02-03', 2, bert, carla)
const elsewhere = { postcode: '1011CD', huisnummer: 9 }
const nowhere = { postcode: '', huisnummer: '' }

/** A hundred families of names of their own, each a parent and a child at a house far from the others. */
const region = Object.fromEntries(
  Array.from({ length: 120 }, (_, at) => {
    const letters = 'bdfgklmnprst'
    const surname = `${letters[at % 12]}o${letters[Math.floor(at / 12)]}uwer`
    const house = { huisnummer: at + 1, postcode: `3${100 + at}XZ` }
    const parent = { ...adult('Jan', surname, `19${70 + (at % 20)}-0${1 + (at % 9)}-1${at % 8}`, 1), ...house }
    const kid = {
      ...child('Piet', `20${10 + (at % 10)}-0${1 + (at % 7)}-2${at % 6}`, 1, parent),
      geslachtsnaam: surname,
      ...house,
    }
    return [
      [`parent${at}`, parent],
      [`kid${at}`, kid],
    ] as const
  }).flat(),
)

describe('what tells a family', () => {
  it('keeps apart two couples of one surname behind one door', () => {
    const [dirk, floor] = [adult('Dirk', 'Maas', '1979-03-04', 2), adult('Floor', 'Wit', '1980-04-05', 2)]
    const found = familiesIn({ bert, carla, eva, dirk, floor, gijs: child('Gijs', '2014-05-06', 2, dirk, floor) })
    expect(found.get('eva')).to.equal(found.get('bert')).and.not.equal(null)
    expect(found.get('gijs')).to.equal(found.get('dirk')).and.not.equal(null)
    expect(found.get('gijs')).not.to.equal(found.get('eva'))
  })

  it('takes a parent who was taken for two persons for no second partner', () => {
    const twice = { ...bert, geboortedatum: '1984-09-27' }
    const house = { ...bert, geboortedatum: '' }
    const found = familiesIn({
      ...{ bert, twice, carla },
      eva: child('Eva', '2010-02-03', 2, bert, carla),
      finn: child('Finn', '2012-03-04', 2, twice, carla),
      gijs: child('Gijs', '2014-05-06', 2, house),
    })
    expect(new Set(found.values())).to.have.length(1)
  })

  it('takes who has the family’s surname for a given name for one of the family, and so who has no surname where nobody has', () => {
    const floris = { ...bert, geslachtsnaam: 'Ravenstijn' }
    const nameless = (voornamen: string, geboortedatum: string) => adult(voornamen, '', geboortedatum, 2)
    const found = familiesIn({
      ...{ floris, carla, eva: { ...child('Eva', '2010-02-03', 2, floris, carla), geslachtsnaam: 'Ravenstijn' } },
      swapped: adult('Ravenstijn', 'Wessel', '1979-08-09', 2),
      ...{ raluca: nameless('Raluca', '1980-05-06'), aron: nameless('Aron', '2011-05-07'), onur: nameless('Onur', '2013-06-08') },
    })
    expect(found.get('swapped')).to.equal(found.get('eva')).and.not.equal(null)
    expect(found.get('aron')).to.equal(found.get('raluca')).and.not.equal(null)
    expect(found.get('aron')).to.equal(found.get('onur')).and.not.equal(found.get('eva'))
  })

  it('takes a grown-up who is none of the two parents whom the child names for a stranger, but where houses change hands only', () => {
    const names = ['Jonker', 'Dekker', 'Schouten', 'Blom', 'Timmermans', 'Kuiper', 'Verhoeven', 'Zwart']
    const street = names.flatMap((surname, at) => {
      const parents = [
        adult('Hugo', surname, `1971-06-${at + 10}`, 40 + (at % 4)),
        adult('Els', surname, `1972-07-${at + 10}`, 40 + (at % 4)),
      ]
      return [...parents, { ...child('Noud', `2009-02-${at + 10}`, 40 + (at % 4), ...parents), geslachtsnaam: surname }]
    })
    const lodger = adult('Lot', 'Vink', '1983-01-05', 2)
    const home = { bert, eva, lodger }
    expect(familiesIn(home).get('lodger')).to.equal(familiesIn(home).get('eva')).and.not.equal(null)
    const changed = familiesIn({ ...home, ...Object.fromEntries(street.map((subject, at) => [`s${at}`, subject])) })
    expect(changed.get('lodger')).to.equal(null)
    expect(changed.get('eva')).to.equal(changed.get('bert')).and.not.equal(null)
  })

  it('knows a parent elsewhere by name and year, by name alone where nobody else is called so, and joins no second partner', () => {
    const year = { ...carla, geboortedatum: '1982' }
    const name = { ...carla, geboortedatum: '' }
    const home = (other: object) => ({
      ...region,
      bert,
      eva: child('Eva', '2010-02-03', 2, bert, other),
      carla: { ...carla, ...elsewhere },
    })
    const isOne = (subjects: Record<string, Record<string, unknown>>, who = 'carla'): boolean => {
      const found = familiesIn(subjects)
      return found.get(who) !== null && found.get(who) === found.get('eva')
    }
    expect(isOne(home(year))).to.equal(true)
    expect(isOne(home(name))).to.equal(true)
    expect(
      isOne({ ...home(name), namesake: { ...carla, geboortedatum: '1975-01-02', postcode: '2022EE', huisnummer: 7 } }),
    ).to.equal(false)
    const before = { ...adult('Dirk', 'Vink', '1979-03-04', 2), ...elsewhere }
    const half = { ...child('Jip', '2005-05-06', 2, carla, { ...before, geboortedatum: '1979' }), geslachtsnaam: 'Vink' }
    expect(isOne({ ...region, bert, carla, eva, half, before }, 'before')).to.equal(false)
  })

  it('takes a child without an address for one of the only family of its surname, among many families', () => {
    const family = { one: adult('Kim', 'Ravenstijn', '2009-01-02', 2), other: adult('Koen', 'Ravenstijn', '2011-03-04', 2) }
    const lone = { ...adult('Kees', 'Ravenstijn', '2013-05-06', 2), ...nowhere }
    const found = familiesIn({ ...region, ...family, lone })
    expect(found.get('lone')).to.equal(found.get('one')).and.not.equal(null)
    const others = {
      third: { ...family.one, voornamen: 'Lot', ...elsewhere },
      fourth: { ...family.other, voornamen: 'Luc', ...elsewhere },
    }
    expect(familiesIn({ ...region, ...family, ...others, lone }).get('lone')).to.equal(null)
    expect(familiesIn({ ...family, lone }).get('lone')).to.equal(null)
  })

  it('takes who stands one wrong digit away from the only family of the name nearby for family', () => {
    const house = { postcode: '5981AB', huisnummer: 2 }
    const far = (name: string, place: object) => ({
      ...adult(name, 'Ravenstijn', `2012-04-0${1 + (name.length % 8)}`, 2),
      ...place,
    })
    const families = {
      ...{ one: far('Kim', house), other: far('Koen', house) },
      ...{
        third: far('Lotte', { postcode: '1011CD', huisnummer: 9 }),
        fourth: far('Lucas', { postcode: '1011CD', huisnummer: 9 }),
      },
    }
    const found = familiesIn({ ...region, ...families, lone: far('Marieke', { postcode: '5987AB', huisnummer: 2 }) })
    expect(found.get('lone')).to.equal(found.get('one')).and.not.equal(null)
    expect(found.get('lone')).not.to.equal(found.get('third'))
    expect(
      familiesIn({ ...region, ...families, lone: far('Marieke', { postcode: '7777QQ', huisnummer: 2 }) }).get('lone'),
    ).to.equal(null)
  })

  it('makes two parts of a family one when somebody in them may be one person', () => {
    const jip = { voornamen: 'Jip', geslachtsnaam: 'Maas', geboortedatum: '2012-03-04' }
    const found = familiesIn({
      ...{ bert, eva, here: { ...jip, postcode: '5981AB', huisnummer: 2 } },
      ...{
        there: { ...jip, voornamen: 'J.', ...elsewhere },
        sister: { ...adult('Fleur', 'Maas', '2015-06-07', 2), ...elsewhere },
      },
    })
    expect(found.get('sister')).to.equal(found.get('there')).and.not.equal(null)
    expect(found.get('sister')).to.equal(found.get('eva'))
  })
})
