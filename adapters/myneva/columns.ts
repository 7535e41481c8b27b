import type { DossierColumns } from '../dossier.ts'

/** What the caseload export of Myneva calls the columns of a registration. */
export const COLUMNS: DossierColumns = {
  dossier: 'Clientnummer',
  volgnummer: 'Mutatie',
  bsn: 'BSN',
  voornamen: 'Voornamen',
  voorvoegsel: 'Voorvoegsel',
  geslachtsnaam: 'Achternaam',
  geboortedatum: 'Geboortedatum',
  geslacht: 'Geslacht',
  postcode: 'Postcode',
  huisnummer: 'Huisnummer',
  toevoeging: 'Toevoeging',
  functie: 'Functie',
  telefoon: 'Telefoon',
  begindatum: 'Begin',
  einddatum: 'Einde',
  status: 'Status',
}

export const FAMILY = 'Gezinsnummer'
export const CUSTODY = 'Gezag_ouder'
export const INFORMED = { jeugdige: 'Geinformeerd_jeugdige', ouder1: 'Geinformeerd_ouder' } as const
export const ANSWERS = { jeugdige: 'Toestemming_jeugdige', ouder1: 'Toestemming_ouder' } as const
/** The signed family plan: what was said on sharing was then said in writing. */
export const PLAN_SIGNED = 'Gezinsplan_getekend'

/** Looked at, then left behind: how heavy a case is says something of the family. */
export const DROPPED = { yesNo: 'Complex', number: 'Uren_per_maand' }
