import { expect } from 'chai'
import { checkRegistration } from './check.ts'
import { receive } from './receive.ts'

const hash = (text: string) => Buffer.from(text)

describe('receiving a message', () => {
  const message = { bodyHash: hash('body'), version: 2 }

  it('makes, replaces, or keeps what is newer', () => {
    expect(receive(message, undefined, undefined)).to.equal('nieuw')
    expect(receive(message, undefined, { version: 1 })).to.equal('vervangt')
    expect(receive(message, undefined, { version: 2 })).to.equal('verouderd')
    expect(receive(message, undefined, { version: 3 })).to.equal('verouderd')
  })

  it('knows a repetition from a reused id by the body', () => {
    expect(receive(message, { bodyHash: hash('body') }, { version: 9 })).to.equal('herhaald')
    expect(receive(message, { bodyHash: hash('other') }, { version: 1 })).to.equal('hergebruikt')
  })
})

describe('checking a registration', () => {
  const good = {
    bronbericht: 'B-1',
    kenmerk: 'K-1',
    versie: 1,
    persoon: { bsn: '999900018' },
    betrokkenheid: { status: 'actief', begindatum: '2026-10-01' },
    contact: { functie: 'consulent' },
  }
  const codes = (body: unknown, magBsn = true) =>
    checkRegistration(body, { magBsn }, '2026-11-22').map((fault) => `${fault.pointer} ${fault.code}`)

  it('accepts a good one and refuses a number without the right to it', () => {
    expect(codes(good)).to.deep.equal([])
    expect(codes(good, false)).to.deep.equal(['/persoon/bsn bsn-niet-toegestaan'])
  })

  it('tells faults of the schema and of the calendar at once', () => {
    const bad = {
      ...good,
      persoon: { geslachtsnaam: 'Berg', geboortedatum: '2026-11-23' },
      betrokkenheid: { status: 'actief', begindatum: '2026-10-01', einddatum: '2026-09-30' },
      contact: {},
      gezagsdragers: [{ kenmerk: 'o1' }, { kenmerk: 'o1' }],
    }
    expect(codes(bad)).to.have.members([
      '/contact/functie verplicht',
      '/persoon/geboortedatum in-de-toekomst',
      '/betrokkenheid/einddatum voor-begindatum',
      '/gezagsdragers/1/kenmerk dubbel',
    ])
  })
})
