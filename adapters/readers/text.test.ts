import { expect } from 'chai'
import { gather_bytes } from './limits.ts'
import { bytes, outcome } from './testing.ts'
import { decodeText } from './text.ts'

const MARK = '\ufeff'

describe('text of a source', () => {
  const good: [string, Buffer, string][] = [
    ['ASCII', bytes('Noor\n'), 'Noor\n'],
    ['UTF-8', bytes('Zoë Çelik €'), 'Zoë Çelik €'],
    ['UTF-8 with a mark', bytes(`${MARK}Zoë`), 'Zoë'],
    ['a mark and nothing else', bytes(MARK), ''],
    ['Windows-1252, with the euro sign that Latin-1 lacks', Buffer.from([0x5a, 0x6f, 0xeb, 0x20, 0x80]), 'Zoë €'],
    ['Windows-1252 with an accent as the last byte', Buffer.from([0x5a, 0x6f, 0xeb]), 'Zoë'],
    ['four bytes for one character', bytes('a😀b'), 'a😀b'],
    ['nothing', bytes(''), ''],
  ]
  for (const [name, content, expected] of good)
    it(`reads ${name}, whole and cut anywhere`, async () => {
      expect((await outcome(decodeText(content))).items.join('')).to.equal(expected)
      for (const padding of paddings(content)) {
        const padded = padding + expected
        expect((await outcome(decodeText(oneByOne(Buffer.concat([bytes(padding), content]))))).items.join('')).to.equal(padded)
      }
    })

  const bad: [string, Buffer][] = [
    ['UTF-16 with a mark', Buffer.from([0xff, 0xfe, 0x41, 0x00])],
    ['UTF-16 without one', bytes('Noor', 'utf16le')],
    ['UTF-8 that goes on as Windows-1252', Buffer.concat([bytes('Zoë\n'), Buffer.from([0x5a, 0x6f, 0xeb, 0x0a])])],
    ['UTF-8 that is cut off in a character', bytes('Zoë €').subarray(0, -1)],
  ]
  for (const [name, content] of bad)
    it(`refuses ${name}`, async () => {
      expect((await outcome(decodeText(content))).codes).to.deep.equal(['tekenset'])
      for (const padding of paddings(content))
        expect((await outcome(decodeText(oneByOne(Buffer.concat([bytes(padding), content]))))).codes).to.deep.equal(['tekenset'])
    })
})

/** Spaces in front that make each place of the content in turn the end of a piece. A mark only counts at the very front. */
function paddings(content: Buffer): string[] {
  if (/^(\xef\xbb\xbf|\xff\xfe)/.test(content.toString('latin1'))) return ['']
  return Array.from(content, (_, at) => ' '.repeat(gather_bytes - at))
}

async function* oneByOne(content: Uint8Array): AsyncGenerator<Uint8Array> {
  for (const byte of content) yield Uint8Array.of(byte)
}
