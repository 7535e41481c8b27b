import type { DossierColumns } from '../dossier.ts'

/** What the file list of BReGJe calls the columns of a registration. */
export const COLUMNS: DossierColumns = {
  dossier: 'Dossiernummer',
  volgnummer: 'Mutatienummer',
  bsn: 'BSN',
  voornamen: 'Voornamen',
  voorvoegsel: 'Voorvoegsel',
  geslachtsnaam: 'Geslachtsnaam',
  geboortedatum: 'Geboortedatum',
  geslacht: 'Geslacht',
  postcode: 'Postcode',
  huisnummer: 'Huisnummer',
  toevoeging: 'Huisnummertoevoeging',
  functie: 'Behandelaar_functie',
  telefoon: 'Behandelaar_telefoon',
  begindatum: 'Datum_opening',
  einddatum: 'Datum_sluiting',
  status: 'Status',
}

export const REOPENED_ON = 'Datum_heropening'
export const REASON = 'Sluitreden'

/** Why a file was closed, by BReGJe's words. */
export const REASONS = {
  'geen vraag meer': 'doelen-bereikt',
  'doelen bereikt': 'doelen-bereikt',
  'geen contact': 'uitval',
  uitval: 'uitval',
  overgedragen: 'overgedragen',
  'ten onrechte': 'onterecht',
  overleden: 'overleden',
  overig: 'overig',
} as const

/** Looked at, then left behind: the terms for closing and reopening are the region's policy. */
export const DROPPED = { date: 'Laatste_vraag', text: 'Wijk' }
