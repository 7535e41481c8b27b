import { expect } from 'chai'
import { deprecationHeaders } from './headers.ts'

describe('deprecationHeaders', () => {
  it('says since when and until when, in the forms of RFC 9745 and RFC 8594', () => {
    const deprecation = { since: '2027-01-01', until: '2028-01-01' }
    expect(deprecationHeaders({ deprecation })).to.include({
      Deprecation: '@1798761600',
      Sunset: 'Sat, 01 Jan 2028 00:00:00 GMT',
    })
  })

  it('says nothing of what stays', () => expect(deprecationHeaders({ deprecation: null })).to.eql({}))
})
