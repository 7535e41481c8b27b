/** What the municipality's file calls what it tells of one event. */
export const COLUMNS = {
  message: 'Berichtnummer',
  kind: 'Gebeurtenis',
  day: 'Datum',
  bsn: 'BSN',
  born: 'Geboortedatum',
  municipality: 'Gemeente',
} as const

/** The parents, at a birth the mother as the first: she was registered when the child was expected. */
export const PARENTS = ['Ouder1', 'Ouder2'].map((parent) => ({
  bsn: `${parent}_BSN`,
  voornamen: `${parent}_voornamen`,
  voorvoegsel: `${parent}_tussenvoegsel`,
  geslachtsnaam: `${parent}_achternaam`,
  geboortedatum: `${parent}_geboortedatum`,
}))

export const KINDS = { verhuizing: 'verhuizing', overlijden: 'overlijden', geboorte: 'geboorte', ouders: 'ouders' } as const
