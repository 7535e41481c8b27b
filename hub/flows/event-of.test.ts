import { expect } from 'chai'
import type { Hub } from '../context.ts'
import { clockFrom, ulidIds } from '../edges/clock.ts'
import { eventOf } from './event-of.ts'

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The ULID in an id, as a number. */
const numberOf = (id: string) => [...id.slice(2)].reduce((value, sign) => value * 32n + BigInt(DIGITS.indexOf(sign)), 0n)

describe('the id of an event', () => {
  const hub = { ids: ulidIds(), clock: clockFrom(null) } as Hub
  const idFor = (receiver: string) => eventOf(hub, receiver, 'match.geopend.v1', '/v1/matches/m_1').id

  it('does not show how much others were told in the same millisecond', () => {
    const own: string[] = []
    for (let i = 0; i < 5000; i++) {
      own.push(idFor('mee'))
      for (let others = 0; others < i % 4; others++) idFor('rubicon')
      hub.ids.next('p')
    }
    expect(own, 'in order').to.eql(own.toSorted())
    const steps = own.flatMap((id, i) =>
      own[i - 1]?.slice(0, 12) === id.slice(0, 12) ? [numberOf(id) - numberOf(own[i - 1]!)] : [],
    )
    expect(steps.length).to.be.above(1000)
    expect(new Set(steps)).to.eql(new Set([1n]))
  })
})
