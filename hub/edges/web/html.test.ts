import { expect } from 'chai'
import fc from 'fast-check'
import { html } from './html.ts'

describe('html', () => {
  it('lets no value end its element or attribute', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const [, attribute, element] =
          /^<p title="([^"<>]*)">([^<>]*)<\/p>$/s.exec(html`<p title="${value}">${value}</p>`.text) ?? []
        const decoded = (text = '') => text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
        expect([decoded(attribute), decoded(element)]).to.deep.equal([value, value])
      }),
    )
  })

  it('puts HTML into HTML as it is, lists one after another, and nothing for what is absent', () => {
    const items = ['a', '<b>'].map((item) => html`<li>${item}</li>`)
    expect(html`<ul>${items}</ul>${null}${undefined}${false}${0}`.text).to.equal('<ul><li>a</li><li>&#60;b&#62;</li></ul>0')
  })

  it('does not take an object that looks like HTML for HTML', () => {
    const forged = { text: '<script>', toString: () => '<script>' } as never
    expect(html`${forged}`.text).to.equal('&#60;script&#62;')
  })
})
