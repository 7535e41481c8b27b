import { bundleSchemas } from '../../schemas/bundle.ts'
import type { Schema } from '../../schemas/files.ts'

/** What a column of the CSV form can hold: one scalar field of the registration. */
export interface Field {
  path: string[]
  type: 'string' | 'integer' | 'boolean'
  format: string | undefined
}

/** The field that a dotted path (`persoon.bsn`, `gezagsdragers.0.gezag`) names in the schema, or undefined. */
export function fieldAt(column: string): Field | undefined {
  const path = column.split('.')
  if (path.length > levels_max) return undefined
  const found = path.reduce<Schema | undefined>((schema, name) => schema && child(schema, name), schemas().Registratie)
  const type = found && SCALARS.find((scalar) => types(found).includes(scalar))
  return type && { path, type, format: found.format as string | undefined }
}

const levels_max = 8
const SCALARS = ['string', 'integer', 'boolean'] as const

let bundle: Record<string, Schema> | undefined

function schemas(): Record<string, Schema> {
  bundle ??= bundleSchemas('')
  return bundle
}

function child(schema: Schema, name: string): Schema | undefined {
  if (types(schema).includes('array')) return isIndex(name, Number(schema.maxItems)) ? resolve(schema.items as Schema) : undefined
  const properties = (schema.properties ?? {}) as Record<string, Schema>
  return Object.hasOwn(properties, name) ? resolve(properties[name]!) : undefined
}

function isIndex(name: string, items_max: number): boolean {
  return /^\d{1,3}$/.test(name) && String(Number(name)) === name && Number(name) < items_max
}

function resolve(schema: Schema): Schema | undefined {
  return typeof schema.$ref === 'string' ? schemas()[schema.$ref] : schema
}

function types(schema: Schema): unknown[] {
  return [schema.type].flat()
}
