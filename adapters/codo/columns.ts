import type { DossierColumns } from '../dossier.ts'

/** What the CODO form calls the columns of a registration. */
export const COLUMNS: DossierColumns = {
  dossier: 'Dossiernr',
  volgnummer: 'Volgnr',
  bsn: 'BSN',
  voornamen: 'Voornamen',
  voorvoegsel: 'Tussenvoegsel',
  geslachtsnaam: 'Achternaam',
  geboortedatum: 'Geboortedatum',
  geslacht: 'Geslacht',
  postcode: 'Postcode',
  huisnummer: 'Huisnr',
  toevoeging: 'Toev',
  functie: 'Consulent_functie',
  telefoon: 'Telefoon',
  begindatum: 'Start',
  einddatum: 'Einde',
  status: 'Status',
}

export const SHEET = 'Aanmelding'
export const FRAMEWORK = 'Kader'

/** Looked at, then left behind: the registration has no place for them. */
export const DROPPED = { texts: ['Verwijsroute', 'Hulpvorm'], dates: ['WachtlijstVanaf', 'Evaluatiedatum'] }
