import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import type { Fault } from '../schemas/fault.ts'
import { validator } from '../schemas/validate.ts'
import type { Adapter, AdapterRow, Content } from './adapter.ts'
import { allFaults } from './faults.ts'
import { readSource } from './read-source.ts'
import { SourceFault } from './source-fault.ts'

/*
 * For the tests of adapters. A folder `samples/` holds sources, each with what it must give beside it: `x.csv` and `x.csv.expected.json`,
 * a list of rows as `seen` gives them.
 */

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
  for (const { melding, watNu } of fouten) expect([melding, watNu]).to.satisfy((texts: string[]) => texts.every(Boolean))
  return fouten.map(({ pointer, code }) => `${pointer} ${code}`.trim())
}

/** One test for each sample of an adapter's folder. */
export function itGivesItsSamples(adapter: Adapter, folder: URL): void {
  const files = readdirSync(folder).filter((name) => !name.endsWith('.expected.json'))
  for (const file of files)
    it(`${file} gives what stands beside it`, async () => {
      const expected = JSON.parse(readFileSync(new URL(`${file}.expected.json`, folder), 'utf8'))
      expect(await seen(adapter, readFileSync(new URL(file, folder)))).to.deep.equal(expected)
    })
}
