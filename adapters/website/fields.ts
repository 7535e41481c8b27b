/** What the sign-up form of the website calls its fields; a field inside another is named with a point. */
export const FIELDS = {
  nummer: 'nummer',
  ingediend: 'ingediendOp',
  voornamen: 'kind.voornamen',
  voorvoegsel: 'kind.tussenvoegsel',
  geslachtsnaam: 'kind.achternaam',
  geboortedatum: 'kind.geboortedatum',
  geslacht: 'kind.geslacht',
  postcode: 'kind.postcode',
  huisnummer: 'kind.huisnummer',
  toevoeging: 'kind.toevoeging',
  gemeente: 'kind.gemeente',
  ouderVoornamen: 'ouder.voornamen',
  ouderVoorvoegsel: 'ouder.tussenvoegsel',
  ouderGeslachtsnaam: 'ouder.achternaam',
  ouderGezag: 'ouder.gezag',
  akkoordOuder: 'akkoord.ouder',
  akkoordJeugdige: 'akkoord.jeugdige',
} as const

/** Looked at, then left behind: what is the matter, and who filled in the form. */
export const DROPPED = ['aanmelder', 'toelichting', 'ouder.telefoon', 'ouder.eMail'] as const
