import type { DossierColumns, PersonColumns } from '../dossier.ts'

export const FILE = 'Aanmeldingen'
export const RECORD = 'Aanmelding'
export const CLIENT = 'Client'
export const PARENT = 'Ouder'

/** Attributes by their element; a cell made of one is named `element/attribute`, those of the record by the attribute alone. */
export const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  [RECORD]: ['nummer', 'versie'],
  [PARENT]: ['gezag'],
  Besluit: ['geaccepteerd'],
  Overeenkomst: ['getekend', 'datum'],
}
export const ACCEPTED = 'Besluit/geaccepteerd'
export const SIGNED = 'Overeenkomst/getekend'
export const SIGNED_ON = 'Overeenkomst/datum'

const PERSON: PersonColumns = {
  bsn: 'BSN',
  voornamen: 'Voornamen',
  voorvoegsel: 'Tussenvoegsel',
  geslachtsnaam: 'Achternaam',
  geboortedatum: 'Geboortedatum',
  geslacht: 'Geslacht',
  postcode: 'Postcode',
  huisnummer: 'Huisnr',
  toevoeging: 'Toev',
}

const INVOLVEMENT = {
  functie: 'Consulent_functie',
  telefoon: 'Telefoon',
  begindatum: 'Start',
  einddatum: 'Einde',
  status: 'Status',
}

export const COLUMNS: DossierColumns = { dossier: 'nummer', volgnummer: 'versie', ...PERSON, ...INVOLVEMENT }

/** Child elements that hold text, by the element they may stand in; the layout leaves open where those of the involvement stand. */
export const LEAVES: Readonly<Record<string, readonly string[]>> = {
  [RECORD]: Object.values(INVOLVEMENT),
  [CLIENT]: [...Object.values(PERSON), ...Object.values(INVOLVEMENT)],
  [PARENT]: Object.values(PERSON),
}

/** The columns of the nth parent, from 1. */
export function parentColumns(n: number): PersonColumns & { gezag: string } {
  const named = Object.entries(PERSON).map(([field, column]) => [field, `${PARENT} ${n}/${column}`])
  return { ...(Object.fromEntries(named) as unknown as PersonColumns), gezag: `${PARENT} ${n}/gezag` }
}
