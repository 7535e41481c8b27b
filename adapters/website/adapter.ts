import type { Adapter, AdapterContext, AdapterRow, ConsentFromSource } from '../adapter.ts'
import { code, date, integer, keepable, partialDate, type Row, text, YES_NO, yesNo } from '../cells.ts'
import { present } from '../dossier.ts'
import { type JsonRecord, readJson } from '../readers/json.ts'
import { fixedLayout } from '../readers/rows.ts'
import { DROPPED, FIELDS } from './fields.ts'
import { flatten } from './flatten.ts'
import { sample } from './sample.ts'

/** Sign-ups through the website of the gezinscoach: JSON, a list or a line each. See README.md. */
export const website: Adapter = {
  name: 'website',
  mediaTypes: ['application/json', 'application/x-ndjson'],
  result: 'ndjson',
  read,
  sample,
}

const LAYOUT = fixedLayout([...Object.values(FIELDS), ...DROPPED])

async function* read(...[content, context]: Parameters<Adapter['read']>): AsyncGenerator<AdapterRow> {
  for await (const record of readJson(content)) yield mapRecord(record, context)
}

function mapRecord({ regel, value, fouten, bron }: JsonRecord, context: AdapterContext): AdapterRow {
  if (value === undefined) return { regel, toestemmingen: [], fouten, bron, sourceOf }
  const row = flatten(value, LAYOUT, fouten)
  const number = text(row, FIELDS.nummer)
  row.cells[FIELDS.ingediend] = withoutTime(row.cells[FIELDS.ingediend] ?? '')
  return {
    regel,
    ...(number === undefined ? {} : { bronbericht: number }),
    registratie: registrationFrom(row, number, context),
    toestemmingen: consentsFrom(row),
    fouten: row.fouten,
    bron: keepable(row.cells, DROPPED),
    cellen: row.cells,
    sourceOf,
  }
}

/** A form is sent at a moment; its day is what counts. */
function withoutTime(moment: string): string {
  return moment.replace(/^(\d{4}-\d\d-\d\d)T.*$/, '$1')
}

/** A sign-up is an involvement that has not begun: `aangemeld`, from the day on which the form was sent. */
function registrationFrom(row: Row, number: string | undefined, context: AdapterContext): unknown {
  const adres = present({
    postcode: text(row, FIELDS.postcode)?.replace(/\s/g, '').toUpperCase(),
    huisnummer: integer(row, FIELDS.huisnummer),
    toevoeging: text(row, FIELDS.toevoeging),
  })
  return present({
    bronbericht: number,
    kenmerk: number,
    versie: 1,
    persoon: present({
      voornamen: text(row, FIELDS.voornamen),
      voorvoegsel: text(row, FIELDS.voorvoegsel),
      geslachtsnaam: text(row, FIELDS.geslachtsnaam),
      geboortedatum: partialDate(row, FIELDS.geboortedatum),
      geslacht: code(row, FIELDS.geslacht, { m: 'man', v: 'vrouw', o: 'onbekend', jongen: 'man', meisje: 'vrouw' }),
      adres: Object.keys(adres).length > 0 ? adres : undefined,
      gemeente: text(row, FIELDS.gemeente) ?? context.gemeente,
      rolInGezin: 'jeugdige',
    }),
    gezagsdragers: guardiansFrom(row),
    betrokkenheid: { status: 'aangemeld', begindatum: date(row, FIELDS.ingediend) ?? context.ontvangenOp },
    contact: { functie: 'gezinscoach' },
  })
}

function guardiansFrom(row: Row) {
  const names = present({
    voornamen: text(row, FIELDS.ouderVoornamen),
    voorvoegsel: text(row, FIELDS.ouderVoorvoegsel),
    geslachtsnaam: text(row, FIELDS.ouderGeslachtsnaam),
  })
  const gezag = code(row, FIELDS.ouderGezag, { ...YES_NO, onbekend: 'onbekend' })
  const isThere = Object.keys(names).length > 0 || gezag !== undefined || text(row, FIELDS.akkoordOuder) !== undefined
  return isThere ? [{ kenmerk: 'ouder1', relatie: 'ouder', gezag: gezag ?? 'onbekend', ...names }] : []
}

/** A tick in a form is a yes in writing; no tick is no answer, since nobody was asked. */
function consentsFrom(row: Row): ConsentFromSource[] {
  const yes = { over: 'jeugdige', antwoord: 'ja', vorm: 'schriftelijk', bereik: {} } as const
  const ticks = [
    ['ouder1', FIELDS.akkoordOuder],
    ['jeugdige', FIELDS.akkoordJeugdige],
  ] as const
  return ticks.flatMap(([gever, field]) => (yesNo(row, field) ? [{ ...yes, gever }] : []))
}

const SOURCES: Record<string, string> = {
  '/bronbericht': FIELDS.nummer,
  '/kenmerk': FIELDS.nummer,
  '/persoon': FIELDS.geslachtsnaam,
  '/persoon/voornamen': FIELDS.voornamen,
  '/persoon/voorvoegsel': FIELDS.voorvoegsel,
  '/persoon/geslachtsnaam': FIELDS.geslachtsnaam,
  '/persoon/geboortedatum': FIELDS.geboortedatum,
  '/persoon/geslacht': FIELDS.geslacht,
  '/gezagsdragers/0/gezag': FIELDS.ouderGezag,
  '/persoon/gemeente': FIELDS.gemeente,
  '/persoon/adres/postcode': FIELDS.postcode,
  '/persoon/adres/huisnummer': FIELDS.huisnummer,
  '/persoon/adres/toevoeging': FIELDS.toevoeging,
  '/gezagsdragers/0/voornamen': FIELDS.ouderVoornamen,
  '/gezagsdragers/0/voorvoegsel': FIELDS.ouderVoorvoegsel,
  '/gezagsdragers/0/geslachtsnaam': FIELDS.ouderGeslachtsnaam,
  '/betrokkenheid/begindatum': FIELDS.ingediend,
}

function sourceOf(pointer: string): string {
  return SOURCES[pointer] ?? pointer
}
