import { expect } from 'chai'
import { readSchemas } from '../../schemas/files.ts'
import { openapiDocument, operations } from '../../schemas/openapi.ts'
import { validator } from '../../schemas/validate.ts'

/** An answer as it left the hub. */
export interface Left {
  status: number
  headers: Headers
  text: string
}

interface Described {
  $ref?: string
  content?: Record<string, { schema: { $ref?: string } }>
  headers?: Record<string, unknown>
}

const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "frame-ancestors 'none'",
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}
const COMPONENTS = /^#\/components\/(\w+)\/(\w+)$/

const document = openapiDocument() as {
  info: { version: string }
  paths: Record<string, Record<string, { responses: Record<string, Described> }>>
  components: Record<string, Record<string, Described>>
}
const files = new Map([...readSchemas()].map(([file, schema]) => [String(schema.title), file]))

/**
 * Holds an answer of the API against the OpenAPI document: a documented status, a documented type, a body that its schema accepts,
 * the headers that every answer has, and a problem of RFC 9457 for every error.
 */
export function expectConform(method: string, path: string, answer: Left): void {
  const what = `${method} ${path} ${answer.status} ${answer.text.slice(0, 500)}`
  expect(answer.headers.get('api-version'), what).to.equal(document.info.version)
  for (const [name, value] of Object.entries(HEADERS)) expect(answer.headers.get(name), `${name} of ${what}`).to.equal(value)
  if (answer.status >= 400) expectProblem(answer, method, what)
  const operation = operationOf(method, path)
  if (!operation) return void expect(answer.status, what).to.be.oneOf([404, 405])
  const described = responses(operation.path, operation.method)[answer.status]
  if (!described) throw new Error(`a status that the document does not have: ${what}`)
  expectDescribed(resolved(described), answer, method, what)
}

function expectProblem({ status, headers, text }: Left, method: string, what: string): void {
  expect(headers.get('content-type'), what).to.match(/^application\/problem\+json/)
  if (method === 'HEAD') return
  const body = JSON.parse(text)
  expect(validator('probleem')(body), what).to.eql([])
  expect(body.status, what).to.equal(status)
  if (status === 400) expect(body.fouten, what).to.be.an('array').that.is.not.empty
  if (status === 429 || status === 503) expect(Number(headers.get('retry-after')), what).to.be.at.least(1)
  if (status === 401) expect(headers.get('www-authenticate'), what).to.match(/^(Bearer|DPoP)/)
  if (status === 405) expect(headers.get('allow'), what).to.be.a('string')
}

function expectDescribed({ content }: Described, { headers, text }: Left, method: string, what: string): void {
  if (!content) return void expect(text, what).to.equal('')
  const type = headers.get('content-type')?.split(';')[0] ?? ''
  const media = content[type] ?? content['*/*']
  if (!media) throw new Error(`a type that the document does not have, ${type}: ${what}`)
  const title = media.schema.$ref?.split('/').at(-1)
  if (title && method !== 'HEAD') expect(validator(files.get(title) as string)(JSON.parse(text)), what).to.eql([])
}

function operationOf(method: string, path: string) {
  const asked = path.split('?')[0] ?? ''
  const found = operations().filter((operation) => {
    const pattern = operation.path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')
    return operation.method === (method === 'HEAD' ? 'GET' : method) && new RegExp(`^${pattern}$`).test(asked)
  })
  return found.find((operation) => operation.path === asked) ?? found[0]
}

function responses(path: string, method: string): Record<string, Described> {
  return document.paths[path]?.[method.toLowerCase()]?.responses ?? {}
}

function resolved(described: Described): Described {
  const [, kind, name] = COMPONENTS.exec(described.$ref ?? '') ?? []
  return kind && name ? (document.components[kind]?.[name] ?? {}) : described
}
