import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { withTables } from './coordination-tables.ts'

const PAGE = new URL('../../docs/coordination.md', import.meta.url)

describe('the tables of coordination', () => {
  it('say what the code and the policy say; otherwise run `npm run docs`', () => {
    const text = readFileSync(PAGE, 'utf8')
    expect(text).to.equal(withTables(text))
  })

  it('refuse a text without a place for them', () => {
    expect(() => withTables('# Coordination')).to.throw('no place')
  })
})
