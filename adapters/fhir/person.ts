import type { Address, Extended, HumanName, Person } from './resources.ts'

const BSN = 'http://fhir.nl/fhir/NamingSystem/bsn'
const NAME = 'http://hl7.org/fhir/StructureDefinition/humanname-'
const QUALIFIER = 'http://hl7.org/fhir/StructureDefinition/iso21090-EN-qualifier'
const LINE = 'http://hl7.org/fhir/StructureDefinition/iso21090-ADXP-'
const GENDERS: Record<string, string> = { male: 'man', female: 'vrouw' }

/** Names, birth date and gender of a Patient or RelatedPerson, as nl-core has them. */
export function personOf({ name = [], gender, birthDate }: Person): Record<string, unknown> {
  const own = name.find(({ use }) => use === 'official') ?? name[0] ?? {}
  const called = name.find(({ use }) => use === 'usual')?.given?.[0] ?? givenOf(own, 'CL')
  const family = partOf(own._family, `${NAME}own-name`) ?? own.family
  return filled({
    voornamen: givenOf(own, 'BR') ?? givenOf(own, 'IN'),
    roepnaam: called,
    voorvoegsel: partOf(own._family, `${NAME}own-prefix`),
    geslachtsnaam: family,
    partnernaam: partOf(own._family, `${NAME}partner-name`),
    geboortedatum: birthDate,
    geslacht: gender === undefined ? undefined : (GENDERS[gender] ?? 'onbekend'),
  })
}

/** What only the person of the registration has: BSN and address. */
export function identityOf({ identifier = [], address = [] }: Person): Record<string, unknown> {
  const bsn = identifier.find(({ system }) => system === BSN)?.value
  const home = address.find(({ use }) => use === 'home') ?? address[0]
  return filled({ bsn, adres: home && addressOf(home), gemeente: home?._district && codeOf(home._district) })
}

/** Given names of one kind (iso21090); without kinds all of them are given names. */
function givenOf({ given = [], _given = [] }: HumanName, kind: string): string | undefined {
  const kinds = given.map((_, i) => _given[i]?.extension?.find(({ url }) => url === QUALIFIER)?.valueCode)
  const own = given.filter((_, i) => (kinds[i] ?? 'BR') === kind)
  return own.length > 0 ? own.join(' ') : undefined
}

/** nl-core has the parts of a line apart; others only the line. */
function addressOf({ postalCode, line = [], _line = [] }: Address): Record<string, unknown> {
  const parts = _line[0] ?? undefined
  const number = partOf(parts, `${LINE}houseNumber`) ?? / (\d{1,5})\b/.exec(line[0] ?? '')?.[1]
  return filled({
    postcode: postalCode,
    huisnummer: number === undefined ? undefined : Number(number),
    toevoeging: partOf(parts, `${LINE}buildingNumberSuffix`),
  })
}

/** CBS code of a municipality, from whatever extension carries it. */
function codeOf({ extension = [] }: Extended): string | undefined {
  const codes = extension.flatMap(({ valueCodeableConcept }) => valueCodeableConcept?.coding ?? []).map(({ code }) => code)
  return codes.find((code) => /^\d{4}$/.test(code ?? ''))
}

function partOf(part: Extended | null | undefined, url: string): string | undefined {
  return part?.extension?.find((extension) => extension.url === url)?.valueString
}

/** Without what is absent. */
export function filled(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}
