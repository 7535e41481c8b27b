import type { DossierColumns } from '../dossier.ts'

/** What Stratech calls the columns of a registration. */
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

export const MUNICIPALITY = 'Gemeente'
export const SIGNED_UP_ON = 'Aanmelddatum'
export const SIGNATURE = 'Handtekening_derden'

/** Looked at, then left behind: the registration has no place for them. */
export const DROPPED = ['Urgentie', 'Wachtlijst']
