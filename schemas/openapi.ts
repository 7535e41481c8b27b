import { parse } from 'yaml'
import { bundleSchemas, rewrite } from './bundle.ts'
import { readSchemas, readText, type Schema } from './files.ts'

/** One route of the API, as `openapi.yaml` has it. */
export interface Operation {
  operationId: string
  method: 'DELETE' | 'GET' | 'POST' | 'PUT'
  /** With parameters in braces, below the server's `/v1`: `/registraties/{id}`. */
  path: string
  /** The one scope that it asks; null: no token at all. */
  scope: string | null
  /** Name for `validator`; null: no body, or one that no schema describes (a file of a source). */
  bodySchema: string | null
  /** Media types that are read, without parameters; empty: no body. */
  bodyTypes: string[]
  bodyRequired: boolean
  bodyBytes_max: number
  parameters: Parameter[]
  /** The status of a request that did what it asked for; a repeated one can differ. */
  success: number
  /** Days (`2027-01-01`) since when it should not be used, and from which it is gone; null for what stays. */
  deprecation: { since: string; until: string } | null
}

export interface Parameter {
  name: string
  in: 'query' | 'path' | 'header'
  required: boolean
  /** Without references. */
  schema: Schema
}

/** The document as it is published: references to files are `#/components/schemas/…`, and media types carry their examples. */
export function openapiDocument(): object {
  published ??= publish()
  return published
}

/** Every route, in the order of the document. */
export function operations(): Operation[] {
  listed ??= Object.entries(source().paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => describe(path, method, item)),
  )
  return listed
}

interface Item {
  parameters?: unknown[]
  [method: string]: unknown
}

interface Source {
  paths: Record<string, Item>
  components: Record<string, Record<string, unknown>>
}

interface Described {
  operationId: string
  security: Array<Record<string, string[]>>
  parameters?: unknown[]
  requestBody?: { required?: boolean; content: Record<string, { schema: Schema }> }
  responses: Record<string, unknown>
  'x-lichaam-max'?: number
  /** Beside `deprecated: true`. */
  'x-uitfasering'?: { sinds: string; tot: string }
}

const METHODS = ['get', 'put', 'post', 'delete'] as const
const COMPONENTS = '#/components/schemas/'
const bodyBytes_default = 1024 * 1024

let read: Source | undefined
let published: object | undefined
let listed: Operation[] | undefined

function source(): Source {
  // Our own file: its shared answers stand in every operation, which the limit against hostile documents does not foresee.
  read ??= withIdempotency(parse(readText('openapi.yaml'), { merge: true, maxAliasCount: -1 }) as Source)
  return read
}

/** Messages have an id of their own, which says that they are repeated. */
const WITH_MESSAGE_ID = ['registratieAanmaken', 'registratieBeeindigen', 'registratiesAanbieden']

/** Every other operation that makes something can be named by its client, so that it can be repeated without being done again. */
function withIdempotency(document: Source): Source {
  for (const { post } of Object.values(document.paths) as { post?: Described }[]) {
    const makes = post && ('201' in post.responses || post.operationId === 'bestandAanbieden')
    if (!makes || WITH_MESSAGE_ID.includes(post.operationId)) continue
    post.parameters = [...(post.parameters ?? []), { $ref: '#/components/parameters/idempotencyKey' }]
  }
  return document
}

function publish(): object {
  const { 'x-delen': _anchors, ...document } = source() as unknown as Schema
  const schemas = bundleSchemas(COMPONENTS)
  const bundled = rewrite(document, 'openapi', COMPONENTS) as unknown as Source & object
  return withExamples({ ...bundled, components: { ...bundled.components, schemas } }, schemas)
}

/** Gives each media type without an example the first example of its schema, which swagger-ui and partners' tools show. */
function withExamples<T>(part: T, schemas: Record<string, Schema>): T {
  if (Array.isArray(part)) return part.map((item) => withExamples(item, schemas)) as T
  if (typeof part !== 'object' || part === null) return part
  const copy = Object.fromEntries(Object.entries(part).map(([key, value]) => [key, withExamples(value, schemas)]))
  const reference = (copy.schema as Schema | undefined)?.$ref
  if (typeof reference === 'string' && !('example' in copy) && !('in' in copy)) {
    const examples = schemas[reference.slice(COMPONENTS.length)]?.examples as unknown[] | undefined
    if (examples?.length) copy.example = examples[0]
  }
  return copy as T
}

function describe(path: string, method: (typeof METHODS)[number], item: Item): Operation {
  const operation = item[method] as Described
  const content = Object.entries(operation.requestBody?.content ?? {})
  const statuses = Object.keys(operation.responses).map(Number)
  return {
    operationId: operation.operationId,
    method: method.toUpperCase() as Operation['method'],
    path,
    scope: operation.security.flatMap((scheme) => Object.values(scheme).flat())[0] ?? null,
    bodySchema: content.map(([, { schema }]) => fileOf(schema)).find((name) => name !== null) ?? null,
    bodyTypes: content.map(([type]) => type),
    bodyRequired: operation.requestBody?.required ?? false,
    bodyBytes_max: operation['x-lichaam-max'] ?? bodyBytes_default,
    parameters: [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((parameter) => resolve(parameter as Schema)),
    deprecation: deprecationOf(operation),
    success: Math.max(...statuses.filter((status) => status < 300)),
  }
}

function deprecationOf({ 'x-uitfasering': phasing }: Described): Operation['deprecation'] {
  return phasing ? { since: phasing.sinds, until: phasing.tot } : null
}

function fileOf(schema: Schema): string | null {
  return typeof schema.$ref === 'string' ? schema.$ref.replace(/\.json$/, '') : null
}

function resolve(parameter: Schema): Parameter {
  const name = /^#\/components\/parameters\/(\w+)$/.exec(String(parameter.$ref))?.[1]
  const full = (name ? source().components.parameters?.[name] : parameter) as Parameter
  return { name: full.name, in: full.in, required: full.required ?? false, schema: inlined(full.schema) }
}

function inlined(schema: Schema): Schema {
  const name = /^gedeeld\.json#\/\$defs\/(\w+)$/.exec(String(schema.$ref))?.[1]
  const definitions = readSchemas().get('gedeeld')!.$defs as Record<string, Schema>
  return name ? definitions[name]! : schema
}
