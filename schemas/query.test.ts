import { expect } from 'chai'
import { operations } from './openapi.ts'
import { validateParameters } from './query.ts'

const operation = (id: string) => operations().find(({ operationId }) => operationId === id)!
const ask = (id: string, query: string) => {
  const { values, faults } = validateParameters(operation(id), new URLSearchParams(query))
  return { values: { ...values }, faults: faults.map(({ pointer, code }) => `${pointer} ${code}`) }
}

describe('validateParameters', () => {
  it('gives values of their types, with defaults, and takes an empty parameter as absent', () => {
    expect(ask('matchesOpvragen', 'status=open&opgevolgd=false&cursor=&limiet=7').values).to.eql({
      status: 'open',
      opgevolgd: false,
      limiet: 7,
    })
    expect(ask('registratiesOpvragen', 'status=&cursor=&limiet=')).to.eql({ values: { limiet: 100 }, faults: [] })
  })

  it('tells of everything that is wrong at once, and of what is missing', () => {
    const { faults } = ask('matchesOpvragen', 'status=Open&opgevolgd=1&limiet=1001&cursor=a&cursor=b&zoek=x')
    expect(faults).to.have.members([
      '/status keuze',
      '/opgevolgd type',
      '/limiet te-groot',
      '/cursor dubbel',
      '/zoek onbekend-veld',
    ])
    expect(ask('consistentieOpvragen', 'van=1e3').faults).to.have.members(['/van type', '/tot verplicht'])
  })

  it('refuses unknown names of every kind without repeating a telling one', () => {
    expect(ask('cijfersOpvragen', '__proto__=1&constructor=1').faults).to.have.members([
      '/__proto__ onbekend-veld',
      '/constructor onbekend-veld',
    ])
    expect(ask('cijfersOpvragen', '999900018=1&leeg=').faults).to.have.members([' onbekend-veld', '/leeg onbekend-veld'])
    const [fault] = validateParameters(operation('statusOpvragen'), new URLSearchParams('x=1')).faults
    expect(fault?.watNu).to.equal('Verwijder het veld. Hier hoort er geen.')
  })
})
