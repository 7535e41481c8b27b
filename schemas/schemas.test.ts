import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'chai'
import { readSchemas, readText, type Schema } from './files.ts'
import { FORMATS } from './formats.ts'
import type { Regio } from './types.ts'
import { validator } from './validate.ts'

/** Every schema inside a schema, with its place; what decides between fields (`if`, `anyOf`, …) describes nothing and is left out. */
function parts(schema: Schema, at: string): Array<{ at: string; part: Schema }> {
  const inside = (keyword: string) => Object.entries((schema[keyword] ?? {}) as Record<string, Schema>)
  const below = [...inside('properties'), ...inside('$defs')].flatMap(([name, part]) => parts(part, `${at}/${name}`))
  const items = schema.items ? parts(schema.items as Schema, `${at}/*`) : []
  return [{ at, part: schema }, ...below, ...items]
}

const all = [...readSchemas()].flatMap(([file, schema]) => parts(schema, file))
const ofType = (type: string) => all.filter(({ part }) => [part.type].flat().includes(type))

describe('schemas', () => {
  it('are JSON Schema 2020-12, under their own name', () => {
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, keywords: ['x-fout'], formats: FORMATS })
    for (const [file, schema] of readSchemas()) {
      expect(ajv.validateSchema(schema), file).to.equal(true)
      expect(schema.$id).to.equal(`urn:verwijsindex:schema:${file}:1`)
      expect(schema.title).to.match(/^[A-Z][A-Za-z]+$/)
    }
  })

  it('bound every text and every list, close every object, and describe every field', () => {
    for (const { at, part } of ofType('string')) expect(part, at).to.have.property('maxLength')
    for (const { at, part } of ofType('array')) expect(part, at).to.include.keys('maxItems', 'items')
    for (const { at, part } of ofType('object')) expect(part, at).to.have.property('additionalProperties', false)
    const bare = all.filter(({ at, part }) => !part.$ref && !part.description && !at.endsWith('/*')).map(({ at }) => at)
    expect(bare).to.eql([])
  })

  it('use only formats that the validator knows', () => {
    const formats = new Set(all.flatMap(({ part }) => (part.format ? [part.format as string] : [])))
    expect(Object.keys(FORMATS)).to.have.members([...formats])
  })
})

describe('regions/voorbeeld.json', () => {
  const region = JSON.parse(readText('regions/voorbeeld.json')) as Regio

  it('is a region whose clients and own adapters exist', () => {
    expect(validator('regio')(region)).to.eql([])
    const organisations = new Map(region.organisaties.map((organisation) => [organisation.id, organisation]))
    for (const client of region.clients.filter(({ rol }) => rol === 'organisatie'))
      expect(organisations).to.include.keys(client.organisatie)
    for (const { adapters, eigenAdapter } of region.organisaties) expect(adapters).to.include(eigenAdapter)
    expect(new Set(region.organisaties.map(({ eigenAdapter }) => eigenAdapter)).size).to.equal(region.organisaties.length)
  })

  it('gives the coordination point, the privacy officer and the administrator no right to register', () => {
    const others = region.clients.filter(({ rol }) => rol !== 'organisatie')
    expect(others.map(({ id }) => id)).to.have.members(['coordinatiepunt', 'privacy-functionaris', 'beheer'])
    for (const { scopes } of others) expect(scopes).not.to.include.members(['registratie:schrijven'])
  })
})
