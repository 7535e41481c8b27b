import type { Fault } from '../schemas/fault.ts'
import type { AdapterRow } from './adapter.ts'

/**
 * All faults of one row: those of the source, then those the schema found in the registration made from it, told by the
 * source's own column names. A column that already has a fault is not blamed twice.
 */
export function allFaults(row: Pick<AdapterRow, 'fouten' | 'sourceOf'>, schemaFaults: Fault[]): Fault[] {
  const faults = new Map(row.fouten.map((fault) => [`${fault.pointer} ${fault.code}`, fault]))
  const blamed = new Set(row.fouten.map((fault) => fault.pointer))
  for (const fault of schemaFaults) {
    const pointer = row.sourceOf(fault.pointer)
    if (!blamed.has(pointer)) faults.set(`${pointer} ${fault.code}`, { ...fault, pointer })
  }
  return [...faults.values()]
}
