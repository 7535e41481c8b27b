import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { Fault } from './fault.ts'
import { toFaults } from './faults.ts'
import { readSchemas, type Schema } from './files.ts'
import { FORMATS } from './formats.ts'

/** Every fault of a value, all at once; empty when the value is good. No fault holds a value of the input. */
export type Validator = (value: unknown) => Fault[]

/**
 * The validator of one schema, named as its file (`registratie`, `toestemming`, …), compiled once.
 * A good value is recognised by a validator that stops at the first fault; only a bad one is gone through for all of them, and
 * one of more than `nodes_max` parts not even then, so that a hostile body cannot buy a million faults.
 */
export function validator(name: string): Validator {
  let made = validators.get(name)
  if (!made) {
    made = compose(name)
    validators.set(name, made)
  }
  return made
}

/** A validator for a schema that is not one of this folder's files, such as that of a policy or a query. */
export function schemaValidator(schema: Schema): Validator {
  return pair(engine(false).compile(schema), () => engine(true).compile(schema))
}

const nodes_max = 100_000
const validators = new Map<string, Validator>()
const engines = new Map<boolean, Ajv2020>()

function compose(name: string): Validator {
  const id = `urn:verwijsindex:schema:${name}:1`
  const first = engine(false).getSchema(id)
  if (!first) throw new Error(`no schema ${name}.json`)
  return pair(first, () => engine(true).getSchema(id)!)
}

function pair(first: ValidateFunction, compileAll: () => ValidateFunction): Validator {
  let all: ValidateFunction | undefined
  return (value) => {
    if (first(value)) return []
    all ??= compileAll()
    if (hasMoreNodes(value, nodes_max)) return toFaults(first.errors!)
    all(value)
    return toFaults(all.errors!)
  }
}

function engine(allErrors: boolean): Ajv2020 {
  let made = engines.get(allErrors)
  if (!made) {
    made = new Ajv2020({
      strict: true,
      strictTypes: true,
      strictRequired: false,
      allowUnionTypes: true,
      validateSchema: false,
      verbose: true,
      allErrors,
      keywords: ['x-fout'],
      formats: FORMATS,
      schemas: [...readSchemas().values()],
    })
    engines.set(allErrors, made)
  }
  return made
}

/** Does the value hold more than `limit` members and items, at all depths together? */
function hasMoreNodes(value: unknown, limit: number): boolean {
  const open: unknown[] = [value]
  let seen = 0
  while (open.length > 0) {
    const part = open.pop()
    if (typeof part !== 'object' || part === null) continue
    const children = Object.values(part)
    seen += children.length
    if (seen > limit) return true
    for (const child of children) open.push(child)
  }
  return false
}
