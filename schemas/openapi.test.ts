import { expect } from 'chai'
import { bundleSchemas } from './bundle.ts'
import { readSchemas, type Schema } from './files.ts'
import { openapiDocument, operations } from './openapi.ts'
import { schemaValidator, validator } from './validate.ts'

interface Found {
  at: string
  node: Schema
}

/** Every object in a document, with its JSON pointer. */
function nodes(part: unknown, at = ''): Found[] {
  if (typeof part !== 'object' || part === null) return []
  const inside = Object.entries(part).flatMap(([key, value]) =>
    nodes(value, `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  )
  return Array.isArray(part) ? inside : [{ at, node: part as Schema }, ...inside]
}

function lookup(document: unknown, pointer: string): unknown {
  const keys = pointer.split('/').slice(1)
  const names = keys.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
  return names.reduce((part, name) => (part as Schema | undefined)?.[name] as unknown, document)
}

const document = openapiDocument()
const all = nodes(document)

describe('openapi.yaml', () => {
  it('refers only to what is in the document, and to no file', () => {
    const references = all.flatMap(({ node }) => (typeof node.$ref === 'string' ? [node.$ref] : []))
    expect(references.length).to.be.above(300)
    for (const reference of references) expect(lookup(document, reference.slice(1)), reference).to.be.an('object')
  })

  it('has no key without a value, as an unquoted comma in YAML gives', () => {
    const outside = all.filter(({ at }) => !/\/examples?(\/|$)/.test(at))
    for (const { at, node } of outside)
      for (const [key, value] of Object.entries(node)) if (key !== 'example') expect(value, `${at}/${key}`).not.to.equal(null)
  })

  it('has a summary, a Dutch description, a tag and one known scope for every operation, and names none twice', () => {
    const { components, tags } = document as { components: Schema; tags: Schema[] }
    const scopes = Object.keys(lookup(components, '/securitySchemes/token/flows/clientCredentials/scopes') as object)
    expect(scopes).to.have.members((readSchemas().get('gedeeld')!.$defs as { Scope: { enum: string[] } }).Scope.enum)
    const listed = operations()
    expect(new Set(listed.map(({ operationId }) => operationId)).size).to.equal(listed.length)
    for (const { operationId, path, method, scope } of listed) {
      const operation = lookup(document, `/paths/${path.replaceAll('/', '~1')}/${method.toLowerCase()}`) as Schema
      if (path !== '/openapi.json') expect(scopes, operationId).to.include(scope)
      expect(operation.summary, operationId).to.be.a('string')
      expect(tags.map(({ name }) => name)).to.include((operation.tags as string[])[0])
      expect((operation.security as Schema[]).flatMap((scheme) => Object.values(scheme).flat()).length).to.be.at.most(1)
    }
  })

  it('uses every schema file, and its paths are lower case without a slash at the end', () => {
    const used = new Set(all.flatMap(({ node }) => (typeof node.$ref === 'string' ? [node.$ref.split('/').at(-1)] : [])))
    expect(Object.keys(bundleSchemas('')).filter((name) => !used.has(name))).to.have.members(['Regio'])
    for (const { path } of operations()) expect(path).to.match(/^(\/(_?[a-z]+|\{[a-z]+\}|openapi\.json))+$/)
  })

  it('gives only examples that its schemas accept', () => {
    const media = all.filter(({ node }) => node.example !== undefined)
    expect(media.length).to.be.above(50)
    const files = new Map([...readSchemas()].map(([file, schema]) => [schema.title, file]))
    for (const { at, node } of media) {
      const title = String((node.schema as Schema).$ref)
        .split('/')
        .at(-1)
      expect(validator(files.get(title)!)(node.example), at).to.eql([])
    }
  })

  it('gives every answer with JSON an example, and every operation the errors that can happen to it', () => {
    const answers = all.filter(({ at }) => /\/responses\/2\d\d\/content\/application~1json$/.test(at))
    for (const { at, node } of answers) if (!at.includes('openapi.json')) expect(node, at).to.have.property('example')
    for (const { path, method, scope, bodyTypes } of operations()) {
      const { responses } = lookup(document, `/paths/${path.replaceAll('/', '~1')}/${method.toLowerCase()}`) as {
        responses: object
      }
      const common = scope ? ['400', '401', '403', '404', '405', '429', '503'] : ['405']
      expect(responses).to.include.keys(...common, ...(bodyTypes.length > 0 ? ['409', '412', '413', '415'] : []))
    }
  })

  it('has parameters whose schemas can be used on their own, and bodies that are schemas here', () => {
    for (const { parameters, bodySchema } of operations()) {
      for (const { schema } of parameters) expect(schemaValidator(schema)({})).not.to.eql([])
      if (bodySchema) expect(validator(bodySchema)(null)).not.to.eql([])
    }
  })
})
