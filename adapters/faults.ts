import type { Fault } from '../schemas/fault.ts'
import type { AdapterRow } from './adapter.ts'

/**
 * All faults of one row: those of the source, then those the schema found in the registration made from it, told by the
 * source's own column names. A column that already has a fault is not blamed twice.
 */
export function allFaults(row: Pick<AdapterRow, 'fouten' | 'sourceOf' | 'concept'>, schemaFaults: Fault[]): Fault[] {
  const faults = new Map(row.fouten.map((fault) => [`${fault.pointer} ${fault.code}`, fault]))
  const blamed = new Set(row.fouten.map((fault) => fault.pointer))
  for (const fault of schemaFaults) {
    const pointer = row.sourceOf(fault.pointer)
    if (!blamed.has(pointer)) faults.set(`${pointer} ${fault.code}`, { ...fault, pointer })
  }
  if (row.concept && faults.size === 0) return [DRAFT]
  return [...faults.values()]
}

/** What makes a draft a registration is a person's decision, never a file. */
const DRAFT: Fault = {
  pointer: '',
  code: 'concept',
  melding: 'Dit is een concept: deze bron is niet bedoeld om te registreren.',
  watNu: 'Bekijk het concept in de uitkomst van de rij, vul het aan en bied het aan met de adapter eigen.',
}
