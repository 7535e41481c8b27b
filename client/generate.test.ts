import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { provenance } from './generate.ts'

describe('the types of the client for partners', () => {
  it('are made from the OpenAPI document as it is now; otherwise run `npm run client`', () => {
    const text = readFileSync(new URL('./api.ts', import.meta.url), 'utf8')
    expect(text.slice(0, text.indexOf('\n') + 1)).to.equal(provenance())
  })
})
