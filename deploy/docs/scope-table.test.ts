import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { withScopes } from './scope-table.ts'

describe('the table of scopes', () => {
  it('says what the OpenAPI document says; otherwise run `npm run docs`', () => {
    const text = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8')
    expect(text).to.equal(withScopes(text))
  })

  it('refuses a text without a place for it', () => {
    expect(() => withScopes('# Security')).to.throw('no place')
  })
})
