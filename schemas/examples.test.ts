import { readdirSync } from 'node:fs'
import { expect } from 'chai'
import { readSchemas, readText } from './files.ts'
import { validator } from './validate.ts'

/** What lies beside a bad example: the faults that it must give, no more and no fewer. */
interface Bad {
  invoer: unknown
  fouten: Array<{ pointer: string; code: string }>
}

const folders = readdirSync(new URL('./examples/', import.meta.url))

function examples(schema: string, kind: 'valid' | 'invalid'): Array<[string, unknown]> {
  const folder = `examples/${schema}/${kind}/`
  const files = readdirSync(new URL('./examples/', import.meta.url), { recursive: true }).map((path) => `examples/${path}`)
  return files.filter((path) => path.startsWith(folder)).map((path) => [path.slice(folder.length), JSON.parse(readText(path))])
}

describe('examples', () => {
  it('exist for every schema', () => {
    expect(folders).to.have.members([...readSchemas().keys()].filter((name) => name !== 'gedeeld'))
    for (const schema of folders) expect(examples(schema, 'valid'), schema).not.to.eql([])
  })

  for (const schema of folders) {
    for (const [file, value] of examples(schema, 'valid')) {
      it(`${schema}: ${file} is good`, () => expect(validator(schema)(value)).to.eql([]))
    }
    for (const [file, bad] of examples(schema, 'invalid')) {
      it(`${schema}: ${file} gives its faults`, () => {
        const { invoer, fouten } = bad as Bad
        const found = validator(schema)(invoer)
        expect(found.map(({ pointer, code }) => ({ pointer, code }))).to.have.deep.members(fouten)
        for (const { melding, watNu } of found) expect([melding, watNu].join()).to.match(/^\p{Lu}.*\.,\p{Lu}.*\.$/u)
      })
    }
  }
})
