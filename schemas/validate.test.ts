import { expect } from 'chai'
import fc from 'fast-check'
import { readSchemas, type Schema } from './files.ts'
import { validator } from './validate.ts'

const registration = (readSchemas().get('registratie')!.examples as Schema[])[0]!
const check = validator('registratie')
const codes = (value: unknown) => check(value).map(({ pointer, code }) => `${pointer} ${code}`)

describe('validator', () => {
  it('says of everything that is wrong where it is, all at once', () => {
    const value = { ...registration, versie: '1', onbekend: true, persoon: { bsn: '999900019', geslacht: 'Vrouw' }, contact: {} }
    expect(codes(value)).to.have.members([
      '/onbekend onbekend-veld',
      '/versie type',
      '/persoon/bsn elfproef',
      '/persoon/geslacht keuze',
      '/contact/functie verplicht',
    ])
  })

  it('tells a choice that fails as one fault, and not at all when a wrong type in it is the reason', () => {
    expect(codes({ ...registration, persoon: {} })).to.eql(['/persoon persoon-onbepaald'])
    expect(codes({ ...registration, persoon: { geslachtsnaam: 5, geboortedatum: '2013' } })).to.eql([
      '/persoon/geslachtsnaam type',
    ])
  })

  it('names an unknown field only when its name can be no person’s', () => {
    const names = ['Vogelaar', '999900018', 'bsn_9999-00018', 'Noor Berg', 'x'.repeat(41), 'a/b~c', '__proto__', '9999.0.0018']
    const found = names.map((name) => codes({ ...registration, ...JSON.parse(`{${JSON.stringify(name)}:1}`) }))
    expect(codes(JSON.parse(`{"__proto__":1,${JSON.stringify(registration).slice(1)}`))).to.eql(['/__proto__ onbekend-veld'])
    const pointers = ['', '', '', '', '', '']
    expect(found.slice(0, 6)).to.eql(pointers.map((pointer) => [`${pointer} onbekend-veld`]))
    expect(found[7]).to.eql([' onbekend-veld'])
  })

  it('never repeats a value, whatever stands where', () => {
    const canary = 'q7Zk9Wv3'
    const places = ['bronbericht', 'versie', 'persoon', 'gezin', 'gezagsdragers', 'betrokkenheid', 'contact', 'geinformeerd']
    const value = fc.oneof(
      fc.constant(canary),
      fc.constant([canary]),
      fc.constant([{ [`${canary} ${canary}`]: canary }]),
      fc.constant({ kenmerk: canary }),
    )
    fc.assert(
      fc.property(fc.subarray(places, { minLength: 1 }), value, (broken, part) => {
        const faults = check({ ...registration, ...Object.fromEntries(broken.map((place) => [place, part])) })
        expect(JSON.stringify(faults)).not.to.contain(canary)
      }),
    )
  })

  it('stays small on a hostile body: at most 200 faults and a closing word, one fault above 100,000 parts', () => {
    const guardians = Array.from({ length: 5000 }, () => 1)
    const many = check({ ...registration, gezagsdragers: guardians })
    expect(many).to.have.length(201)
    expect(many.at(-1)!.code).to.equal('te-veel-fouten')
    expect(check({ ...registration, gezagsdragers: Array.from({ length: 100_001 }, () => 1) })).to.have.length(1)
  })

  it('answers for any JSON at all', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => check(value).length > 0))
  })

  it('throws on the name of a schema that does not exist', () => {
    expect(() => validator('bestaat-niet')).to.throw('bestaat-niet')
  })
})
