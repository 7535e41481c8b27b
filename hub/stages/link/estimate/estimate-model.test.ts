import { expect } from 'chai'
import modelFile from '../../../../schemas/link-model/model-1.2.0.json' with { type: 'json' }
import { type LinkLine, lineOf } from '../line.ts'
import { linkModel } from '../model.ts'
import { readableKeys } from '../plain-keys.ts'
import { subjectFrom } from '../subject.ts'
import { estimateModel } from './estimate-model.ts'

const NAMES = 'Noor Daan Emma Bram Saar Finn Lotte Gijs Fleur Thijs Roos Sander Maud Joris'.split(' ')
const SURNAMES = 'Kok Maas Prins Vink Bakker Visser Smit Mulder Peters Dekker Brouwer'.split(' ')
const KEYS = readableKeys()

/** Two registrations of each person, one in nine with a slip; `alike`: everybody is the same person. */
function lines(persons: number, alike = false): LinkLine[] {
  return Array.from({ length: persons * 2 }, (_, row) => {
    const at = alike ? 1 : row >> 1
    const slip = row % 9 === 0
    return lineOf(
      subjectFrom({
        rid: `r${row}`,
        voornamen: `${NAMES[at % NAMES.length]}${slip ? 'e' : ''}`,
        geslachtsnaam: SURNAMES[(at * 7) % SURNAMES.length],
        geboortedatum: `20${10 + (at % 9)}-0${1 + (at % 9)}-${10 + ((at * 5) % 18)}`,
        geslacht: at % 2 ? 'man' : 'vrouw',
        postcode: `59${10 + (at % 80)}AB`,
        huisnummer: row % 7 === 0 ? 3 : 1 + (at % 50),
      }),
      KEYS,
    )
  })
}

describe('an estimated model', () => {
  const registrations = lines(400)

  it('is the same, byte for byte, for the same lines in any order, and another for another seed', () => {
    const model = JSON.stringify(estimateModel(registrations, 1, modelFile))
    expect(JSON.stringify(estimateModel([...registrations].reverse(), 1, modelFile))).to.equal(model)
    expect(JSON.stringify(estimateModel(registrations, 2, modelFile))).not.to.equal(model)
  })

  it('weighs what agrees for, and what differs against', () => {
    const { given, date, surname, version } = linkModel(estimateModel(registrations, 1, modelFile))
    expect(Math.min(given.alle, date.gelijk, surname.gelijk)).to.be.greaterThan(1)
    expect(Math.max(given.anders, date.anders, surname.anders)).to.be.lessThan(0)
    expect(version).to.match(/^1\.2\.0-geschat\.[0-9a-f]{8}$/)
  })

  it('keeps thresholds and levels as they were', () => {
    const { drempels, velden } = estimateModel(registrations, 1, modelFile)
    expect(drempels).to.deep.equal(modelFile.drempels)
    expect(Object.keys(velden.voornamen!)).to.deep.equal(Object.keys(modelFile.velden.voornamen))
  })

  it('is refused when there is nothing to tell apart, or too little', () => {
    expect(() => estimateModel(lines(400, true), 1, modelFile)).to.throw(/geen verschil|tegen de zin|niet tot rust/)
    expect(() => estimateModel(lines(100), 1, modelFile)).to.throw(/zeggen te weinig/)
  })
})
