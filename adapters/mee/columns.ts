import type { DossierColumns } from '../dossier.ts'

/** What MEE calls the columns of a registration. */
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

/** The signed service agreement: what was said on sharing was then said in writing. */
export const AGREEMENT = 'Overeenkomst_getekend'

export const YOUTH_ANSWER = 'Toestemming_jeugdige'

/** The parents a dossier can name, under the name that the registration gives them. */
export const GUARDIANS = [
  { kenmerk: 'ouder1', answer: 'Toestemming_ouder1', custody: 'Gezag_ouder1' },
  { kenmerk: 'ouder2', answer: 'Toestemming_ouder2', custody: 'Gezag_ouder2' },
] as const
