import { expect } from 'chai'
import { depth_max, elements_max, record_chars_max } from './limits.ts'
import { bytes, outcome } from './testing.ts'
import { readXml } from './xml.ts'

const read = (text: string | Buffer) => outcome(readXml(typeof text === 'string' ? bytes(text) : text, 'L', 'R'))

describe('XML reader', () => {
  it('gives a record at a time, with its own text', async () => {
    const { items } = await read(
      '<?xml version="1.0"?>\n<L><!-- <R> -->\n <R a="&lt;1"><B> x&#233; <![CDATA[<y>]]> </B></R>\n<R/></L>\n',
    )
    expect(items.map(({ regel, bron }) => [regel, bron])).to.deep.equal([
      [1, '<R a="&lt;1"><B> x&#233; <![CDATA[<y>]]> </B></R>'],
      [2, '<R/>'],
    ])
    expect({ ...items[0]!.element.attributes }).to.deep.equal({ a: '<1' })
    expect(items[0]!.element.children[0]!.text).to.equal('xé <y>')
  })

  it('reads Windows-1252 that says so, and Windows-1252 that says it is UTF-8', async () => {
    for (const encoding of ['windows-1252', 'UTF-8', 'iso-8859-1']) {
      const { items } = await read(bytes(`<?xml version="1.0" encoding="${encoding}"?><L><R>Zoë</R></L>`, 'latin1'))
      expect(items[0]!.element.text).to.equal('Zoë')
    }
  })

  const laughs = Array.from({ length: 20 }, (_, n) => `<!ENTITY l${n + 1} "&l${n};&l${n};">`).join('')
  const refused: [string, string, string][] = [
    ['a billion laughs', `<!DOCTYPE L [<!ENTITY l0 "ha">${laughs}]><L><R>&l20;</R></L>`, 'doctype'],
    ['an entity that is a file', '<!DOCTYPE L [<!ENTITY f SYSTEM "file:///etc/passwd">]><L><R>&f;</R></L>', 'doctype'],
    ['a document type that does not end', `<!DOCTYPE L [${'<!ENTITY a "b">'.repeat(record_chars_max / 10)}`, 'te-lang'],
    ['an entity of its own', '<L><R>&f;</R></L>', 'xml'],
    ['an entity by the name of a method', '<L><R>&constructor;</R></L>', 'xml'],
    ['an instruction', '<?xml-stylesheet href="x"?><L/>', 'opdracht'],
    ['another encoding', '<?xml version="1.0" encoding="UTF-7"?><L/>', 'tekenset'],
    ['another root', '<R/>', 'onbekend-element'],
    ['another record', '<L><S/></L>', 'onbekend-element'],
    ['text between records', '<L>x<R/></L>', 'losse-tekst'],
    ['nesting', `<L><R>${'<a>'.repeat(depth_max)}`, 'te-diep'],
    ['a record of too many parts', `<L><R>${'<a/>'.repeat(elements_max)}</R></L>`, 'te-diep'],
    ['a record without end', `<L><R>${'x'.repeat(record_chars_max * 2)}`, 'te-lang'],
    ['a comment without end', `<L><!--${'x'.repeat(record_chars_max * 2)}`, 'te-lang'],
    ['an attribute given twice', '<L><R a="1" a="2"/></L>', 'xml'],
    ['a file that is cut off', '<L><R/>', 'xml'],
    ['nothing', '', 'xml'],
    ['a second root', '<L/><L/>', 'xml'],
  ]
  for (const [name, text, code] of refused)
    it(`refuses ${name}`, async () => expect((await read(text)).codes).to.deep.equal([code]))

  it('keeps the records before what it refuses', async () => {
    const { items, codes } = await read('<L><R/><R><a></R>')
    expect([items.length, codes]).to.deep.equal([1, ['xml']])
  })
})
