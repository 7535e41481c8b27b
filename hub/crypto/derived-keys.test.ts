import { createHmac } from 'node:crypto'
import { expect } from 'chai'
import { deriveKey, hmac, hmacBytes, hmacKey, linkKeys } from './derived-keys.ts'

const SECRET = Buffer.alloc(32, 7)

describe('derived keys', () => {
  it('gives one key per purpose', () => {
    expect(deriveKey(SECRET, 'a')).to.have.length(32)
    expect(deriveKey(SECRET, 'a').equals(deriveKey(SECRET, 'a'))).to.equal(true)
    expect(deriveKey(SECRET, 'a').equals(deriveKey(SECRET, 'b'))).to.equal(false)
    expect(deriveKey(SECRET, 'a').equals(deriveKey(Buffer.alloc(32, 8), 'a'))).to.equal(false)
  })

  it('is HMAC-SHA-256 under the derived key', () => {
    const letters = 'bcdfghjklmnpqrstvwxzBCDFGHJKLMNP'
    const mac = createHmac('sha256', deriveKey(SECRET, 'link/2026/naam')).update('noor').digest()
    const bits = [...mac].map((byte) => byte.toString(2).padStart(8, '0')).join('')
    const expected = Array.from({ length: 20 }, (_, at) => letters[Number.parseInt(bits.slice(at * 5, at * 5 + 5), 2)]).join('')
    expect(linkKeys(SECRET, '2026').token('naam', 'noor')).to.equal(expected)
    expect(linkKeys(SECRET, '2026').shortToken('naam', 'noor')).to.equal(expected.slice(0, 8))
  })

  it('is HMAC-SHA-256 of texts of any length and alphabet, one after another', () => {
    const secret = deriveKey(SECRET, 'kort en lang')
    const key = hmacKey(secret)
    for (const value of ['', 'noor', 'ë'.repeat(85), 'x'.repeat(5000), 'kort', '\u{1f9d2} '.repeat(300), 'Müller-日本'])
      for (const made of [hmac(key, value), hmacBytes(key, Buffer.from(value))])
        expect(made).to.deep.equal(createHmac('sha256', secret).update(value).digest())
  })

  it('gives equal tokens for equal values of one field and epoch only', () => {
    const keys = linkKeys(SECRET, '2026')
    expect(keys.token('naam', 'noor')).to.match(/^[bcdfghjklmnpqrstvwxzBCDFGHJKLMNP]{20}$/)
    expect(keys.token('naam', 'noor')).to.equal(linkKeys(SECRET, '2026').token('naam', 'noor'))
    expect(keys.token('naam', 'noor')).not.to.equal(keys.token('klank', 'noor'))
    expect(keys.token('naam', 'noor')).not.to.equal(linkKeys(SECRET, '2027').token('naam', 'noor'))
  })
})
