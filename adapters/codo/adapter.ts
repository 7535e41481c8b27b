import type { Adapter, AdapterContext, AdapterRow } from '../adapter.ts'
import { code, keepable, partialDate } from '../cells.ts'
import { present, registrationFrom, sourceOfDossier } from '../dossier.ts'
import { fixedLayout, type SourceRow } from '../readers/rows.ts'
import { readXlsx } from '../readers/xlsx.ts'
import { COLUMNS, DROPPED, FRAMEWORK, SHEET } from './columns.ts'
import { sample } from './sample.ts'

/** The CODO form of Rubicon Jeugdzorg: a workbook with a row per registration. See README.md. */
export const codo: Adapter = {
  name: 'codo',
  mediaTypes: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  result: 'xlsx',
  read,
  sample,
}

const LAYOUT = fixedLayout([...Object.values(COLUMNS), FRAMEWORK, ...DROPPED.texts, ...DROPPED.dates])

async function* read(...[content, context]: Parameters<Adapter['read']>): AsyncGenerator<AdapterRow> {
  for await (const row of readXlsx(content, SHEET, LAYOUT)) yield mapRow(row, context)
}

const dossierSource = sourceOfDossier(COLUMNS)
const sourceOf = (pointer: string) => (pointer === '/betrokkenheid/kader' ? FRAMEWORK : dossierSource(pointer))

function mapRow(row: SourceRow, context: AdapterContext): AdapterRow {
  const registratie = registrationFrom(row, COLUMNS, context.gemeente)
  const betrokkenheid = present({ ...registratie.betrokkenheid, kader: code(row, FRAMEWORK, FRAMEWORKS) })
  for (const column of DROPPED.dates) partialDate(row, column)
  return {
    regel: row.regel,
    bronbericht: registratie.bronbericht,
    registratie: { ...registratie, betrokkenheid },
    toestemmingen: [],
    fouten: row.fouten,
    bron: keepable(row.cells, [...DROPPED.texts, ...DROPPED.dates]),
    cellen: row.cells,
    sourceOf,
  }
}

/** The form knows voluntary help, supervision (OTS) and probation; the last two are compulsion. */
const FRAMEWORKS = {
  vrijwillig: 'vrijwillig',
  drang: 'drang',
  gedwongen: 'gedwongen',
  dwang: 'gedwongen',
  ots: 'gedwongen',
  voogdij: 'gedwongen',
  reclassering: 'gedwongen',
  jeugdreclassering: 'gedwongen',
} as const
