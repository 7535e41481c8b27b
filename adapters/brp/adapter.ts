import { isBsn } from '../../schemas/bsn.ts'
import { isDate } from '../../schemas/formats.ts'
import type { Adapter, AdapterContext, AdapterRow, LifeEvent, ParentOfEvent } from '../adapter.ts'
import { bsn, code, date, partialDate, type Row, text } from '../cells.ts'
import { readCsv } from '../readers/csv.ts'
import { fixedLayout, type SourceRow } from '../readers/rows.ts'
import { COLUMNS, KINDS, PARENTS } from './columns.ts'
import { sample } from './sample.ts'

/** Life events from a municipality's register of persons: CSV with semicolons, a row per event. It registers nobody. See README.md. */
export const brp: Adapter = { name: 'brp', mediaTypes: ['text/csv'], result: 'csv-semicolon', read, sample }

const LAYOUT = fixedLayout([...Object.values(COLUMNS), ...PARENTS.flatMap((names) => Object.values(names))])

async function* read(...[content, context]: Parameters<Adapter['read']>): AsyncGenerator<AdapterRow> {
  for await (const row of readCsv(content, ';', LAYOUT)) yield mapRow(row, context)
}

function mapRow(row: SourceRow, context: AdapterContext): AdapterRow {
  const { regel, fouten, cells } = row
  const number = text(row, COLUMNS.message)
  const gebeurtenis = eventFrom(row, context)
  if (number === undefined) fouten.push({ pointer: COLUMNS.message, ...NO_NUMBER })
  if (number !== undefined && !/^[^\p{Cc}\p{Cs}]{1,200}$/u.test(number)) fouten.push({ pointer: COLUMNS.message, ...NO_TEXT })
  return {
    regel,
    ...(number === undefined ? {} : { bronbericht: number }),
    gebeurtenis,
    toestemmingen: [],
    fouten,
    // Whom a refused row is about may be nobody whom the index knows, so that is not kept.
    bron: JSON.stringify({ [COLUMNS.message]: number ?? '', [COLUMNS.kind]: gebeurtenis.soort }),
    cellen: cells,
    sourceOf: (pointer) => (pointer === '/bsn' ? COLUMNS.bsn : pointer),
  }
}

function eventFrom(row: Row, { ontvangenOp }: AdapterContext): LifeEvent {
  const soort = code(row, COLUMNS.kind, KINDS)
  const datum = date(row, COLUMNS.day)
  const isBirth = soort === 'geboorte'
  const born = partialDate(row, COLUMNS.born)
  const gemeente = text(row, COLUMNS.municipality)
  const needed = [
    [COLUMNS.day, datum],
    [COLUMNS.bsn, text(row, COLUMNS.bsn)],
    [COLUMNS.kind, soort],
    // A birth date that is unknown as a whole cannot tell the person from another with the same number.
    ...(isBirth ? [] : [[COLUMNS.born, born] as const]),
    ...(soort === 'verhuizing' ? [[COLUMNS.municipality, gemeente] as const] : []),
  ] as const
  for (const [column, value] of needed) if (value === undefined) row.fouten.push({ pointer: column, ...MISSING })
  for (const [column, day] of [
    [COLUMNS.day, datum],
    [COLUMNS.born, born],
  ] as const)
    if (day !== undefined && isDate(day) && day > ontvangenOp) row.fouten.push({ pointer: column, ...LATER })
  if (gemeente !== undefined && !/^\d{4}$/.test(gemeente)) row.fouten.push({ pointer: COLUMNS.municipality, ...NO_MUNICIPALITY })
  if (isBirth && born !== undefined && born !== datum) row.fouten.push({ pointer: COLUMNS.born, ...NOT_THAT_DAY })
  return {
    soort: soort as LifeEvent['soort'],
    datum: datum ?? '',
    bsn: numberFrom(row, COLUMNS.bsn) ?? '',
    geboortedatum: (isBirth ? datum : born) ?? '',
    ...(soort === 'verhuizing' && gemeente !== undefined ? { gemeente } : {}),
    ouders: parentsFrom(row, soort),
  }
}

function numberFrom(row: Row, column: string): string | undefined {
  const number = bsn(row, column)
  if (number !== undefined && !isBsn(number)) row.fouten.push({ pointer: column, ...NO_BSN })
  return number
}

/** Of a move and a death the parents say nothing: they are looked at and left behind. */
function parentsFrom(row: Row, soort: string | undefined): ParentOfEvent[] {
  const found = PARENTS.flatMap((names) => {
    if (!Object.values(names).some((column) => text(row, column) !== undefined)) return []
    for (const column of [names.voornamen, names.geslachtsnaam, names.geboortedatum])
      if (text(row, column) === undefined) row.fouten.push({ pointer: column, ...MISSING })
    const number = numberFrom(row, names.bsn)
    const prefix = text(row, names.voorvoegsel)
    return {
      ...(number === undefined ? {} : { bsn: number }),
      voornamen: text(row, names.voornamen) ?? '',
      ...(prefix === undefined ? {} : { voorvoegsel: prefix }),
      geslachtsnaam: text(row, names.geslachtsnaam) ?? '',
      geboortedatum: date(row, names.geboortedatum) ?? '',
    }
  })
  const [first] = PARENTS
  const wants = soort === 'geboorte' || soort === 'ouders'
  if (wants && found.length === 0 && first) row.fouten.push({ pointer: first.geslachtsnaam, ...NO_PARENT })
  return wants ? found : []
}

const MISSING = { code: 'verplicht', melding: 'Deze cel is leeg.', watNu: 'Vul haar in: deze gebeurtenis heeft haar nodig.' }
const NO_NUMBER = {
  code: 'verplicht',
  melding: 'Het berichtnummer ontbreekt.',
  watNu: 'Nummer de gebeurtenissen: zo werkt een bericht dat nog eens komt niet dubbel.',
}
const NO_TEXT = { code: 'vorm', melding: 'Dit is geen nummer.', watNu: 'Gebruik ten hoogste 200 letters, cijfers en leestekens.' }
const NO_BSN = { code: 'elfproef', melding: 'Dit is geen BSN.', watNu: 'Controleer het nummer.' }
const LATER = { code: 'in-de-toekomst', melding: 'De datum ligt in de toekomst.', watNu: 'Stuur de gebeurtenis als zij er is.' }
const NOT_THAT_DAY = {
  code: 'tegenspraak',
  melding: 'De geboortedatum is een andere dan de datum van de geboorte.',
  watNu: 'Laat de cel leeg, of geef dezelfde datum.',
}
const NO_PARENT = {
  code: 'verplicht',
  melding: 'Er staat geen ouder bij.',
  watNu: 'Geef van minstens een ouder de namen en de geboortedatum; bij een geboorte de moeder als Ouder1.',
}
const NO_MUNICIPALITY = { code: 'vorm', melding: 'Dit is geen gemeentecode.', watNu: 'Geef de CBS-code van vier cijfers.' }
