import { expect } from 'chai'
import { generable } from './document.ts'
import { type Exchange, judge } from './judge.ts'

const exchange = (status: number, answer: string, sent = '', time = 5): Exchange => ({
  time,
  request: { method: 'POST', url: 'http://hub/v1/x?q=zoekwoorden', postData: { text: sent } },
  response: { status, content: { text: answer } },
})

describe('judging a fuzz run', () => {
  it('finds faults, hangs, leaks and echoes', () => {
    const exchanges = [
      exchange(500, ''),
      exchange(200, 'x', '', 20_000),
      exchange(200, 'de naam KANARIE'),
      exchange(400, 'u stuurde langetekst', '{"a":["langetekst"]}'),
      exchange(404, 'zoekwoorden'),
    ]
    const { bad, requests, byStatus, slowest_ms } = judge(exchanges, ['Kanarie'], '')
    expect(bad.map((each) => each.split(':')[0])).to.eql(['fault', 'hang', 'leak', 'echo', 'echo'])
    expect({ requests, byStatus, slowest_ms }).to.eql({
      requests: 5,
      byStatus: { 200: 2, 400: 1, 404: 1, 500: 1 },
      slowest_ms: 20_000,
    })
  })

  it('finds nothing in what is as it should be', () => {
    const exchanges = [
      exchange(400, 'kies uit moederorganisatie', '{"pet":"moederorganisatie"}'),
      exchange(200, '{"id":"langetekst"}', '{"id":"langetekst"}'),
    ]
    expect(judge(exchanges, ['Kanarie'], 'moederorganisatie zoekwoorden').bad).to.eql([])
  })
})

describe('a document to generate requests from', () => {
  it('has ids that exist where their kind stands, and no pattern that only JavaScript reads', () => {
    const schema = { type: 'string', pattern: '^[^\\p{Cc}]*$' }
    const parameters = [{ $ref: '#/components/parameters/id' }, { in: 'query', name: 'vorm', schema }]
    const paths = { '/matches/{id}': { parameters }, '/status': { get: {} } }
    const document = { paths, components: { properties: { registratie: schema, naam: schema } } }
    const known = { type: 'string', enum: ['m_1'] }
    const free = { type: 'string', maxLength: 100 }
    expect(generable(document, { matches: ['m_1'], registraties: ['r_1'] })).to.eql({
      paths: {
        '/matches/{id}': {
          parameters: [
            { name: 'id', in: 'path', required: true, schema: { anyOf: [known, free] } },
            { in: 'query', name: 'vorm', schema: { type: 'string' } },
          ],
        },
        '/status': { get: {} },
      },
      components: { properties: { registratie: { anyOf: [{ enum: ['r_1'] }, { type: 'string' }] }, naam: { type: 'string' } } },
    })
  })
})
