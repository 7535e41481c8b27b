import { isDate } from '../../schemas/formats.ts'
import type { Adapter, AdapterContext, AdapterRow, ConsentFromSource } from '../adapter.ts'
import { code, date, integer, keepable, type Row, text, YES_NO, yesNo } from '../cells.ts'
import { present, registrationFrom, sourceOfDossier } from '../dossier.ts'
import { readCsv } from '../readers/csv.ts'
import { fixedLayout, type SourceRow } from '../readers/rows.ts'
import { ANSWERS, COLUMNS, CUSTODY, DROPPED, FAMILY, INFORMED, PLAN_SIGNED } from './columns.ts'
import { sample } from './sample.ts'

/** The caseload of the gezinscoaches as Myneva exports it: CSV with semicolons. See README.md. */
export const myneva: Adapter = { name: 'myneva', mediaTypes: ['text/csv'], result: 'csv-semicolon', read, sample }

const LAYOUT = fixedLayout([
  ...Object.values(COLUMNS),
  ...Object.values(INFORMED),
  ...Object.values(ANSWERS),
  FAMILY,
  CUSTODY,
  PLAN_SIGNED,
  DROPPED.yesNo,
  DROPPED.number,
])

async function* read(...[content, context]: Parameters<Adapter['read']>): AsyncGenerator<AdapterRow> {
  for await (const row of readCsv(content, ';', LAYOUT)) yield mapRow(row, context)
}

const dossierSource = sourceOfDossier(COLUMNS)

function sourceOf(pointer: string): string {
  if (pointer.startsWith('/gezin/')) return FAMILY
  return pointer === '/gezagsdragers/0/gezag' ? CUSTODY : dossierSource(pointer)
}

function mapRow(row: SourceRow, context: AdapterContext): AdapterRow {
  const found = registrationFrom(row, COLUMNS, context.gemeente)
  const gezin = text(row, FAMILY)
  yesNo(row, DROPPED.yesNo)
  integer(row, DROPPED.number)
  const registratie = present({
    ...found,
    gezin: gezin === undefined ? undefined : { kenmerk: gezin },
    gezagsdragers: guardiansFrom(row),
    betrokkenheid: { pet: 'gezinscoach', rol: 'gezinscoach', ...found.betrokkenheid },
    contact: { functie: 'gezinscoach', ...found.contact },
    geinformeerd: informedFrom(row),
  })
  const { regel, fouten } = row
  return {
    regel,
    bronbericht: found.bronbericht,
    registratie,
    toestemmingen: consentsFrom(row),
    fouten,
    bron: keepable(row.cells, Object.values(DROPPED)),
    cellen: row.cells,
    sourceOf,
  }
}

/** A parent is there when any of its cells is filled; custody that is not told is `onbekend`. */
function guardiansFrom(row: Row) {
  const gezag = code(row, CUSTODY, { ...YES_NO, onbekend: 'onbekend' })
  const isThere = [CUSTODY, ANSWERS.ouder1, INFORMED.ouder1].some((column) => text(row, column) !== undefined)
  return isThere ? [{ kenmerk: 'ouder1', relatie: 'ouder', gezag: gezag ?? 'onbekend' }] : []
}

function consentsFrom(row: Row): ConsentFromSource[] {
  const vorm = yesNo(row, PLAN_SIGNED) ? 'schriftelijk' : 'mondeling'
  return Object.entries(ANSWERS).flatMap(([gever, column]) => {
    const antwoord = code(row, column, YES_NO)
    return antwoord === 'ja' || antwoord === 'nee' ? [{ over: 'jeugdige', gever, antwoord, vorm, bereik: {} }] : []
  })
}

function informedFrom(row: Row) {
  return Object.entries(INFORMED).flatMap(([wie, column]) => {
    const op = date(row, column)
    return op === undefined || !isDate(op) ? [] : [{ wie, op }]
  })
}
