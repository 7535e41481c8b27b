import type { Fault } from '../schemas/fault.ts'
import type { Adapter, AdapterRow } from './adapter.ts'

/**
 * All faults of one row: those of the source, then those the schema found in the registration made from it, told by the
 * source's own column names. A column that already has a fault is not blamed twice.
 */
export function allFaults(adapter: Adapter, row: AdapterRow, schemaFaults: Fault[]): Fault[] {
  const blamed = new Set(row.fouten.map((fault) => fault.pointer))
  const translated = schemaFaults.map((fault) => ({ ...fault, pointer: adapter.sourceOf(fault.pointer) }))
  return [...row.fouten, ...translated.filter((fault) => !blamed.has(fault.pointer))]
}
