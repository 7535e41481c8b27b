/** Messages of iJw 3.2 that tell of the start (JW305) and the stop (JW307) of help. */
export const NAMESPACE = /^http:\/\/www\.istandaarden\.nl\/ijw\/3_2\/jw30[57]\/schema$/

/** Each product that starts or stops is a row. */
export const PRODUCTS = { start: 'StartProduct', stop: 'StopProduct' } as const

/** From a client down. */
export const CLIENT_PATHS = {
  bsn: 'Bsn',
  geboortedatum: 'Geboortedatum/Datum',
  datumGebruik: 'Geboortedatum/DatumGebruik',
  geslacht: 'Geslacht',
  geslachtsnaam: 'Naam/Geslachtsnaam/Naam',
  voorvoegsel: 'Naam/Geslachtsnaam/Voorvoegsel',
  voornamen: 'Naam/Voornamen',
} as const

/** From a product down. */
export const PRODUCT_PATHS = {
  nummer: 'ToewijzingNummer',
  begin: 'Begindatum',
  einde: 'Einddatum',
  status: 'StatusAanlevering',
} as const

/** From the message down. */
export const MESSAGE_ID = 'Header/BerichtIdentificatie/Identificatie'

/** COD046. */
export const SEXES = { 0: 'onbekend', 1: 'man', 2: 'vrouw', 9: 'onbekend' } as const

/** COD170: how many parts of a birth date are known. */
export const KNOWN_CHARS: Record<string, number> = { 1: 7, 2: 4, 3: 0 }

/** COD467: a delivery that takes an earlier one back. */
export const TAKEN_BACK = '3'
