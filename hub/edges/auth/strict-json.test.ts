import { expect } from 'chai'
import fc from 'fast-check'
import { parseStrictJson } from './strict-json.ts'

describe('strict JSON', () => {
  it('reads every JSON value as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
        const text = JSON.stringify(value)
        if (!text.includes('__proto__')) expect(parseStrictJson(text)).to.deep.equal(JSON.parse(text))
      }),
    )
  })

  it('refuses a member given twice, wherever and however it is spelled', () => {
    fc.assert(
      fc.property(fc.string(), fc.jsonValue({ maxDepth: 3 }), (name, value) => {
        const escaped = [...name].map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
        const spelled = [...name].every((sign) => sign.length === 1) ? `"${escaped}"` : JSON.stringify(name)
        const text = `[{"a":{${JSON.stringify(name)}:${JSON.stringify(value)},"b ":{},${spelled}:1}}]`
        expect(() => parseStrictJson(text)).to.throw(SyntaxError)
      }),
    )
  })

  it('lets the same name stand in different objects, and as a value', () => {
    expect(parseStrictJson('{"a":"a","b":{"a":["a",{"a":1}]}}')).to.deep.equal({ a: 'a', b: { a: ['a', { a: 1 }] } })
  })

  it('refuses __proto__, deep nesting and what is not JSON, without repeating it', () => {
    const hostile = ['{"__proto__":{}}', '{"a":{"\\u005f_proto__":1}}', `${'['.repeat(17)}${']'.repeat(17)}`, '{"geheim":}']
    for (const text of hostile) expect(() => parseStrictJson(text)).to.throw(SyntaxError, /^(?!.*geheim)/)
    expect(parseStrictJson(`${'['.repeat(16)}${']'.repeat(16)}`)).to.be.an('array')
  })
})
