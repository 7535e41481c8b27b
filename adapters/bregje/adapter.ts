import { isDate } from '../../schemas/formats.ts'
import type { Adapter, AdapterContext, AdapterRow } from '../adapter.ts'
import { code, date, keepable } from '../cells.ts'
import { type DossierRegistration, present, registrationFrom, sourceOfDossier } from '../dossier.ts'
import { readCsv } from '../readers/csv.ts'
import { fixedLayout, type SourceRow } from '../readers/rows.ts'
import { COLUMNS, DROPPED, REASON, REASONS, REOPENED_ON } from './columns.ts'
import { sample } from './sample.ts'

/** The files of the CJG Den Haag as BReGJe lists them: CSV with semicolons. See README.md. */
export const bregje: Adapter = { name: 'bregje', mediaTypes: ['text/csv'], result: 'csv-semicolon', read, sample }

const LAYOUT = fixedLayout([...Object.values(COLUMNS), REOPENED_ON, REASON, DROPPED.date, DROPPED.text])

async function* read(...[content, context]: Parameters<Adapter['read']>): AsyncGenerator<AdapterRow> {
  for await (const row of readCsv(content, ';', LAYOUT)) yield mapRow(row, context)
}

const dossierSource = sourceOfDossier(COLUMNS)
const sourceOf = (pointer: string) => (pointer === '/betrokkenheid/afsluitreden' ? REASON : dossierSource(pointer))

function mapRow(row: SourceRow, context: AdapterContext): AdapterRow {
  const found = registrationFrom(row, COLUMNS, context.gemeente)
  date(row, DROPPED.date)
  const reason = code(row, REASON, REASONS)
  const betrokkenheid = involvement(found.betrokkenheid, date(row, REOPENED_ON), reason)
  const { regel, fouten } = row
  return {
    regel,
    bronbericht: found.bronbericht,
    registratie: { ...found, betrokkenheid },
    toestemmingen: [],
    fouten,
    bron: keepable(row.cells, Object.values(DROPPED)),
    cellen: row.cells,
    sourceOf,
  }
}

/** A file that was reopened on or after its closing is open again, from the day on which it first was; else a closed one has its reason. */
function involvement(
  found: DossierRegistration['betrokkenheid'],
  reopenedOn: string | undefined,
  reason: string | undefined,
): Record<string, unknown> {
  const { einddatum, ...open } = found
  const isReopened =
    reopenedOn !== undefined && (einddatum === undefined || !isDate(reopenedOn) || reopenedOn >= String(einddatum))
  if (isReopened) return { ...open, status: 'actief' }
  return present({ ...found, status: found.status ?? 'actief', afsluitreden: einddatum === undefined ? undefined : reason })
}
