import { expect } from 'chai'
import { readJson } from './json.ts'
import { depth_max, record_chars_max } from './limits.ts'
import { bytes, outcome } from './testing.ts'

const read = (text: string) => outcome(readJson(bytes(text)))

describe('JSON reader', () => {
  const forms: [string, string, [number, unknown][]][] = [
    ['an object', '\ufeff {\n "a": {"b": "}"},\n "c": [1]\n}\n', [[1, { a: { b: '}' }, c: [1] }]]],
    ['an object on one line', '{"a":1}', [[1, { a: 1 }]]],
    [
      'NDJSON',
      '\n{"a":1}\r\n\n{"a":2}',
      [
        [2, { a: 1 }],
        [4, { a: 2 }],
      ],
    ],
    [
      'an array',
      ' [ {"a":"],\\\\\\"["} ,\n{"a":[1,{"b":2}]}, 3 ] \n',
      [
        [1, { a: '],\\"[' }],
        [2, { a: [1, { b: 2 }] }],
        [3, 3],
      ],
    ],
    ['an empty array', '[\n]', []],
  ]
  for (const [name, text, expected] of forms)
    it(`tells ${name}`, async () => {
      const { items, codes } = await read(text)
      expect(codes).to.deep.equal([])
      expect(items.map(({ regel, value }) => [regel, value])).to.deep.equal(expected)
    })

  const records: [string, string, string][] = [
    ['a member given twice', '{"a":1,"\\u0061":2}', 'dubbel-veld'],
    ['a member given twice, deeper', '{"a":[{"b":1,"b":1}]}', 'dubbel-veld'],
    ['__proto__', '{"__proto__":{"x":1}}', 'onbekend-veld'],
    ['too much nesting', `{"a":${'['.repeat(depth_max)}${']'.repeat(depth_max)}}`, 'te-diep'],
    ['half a character', '{"a":"\\ud800"}', 'tekenset'],
    ['a comment', '{"a":1 /* x */}', 'json'],
    ['a number that is none', '{"a":NaN}', 'json'],
  ]
  for (const [name, text, code] of records)
    it(`faults ${name}, and goes on with the next record`, async () => {
      for (const form of [`{"z":0}\n${text}\n{"y":1}\n`, `[{"z":0},${text},{"y":1}]`]) {
        const { items } = await read(form)
        expect(items.map(({ fouten }) => fouten.map((fault) => fault.code))).to.deep.equal([[], [code], []])
      }
    })

  it('leaves a name alone that is only a value', async () => {
    expect((await read('{"a":"b","b":"a","c":"a"}')).items[0]!.fouten).to.deep.equal([])
  })

  const broken: [string, string, number][] = [
    ['an array that breaks off', '[{"a":1},{"a":', 1],
    ['an array that breaks off in a string', '[{"a":"\\', 0],
    ['an array without an element', '[{"a":1},,{"a":2}]', 1],
    ['an array with a comma too many', '[{"a":1},]', 1],
    ['something after an array', '[{"a":1}] x', 1],
    ['a bracket too many', '[{"a":1}]]', 1],
    ['nesting without end', '['.repeat(3 * record_chars_max), 0],
    ['plain text', 'Beste collega', 0],
    ['nothing', '  \n', 0],
  ]
  for (const [name, text, before] of broken)
    it(`refuses ${name}, after what came before`, async () => {
      const { items, codes } = await read(text)
      expect(codes).to.have.length(1)
      expect(items).to.have.length(before)
    })

  it('refuses a record without end', async () => {
    for (const text of [
      `{"a":"${'x'.repeat(record_chars_max)}"}`,
      `[{"a":"${'x'.repeat(record_chars_max)}"}]`,
      `{"z":0}\n{"a":"${'\\"'.repeat(record_chars_max)}`,
    ])
      expect((await read(text)).codes.join()).to.match(/te-lang|json/)
  })
})
