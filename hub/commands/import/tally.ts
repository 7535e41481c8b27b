import type { FileRowOutcome } from '../../flows/import-file.ts'
import { writeLines } from '../json-lines.ts'

/** Writes what became of each row as it is known, and the totals at the end. */
export interface Tally {
  rows(
    outcomes: {
      regel?: number
      bronbericht: string | null
      uitkomst: FileRowOutcome['uitkomst']
      id?: string
      fouten: unknown[]
    }[],
  ): Promise<void>
  finish(): Promise<void>
  refused(): number
}

export function startTally(): Tally {
  const counts = { gelezen: 0, geaccepteerd: 0, dubbel: 0, hervat: 0, afgekeurd: 0 }
  return {
    refused: () => counts.afgekeurd,
    async rows(outcomes) {
      for (const { uitkomst } of outcomes) counts[uitkomst] += 1
      counts.gelezen += outcomes.length
      await writeLines(outcomes.map((outcome) => JSON.stringify(outcome)))
      if (process.stderr.isTTY) process.stderr.write(`\r${counts.gelezen} rijen gelezen, ${counts.afgekeurd} afgekeurd`)
    },
    async finish() {
      if (process.stderr.isTTY) process.stderr.write('\n')
      const { hervat, dubbel, ...rest } = counts
      // What an interrupted import had taken in already is no new registration: it counts as double, and is told apart.
      await writeLines([JSON.stringify({ samenvatting: { ...rest, dubbel: dubbel + hervat, hervat } })])
    },
  }
}
