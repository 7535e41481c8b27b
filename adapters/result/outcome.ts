import type { Fault } from '../../schemas/fault.ts'

/** What became of one row of a source. */
export interface RowOutcome {
  regel: number
  bronbericht?: string | undefined
  uitkomst: string
  fouten: readonly Fault[]
  /** Whose consent is still missing: `jeugdige` or the name of a guardian. */
  ontbreekt?: readonly string[] | undefined
}

/** Dutch: what the organisation can do about a row. */
export function nextSteps(row: RowOutcome): string[] {
  const faults = row.fouten.map((fault) => fault.watNu)
  const missing = row.ontbreekt?.length ? [`Vraag de toestemming die ontbreekt: ${row.ontbreekt.join(', ')}.`] : []
  return [...new Set([...faults, ...missing])]
}
