import { createReadStream } from 'node:fs'
import type { AdapterRow, ConsentFromSource, Count, LifeEvent } from '../../../adapters/adapter.ts'
import { readSource } from '../../../adapters/read-source.ts'
import { SourceFault } from '../../../adapters/source-fault.ts'
import type { Fault } from '../../../schemas/fault.ts'
import type { Sender } from '../../edges/inbox/sender.ts'
import { rowOfFile } from '../../flows/import-rows.ts'
import { rowFaults } from '../../flows/row-faults.ts'
import type { Principal } from '../../principal.ts'
import type { Day } from '../../stages/calendar.ts'
import type { SenderRights } from '../../stages/ingest/check.ts'

/** One step of a row: what stood in the source, and what it became. */
interface Step {
  /** The source's own name; null for what the adapter adds itself. */
  bron: string | null
  /** What stood there, where the source has cells. */
  cel: string | null
  /** JSON pointer in the registration; null for a cell that is looked at and left behind. */
  veld: string | null
  waarde: unknown
  fouten: Fault[]
}

export interface ExplainedRow {
  regel: number
  bronbericht: string | null
  stappen: Step[]
  toestemmingen: ConsentFromSource[]
  tellingen?: Count[]
  gebeurtenis?: LifeEvent
  /** Of the row as a whole, or of a part that has no cell. */
  fouten: Fault[]
  uitkomst: 'geaccepteerd' | 'afgekeurd'
}

/** As whom a file is tried. */
export type Explained = Pick<Sender, 'adapter' | 'rights'> & { principal: Pick<Principal, 'client' | 'municipalities'> }

/** Follows every row of a file from cell to field to schema to outcome; keeps nothing. */
export async function* explainFile(
  { adapter, principal, rights }: Explained,
  file: string,
  today: Day,
): AsyncGenerator<ExplainedRow> {
  const context = { client: principal.client, gemeente: principal.municipalities[0] ?? '', ontvangenOp: today }
  try {
    for await (const row of readSource(adapter, createReadStream(file), context)) yield explained(row, rights, today)
  } catch (error) {
    if (!(error instanceof SourceFault)) throw error
    yield { regel: error.regel, bronbericht: null, stappen: [], toestemmingen: [], fouten: error.fouten, uitkomst: 'afgekeurd' }
  }
}

function explained(row: AdapterRow, rights: SenderRights, today: Day): ExplainedRow {
  const faults = rowFaults(rowOfFile(row), rights, today)
  const stappen = stepsOf(row, faults)
  const told = new Set(stappen.flatMap(({ fouten }) => fouten))
  return {
    regel: row.regel,
    bronbericht: row.bronbericht ?? null,
    stappen,
    toestemmingen: row.toestemmingen,
    ...(row.tellingen ? { tellingen: row.tellingen } : {}),
    ...(row.gebeurtenis ? { gebeurtenis: row.gebeurtenis } : {}),
    fouten: faults.filter((fault) => !told.has(fault)),
    uitkomst: faults.length > 0 ? 'afgekeurd' : 'geaccepteerd',
  }
}

/** Fields in the order of the registration, then the cells that became none. */
function stepsOf({ registratie, cellen = {}, sourceOf }: AdapterRow, faults: Fault[]): Step[] {
  const faultsOf = (name: string) => faults.filter(({ pointer }) => pointer === name)
  const fields = [...leaves(registratie, '')].map(([veld, waarde]): Step => {
    const source = sourceOf(veld)
    const bron = source === veld && !(source in cellen) && Object.keys(cellen).length > 0 ? null : source
    return { bron, cel: cellen[source] ?? null, veld, waarde, fouten: faultsOf(source) }
  })
  const used = new Set(fields.map(({ bron }) => bron))
  const rest = Object.entries(cellen).filter(([name, cell]) => !used.has(name) && (cell !== '' || faultsOf(name).length > 0))
  return [...fields, ...rest.map(([bron, cel]): Step => ({ bron, cel, veld: null, waarde: null, fouten: faultsOf(bron) }))]
}

function* leaves(value: unknown, pointer: string): Generator<[string, unknown]> {
  if (typeof value !== 'object' || value === null) {
    if (value !== undefined) yield [pointer, value]
    return
  }
  for (const [name, member] of Object.entries(value)) yield* leaves(member, `${pointer}/${name}`)
}
