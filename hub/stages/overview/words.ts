import type { Registratie } from '../../../schemas/types.ts'

/** Why something could be seen, as one would say it to the person whom it is about. */
const GROUNDS: Readonly<Record<string, string>> = {
  doorbreking:
    'Zonder toestemming gedeeld, omdat uw veiligheid of die van uw kind dat vroeg. Een ander heeft dit achteraf getoetst of doet dat nog.',
  'gedwongen-gi': 'De ontvanger voert een maatregel van de rechter uit.',
  'signaal-zonder-toestemming': 'De wet laat de verwijsindex weten wie er betrokken is, zonder toestemming.',
}

const OWN = 'Deze organisatie heeft u zelf geregistreerd.'
const OFFICE = 'Voor toezicht op de verwijsindex, door de privacyfunctionaris of het beheer.'
const SYSTEM = 'De verwijsindex zelf verwerkte dit; niemand las mee.'
const CONSENT = 'Wie daarover gaat, heeft toestemming gegeven om dit te delen.'

/** The ground of one line of the log in plain Dutch. */
export function groundInWords(line: { client: string; rol: string | null; regel: string | null; own: boolean }): string {
  if (line.regel) return GROUNDS[line.regel] ?? CONSENT
  if (line.own) return OWN
  return line.client === 'hub' ? SYSTEM : OFFICE
}

const ACTIONS: Readonly<Record<string, string>> = {
  lezen: 'bekeken',
  zoeken: 'gezocht',
  exporteren: 'toegestuurd gekregen',
  aanmaken: 'vastgelegd',
  wijzigen: 'gewijzigd',
  verwijderen: 'vernietigd',
  doorbreken: 'gedeeld zonder toestemming',
  beheren: 'beheerd',
}

export function actionInWords(action: string): string {
  return ACTIONS[action] ?? action
}

const FIELDS: readonly [name: string, has: (registration: Registratie) => unknown][] = [
  ['burgerservicenummer', ({ persoon }) => persoon.bsn],
  ['naam', ({ persoon }) => persoon.geslachtsnaam || persoon.voornamen || persoon.roepnaam],
  ['geboortedatum', ({ persoon }) => persoon.geboortedatum || persoon.verwachteGeboortedatum],
  ['geslacht', ({ persoon }) => persoon.geslacht],
  ['adres', ({ persoon }) => persoon.adres?.postcode],
  ['gemeente', ({ persoon }) => persoon.gemeente],
  ['bij welk gezin u hoort', ({ gezin }) => gezin?.kenmerk],
  ['wie gezag heeft', ({ gezagsdragers }) => gezagsdragers?.length],
  ['sinds wanneer en hoe de organisatie betrokken is', ({ betrokkenheid }) => betrokkenheid.status],
  ['bij wie andere organisaties terecht kunnen', ({ contact }) => contact.functie],
  ['dat coördinatie nodig is', ({ coordinatieNodig }) => coordinatieNodig],
  ['wie over de registratie is geïnformeerd', ({ geinformeerd }) => geinformeerd?.length],
]

/** What is kept about the person, by name: the values themselves could be another's, such as a parent's address. */
export function keptInWords(registration: Registratie): string[] {
  return FIELDS.flatMap(([name, has]) => (has(registration) ? [name] : []))
}

/** The same of what the register of persons told beside the registration. */
export function toldInWords(isHoused: boolean, ouders: readonly unknown[] | undefined): string[] {
  return [
    ...(isHoused ? ['in welke gemeente u woont volgens de BRP'] : []),
    ...(ouders?.length ? ['wie uw ouders zijn volgens de BRP'] : []),
  ]
}
