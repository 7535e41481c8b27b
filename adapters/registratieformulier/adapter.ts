import { isDate } from '../../schemas/formats.ts'
import type { Adapter, AdapterContext, AdapterRow, Count } from '../adapter.ts'
import { code, date, text } from '../cells.ts'
import { fixedLayout, type SourceRow } from '../readers/rows.ts'
import { readXlsx } from '../readers/xlsx.ts'
import { COLUMNS, PROBLEMS, REFERRALS, SHEET } from './columns.ts'
import { sample } from './sample.ts'

/** The registration form of the CJG Den Haag: a row per conversation, code lists only, no persons. See README.md. */
export const registratieformulier: Adapter = {
  name: 'registratieformulier',
  mediaTypes: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  result: 'xlsx',
  read,
  sample,
}

const LAYOUT = fixedLayout(Object.values(COLUMNS))

async function* read(...[content, context]: Parameters<Adapter['read']>): AsyncGenerator<AdapterRow> {
  for await (const row of readXlsx(content, SHEET, LAYOUT)) yield mapRow(row, context)
}

function mapRow(row: SourceRow, context: AdapterContext): AdapterRow {
  const number = text(row, COLUMNS.number)
  const datum = date(row, COLUMNS.day)
  const gemeente = text(row, COLUMNS.municipality) ?? context.gemeente
  if (number === undefined) row.fouten.push({ pointer: COLUMNS.number, ...NO_NUMBER })
  if (datum === undefined) row.fouten.push({ pointer: COLUMNS.day, ...NO_DAY })
  if (datum !== undefined && isDate(datum) && datum > context.ontvangenOp) row.fouten.push({ pointer: COLUMNS.day, ...LATER })
  if (!/^\d{4}$/.test(gemeente)) row.fouten.push({ pointer: COLUMNS.municipality, ...NO_MUNICIPALITY })
  const codes = { probleem: code(row, COLUMNS.problem, PROBLEMS), verwijzing: code(row, COLUMNS.referral, REFERRALS) }
  const tellingen = Object.entries(codes).flatMap(([lijst, found]): Count[] =>
    found === undefined ? [] : [{ lijst: lijst as Count['lijst'], code: found, datum: datum ?? '', gemeente, aantal: 1 }],
  )
  return { ...(number === undefined ? {} : { bronbericht: number }), ...rest(row), tellingen }
}

function rest({ regel, fouten, bron, cells: cellen }: SourceRow) {
  return { regel, toestemmingen: [], fouten, bron, cellen, sourceOf: (pointer: string) => pointer }
}

const NO_NUMBER = {
  code: 'verplicht',
  melding: 'Het nummer van het gesprek ontbreekt.',
  watNu: 'Nummer de gesprekken: zo telt een gesprek dat nog eens komt niet dubbel.',
}
const NO_DAY = { code: 'verplicht', melding: 'De datum van het gesprek ontbreekt.', watNu: 'Vul de datum in.' }
const LATER = { code: 'in-de-toekomst', melding: 'De datum ligt in de toekomst.', watNu: 'Controleer de datum.' }
const NO_MUNICIPALITY = {
  code: 'vorm',
  melding: 'Dit is geen gemeentecode.',
  watNu: 'Geef de CBS-code van vier cijfers, of laat de cel leeg voor uw eigen gemeente.',
}
