import { expect } from 'chai'
import { deriveKey, linkKeys } from './derived-keys.ts'

const SECRET = Buffer.alloc(32, 7)

describe('derived keys', () => {
  it('gives one key per purpose', () => {
    expect(deriveKey(SECRET, 'a')).to.have.length(32)
    expect(deriveKey(SECRET, 'a').equals(deriveKey(SECRET, 'a'))).to.equal(true)
    expect(deriveKey(SECRET, 'a').equals(deriveKey(SECRET, 'b'))).to.equal(false)
    expect(deriveKey(SECRET, 'a').equals(deriveKey(Buffer.alloc(32, 8), 'a'))).to.equal(false)
  })

  it('gives equal tokens for equal values of one field and epoch only', () => {
    const keys = linkKeys(SECRET, '2026')
    expect(keys.token('naam', 'noor')).to.match(/^[\w-]{22}$/)
    expect(keys.token('naam', 'noor')).to.equal(linkKeys(SECRET, '2026').token('naam', 'noor'))
    expect(keys.token('naam', 'noor')).not.to.equal(keys.token('klank', 'noor'))
    expect(keys.token('naam', 'noor')).not.to.equal(linkKeys(SECRET, '2027').token('naam', 'noor'))
  })
})
