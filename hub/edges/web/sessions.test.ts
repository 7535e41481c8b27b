import { expect } from 'chai'
import type { Principal } from '../../principal.ts'
import { createSessions, isOwnForm } from './sessions.ts'

const PRINCIPAL = { organisation: 'noordzorg' } as Principal
const PENDING = { state: 's', nonce: 'n', verifier: 'v' }
const MINUTE = 60_000

describe('sessions', () => {
  let now_ms = 0
  beforeEach(() => {
    now_ms = 0
  })

  it('end after thirty minutes without use', () => {
    const sessions = createSessions(() => now_ms)
    const id = sessions.open(PRINCIPAL)
    now_ms = 30 * MINUTE
    expect(sessions.find(id)?.principal).to.equal(PRINCIPAL)
    now_ms = 60 * MINUTE
    expect(sessions.find(id)).to.not.equal(null)
    now_ms = 90 * MINUTE + 1
    expect(sessions.find(id)).to.equal(null)
  })

  it('end after four hours, however much they are used', () => {
    const sessions = createSessions(() => now_ms)
    const id = sessions.open(PRINCIPAL)
    for (; now_ms <= 240 * MINUTE; now_ms += 20 * MINUTE) expect(sessions.find(id)).to.not.equal(null)
    expect(sessions.find(id)).to.equal(null)
  })

  it('end when revoked, and have ids that cannot be guessed', () => {
    const sessions = createSessions(() => now_ms)
    const ids = [sessions.open(PRINCIPAL), sessions.open(PRINCIPAL)]
    expect(ids[0])
      .to.match(/^[\w-]{43}$/)
      .and.not.equal(ids[1])
    sessions.revoke(ids[0]!)
    expect(ids.map((id) => sessions.find(id) === null)).to.deep.equal([true, false])
  })

  it('keep a login under way for ten minutes, to be taken once', () => {
    const sessions = createSessions(() => now_ms)
    const [once, late] = [sessions.await(PENDING), sessions.await(PENDING)]
    expect(sessions.take(once)).to.equal(PENDING)
    expect(sessions.take(once)).to.equal(null)
    now_ms = 10 * MINUTE + 1
    expect(sessions.take(late)).to.equal(null)
  })

  it('know their own forms from those of another session', () => {
    const sessions = createSessions(() => now_ms)
    const [mine, other] = [sessions.find(sessions.open(PRINCIPAL))!, sessions.find(sessions.open(PRINCIPAL))!]
    expect(isOwnForm(mine, mine.csrf)).to.equal(true)
    for (const csrf of [other.csrf, '', undefined, [mine.csrf], 'é'.repeat(43)]) expect(isOwnForm(mine, csrf)).to.equal(false)
  })
})
