import type { Betrokkenheidstatus } from '../schemas/types.ts'
import { yearsOn } from './ages.ts'
import { bsn, code, date, integer, partialDate, type Row, text } from './cells.ts'

/** How a source calls the columns that tell who a person is. */
export interface PersonColumns {
  bsn: string
  voornamen: string
  voorvoegsel: string
  geslachtsnaam: string
  geboortedatum: string
  geslacht: string
  postcode: string
  huisnummer: string
  toevoeging: string
}

/** How a source calls the columns of one registration: a file (`dossier`) with a sequence number that rises with every change. */
export interface DossierColumns extends PersonColumns {
  dossier: string
  volgnummer: string
  functie: string
  telefoon: string
  begindatum: string
  einddatum: string
  status: string
}

/** The registration as far as such columns tell it; still to be checked by the schema. */
export interface DossierRegistration {
  bronbericht: string | undefined
  kenmerk: string | undefined
  versie: number | string | undefined
  persoon: Record<string, unknown> & { geboortedatum?: string }
  gezagsdragers?: Record<string, unknown>[]
  betrokkenheid: Record<string, unknown> & { begindatum?: string }
  contact: Record<string, unknown>
}

/**
 * The registration of one row. `bronbericht` is dossier and number with a hyphen between them; who was 23 or older at the start
 * is no young person but `anders`; an end date closes the involvement, whatever the status says.
 */
export function registrationFrom(row: Row, columns: DossierColumns, gemeente: string | undefined): DossierRegistration {
  const kenmerk = text(row, columns.dossier)
  const number = text(row, columns.volgnummer)
  const betrokkenheid = involvementFrom(row, columns)
  const persoon = personFrom(row, columns)
  const adult = isAdult(persoon.geboortedatum, betrokkenheid.begindatum)
  return {
    bronbericht: kenmerk && number ? `${kenmerk}-${number}` : kenmerk,
    kenmerk,
    versie: integer(row, columns.volgnummer),
    persoon: { ...persoon, ...present({ gemeente, rolInGezin: adult ? 'anders' : 'jeugdige' }) },
    betrokkenheid,
    contact: present({ functie: text(row, columns.functie), telefoon: text(row, columns.telefoon) }),
  }
}

/** Who it is about; `adres` only when a part of it is known. */
export function personFrom(row: Row, columns: PersonColumns): DossierRegistration['persoon'] {
  const adres = present({
    postcode: text(row, columns.postcode)?.replace(/\s/g, '').toUpperCase(),
    huisnummer: integer(row, columns.huisnummer),
    toevoeging: text(row, columns.toevoeging),
  })
  return present({
    bsn: bsn(row, columns.bsn),
    ...namesFrom(row, columns),
    geboortedatum: partialDate(row, columns.geboortedatum),
    geslacht: code(row, columns.geslacht, SEXES),
    adres: Object.keys(adres).length > 0 ? adres : undefined,
  })
}

function namesFrom(row: Row, columns: PersonColumns) {
  return {
    voornamen: text(row, columns.voornamen),
    voorvoegsel: text(row, columns.voorvoegsel),
    geslachtsnaam: text(row, columns.geslachtsnaam),
  }
}

function involvementFrom(row: Row, columns: DossierColumns): DossierRegistration['betrokkenheid'] {
  const status = code(row, columns.status, STATUSES)
  const einddatum = date(row, columns.einddatum)
  const begindatum = date(row, columns.begindatum)
  return present({ status: einddatum === undefined ? status : 'afgesloten', begindatum, einddatum })
}

/** The object without its absent members. */
export function present<T extends Record<string, unknown>>(members: T): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T
}

/** The source's column behind a part of a registration made by `registrationFrom`; the pointer itself when there is none. */
export function sourceOfDossier(columns: DossierColumns): (pointer: string) => string {
  const sources = new Map(Object.entries(POINTERS).map(([pointer, column]) => [pointer, columns[column]]))
  return (pointer) => sources.get(pointer) ?? pointer
}

const POINTERS: Record<string, keyof DossierColumns> = {
  '/bronbericht': 'dossier',
  '/kenmerk': 'dossier',
  '/versie': 'volgnummer',
  '/persoon': 'bsn',
  '/persoon/bsn': 'bsn',
  '/persoon/voornamen': 'voornamen',
  '/persoon/voorvoegsel': 'voorvoegsel',
  '/persoon/geslachtsnaam': 'geslachtsnaam',
  '/persoon/geboortedatum': 'geboortedatum',
  '/persoon/geslacht': 'geslacht',
  '/persoon/adres/postcode': 'postcode',
  '/persoon/adres/huisnummer': 'huisnummer',
  '/persoon/adres/toevoeging': 'toevoeging',
  '/betrokkenheid/status': 'status',
  '/betrokkenheid/begindatum': 'begindatum',
  '/betrokkenheid/einddatum': 'einddatum',
  '/contact/functie': 'functie',
  '/contact/telefoon': 'telefoon',
}

const SEXES = { m: 'man', v: 'vrouw', o: 'onbekend' } as const

const STATUSES: { [status in Betrokkenheidstatus]: status } = {
  aangemeld: 'aangemeld',
  wachtlijst: 'wachtlijst',
  intake: 'intake',
  overbrugging: 'overbrugging',
  actief: 'actief',
  waakvlam: 'waakvlam',
  nazorg: 'nazorg',
  afgesloten: 'afgesloten',
}

const adult_years = 23

function isAdult(born: string | undefined, day: string | undefined): boolean {
  return (yearsOn(born, day) ?? 0) >= adult_years
}
