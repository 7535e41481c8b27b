import type { Fault } from '../schemas/fault.ts'
import { validator } from '../schemas/validate.ts'
import type { Adapter, AdapterRow, Content } from './adapter.ts'
import { allFaults } from './faults.ts'
import { readSource } from './read-source.ts'
import { SourceFault } from './source-fault.ts'

const context = { client: 'organisatie', gemeente: '1894', ontvangenOp: '2026-11-22' }

/** What of a row its reader can see: the registration when it is good, else every fault as `column code`. */
export interface SeenRow {
  regel: number
  bronbericht?: string
  registratie?: unknown
  concept?: unknown
  tellingen?: unknown[]
  gebeurtenis?: unknown
  toestemmingen?: unknown[]
  fouten?: string[]
}

/** What an adapter gives of a source, row by row, as it stands beside the golden samples. */
export async function seen(adapter: Adapter, content: Content | string): Promise<SeenRow[]> {
  const rows: SeenRow[] = []
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  try {
    for await (const row of readSource(adapter, bytes, context)) rows.push(view(row))
  } catch (error) {
    if (!(error instanceof SourceFault)) throw error
    rows.push({ regel: error.regel, fouten: named(error.fouten) })
  }
  return rows
}

function view(row: AdapterRow): SeenRow {
  const { regel, bronbericht, registratie, tellingen, gebeurtenis, toestemmingen } = row
  const fouten = named(allFaults(row, registratie === undefined ? [] : validator('registratie')(registratie)))
  const who = bronbericht === undefined ? { regel } : { regel, bronbericht }
  const draft = row.concept && fouten.join() === 'concept' ? { concept: registratie } : {}
  if (fouten.length > 0) return { ...who, fouten, ...draft }
  if (gebeurtenis) return { ...who, gebeurtenis }
  return tellingen ? { ...who, tellingen } : { ...who, registratie, toestemmingen }
}

function named(fouten: Fault[]): string[] {
  for (const { pointer, code, melding, watNu } of fouten)
    if (!melding || !watNu) throw new Error(`the fault ${code} at ${pointer} does not say what is wrong and what to do`)
  return fouten.map(({ pointer, code }) => `${pointer} ${code}`.trim())
}
