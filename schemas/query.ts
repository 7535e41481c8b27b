import type { Fault } from './fault.ts'
import type { Schema } from './files.ts'
import type { Operation } from './openapi.ts'
import { schemaValidator, type Validator } from './validate.ts'

export type QueryValue = string | number | boolean

/**
 * The query parameters of one request by their types, defaults filled in, and all that is wrong with them. An empty parameter is
 * an absent one; an unknown or a repeated one is a fault. A fault's pointer is `/` and the parameter's name.
 */
export function validateParameters(
  operation: Operation,
  query: URLSearchParams,
): { values: Record<string, QueryValue>; faults: Fault[] } {
  const { schemas, validate } = prepared(operation)
  const values: Record<string, QueryValue> = Object.create(null)
  for (const [name, text] of query) {
    if (text !== '' || !schemas.has(name)) values[name] = typed(text, schemas.get(name))
  }
  const repeated = [...schemas.keys()].filter((name) => query.getAll(name).length > 1)
  const faults = [...validate(values), ...repeated.map(repeatedFault)]
  for (const [name, schema] of schemas) {
    if (!(name in values) && schema.default !== undefined) values[name] = schema.default as QueryValue
  }
  return { values, faults }
}

interface Prepared {
  schemas: Map<string, Schema>
  validate: Validator
}

const cache = new WeakMap<Operation, Prepared>()

function prepared(operation: Operation): Prepared {
  let made = cache.get(operation)
  if (!made) {
    const parameters = operation.parameters.filter((parameter) => parameter.in === 'query')
    const schemas = new Map(parameters.map(({ name, schema }) => [name, schema]))
    const required = parameters.filter((parameter) => parameter.required).map(({ name }) => name)
    const properties = Object.fromEntries(schemas)
    made = { schemas, validate: schemaValidator({ type: 'object', additionalProperties: false, required, properties }) }
    cache.set(operation, made)
  }
  return made
}

/** What cannot be read as the type stays a text, so that the schema refuses it. */
function typed(text: string, schema: Schema | undefined): QueryValue {
  if (schema?.type === 'integer' && /^-?\d{1,16}$/.test(text)) return Number(text)
  if (schema?.type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  return text
}

function repeatedFault(name: string): Fault {
  return {
    pointer: `/${name}`,
    code: 'dubbel',
    melding: 'Deze queryparameter staat er meer dan eens.',
    watNu: 'Geef haar eenmaal.',
  }
}
