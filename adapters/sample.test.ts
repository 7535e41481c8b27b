import { expect } from 'chai'
import { isBsn } from '../schemas/bsn.ts'
import { adapterNamed, adapterNames } from './registry.ts'
import { inventedFamilies } from './sample/families.ts'
import { seen } from './seen.ts'

const children = inventedFamilies(40, 11)

describe('invented files', () => {
  it('are of children that are nobody: numbers begin with 9, pass the test, and are each other than the last', () => {
    const numbers = inventedFamilies(2000, 5).map(({ bsn }) => bsn)
    expect(new Set(numbers).size).to.equal(numbers.length)
    expect(numbers.every((bsn) => bsn.startsWith('9') && isBsn(bsn))).to.equal(true)
  })

  it('are the same for the same seed, and others for another', () => {
    expect(inventedFamilies(40, 11)).to.deep.equal(children)
    expect(inventedFamilies(40, 12)).not.to.deep.equal(children)
  })

  for (const name of adapterNames)
    it(`of ${name} are read by ${name}, every row of them`, async () => {
      const adapter = adapterNamed(name)!
      const rows = await seen(adapter, adapter.sample(children))
      expect(rows.filter(({ fouten, concept }) => fouten && !concept)).to.deep.equal([])
      expect(rows).to.have.length(children.length)
      const [first] = rows.flatMap(
        ({ registratie, concept }) => ((registratie ?? concept) as { persoon: object } | undefined) ?? [],
      )
      if (rows.some(({ tellingen, gebeurtenis }) => tellingen ?? gebeurtenis)) expect(first).to.equal(undefined)
      else
        expect(first!.persoon).to.include({
          geslachtsnaam: children[0]!.geslachtsnaam,
          geboortedatum: children[0]!.geboortedatum,
        })
    })
})
