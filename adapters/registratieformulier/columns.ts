export const SHEET = 'Registratie'

export const COLUMNS = {
  number: 'Gesprek',
  day: 'Datum',
  municipality: 'Gemeente',
  problem: 'Probleem',
  referral: 'Verwijzing',
} as const

/** The nine problems of the form. */
export const PROBLEMS = {
  opvoeden: 'opvoeden',
  gedrag: 'gedrag',
  ontwikkeling: 'ontwikkeling',
  school: 'school',
  relatie: 'relatie',
  gezondheid: 'gezondheid',
  geld: 'geld',
  wonen: 'wonen',
  anders: 'anders',
} as const

/** The thirteen referrals of the form. */
export const REFERRALS = {
  geen: 'geen',
  cjg: 'cjg',
  jgz: 'jgz',
  huisarts: 'huisarts',
  'maatschappelijk werk': 'maatschappelijk-werk',
  mee: 'mee',
  jeugdzorg: 'jeugdzorg',
  ggz: 'ggz',
  school: 'school',
  schuldhulp: 'schuldhulp',
  wonen: 'wonen',
  'veilig thuis': 'veilig-thuis',
  anders: 'anders',
} as const
