import { isDate } from '../../schemas/formats.ts'
import type { Adapter, AdapterContext, AdapterRow } from '../adapter.ts'
import { date, keepable, type Row, XML_YES_NO, yesNo } from '../cells.ts'
import { type DossierRegistration, present, registrationFrom, sourceOfDossier } from '../dossier.ts'
import { readXml, type XmlRecord } from '../readers/xml.ts'
import { ACCEPTED, COLUMNS, FILE, parentColumns, RECORD, SIGNED_ON } from './columns.ts'
import { consentsFrom } from './consents.ts'
import { flatten } from './flatten.ts'
import { type Guardian, guardiansFrom } from './guardians.ts'
import { sample } from './sample.ts'

/** The registrations of IJ, the client system of Bureau Jeugdzorg: XML. See README.md for what is assumed. */
export const ij: Adapter = { name: 'ij', mediaTypes: ['application/xml', 'text/xml'], result: 'xml', read, sample }

async function* read(...[content, context]: Parameters<Adapter['read']>): AsyncGenerator<AdapterRow> {
  for await (const record of readXml(content, FILE, RECORD)) yield mapRecord(record, context)
}

const sourceOf = sourceOfDossier(COLUMNS)

/** A guardian's place in the registration is not that of the element: empty ones are left out. */
function sourceIn(guardians: Guardian[]): (pointer: string) => string {
  return (pointer) => {
    const [, at, field] = /^\/gezagsdragers\/(\d+)\/(\w+)$/.exec(pointer) ?? []
    const columns = at === undefined ? undefined : parentColumns(Number(guardians[Number(at)]?.kenmerk.slice('ouder'.length)))
    return columns?.[field as keyof typeof columns] ?? sourceOf(pointer)
  }
}

function mapRecord({ regel, element }: XmlRecord, context: AdapterContext): AdapterRow {
  const { parents, ...row } = flatten(element)
  const signedOn = date(row, SIGNED_ON)
  const firstDay = signedOn !== undefined && isDate(signedOn) ? signedOn : context.ontvangenOp
  const registratie = withDefaults(row, registrationFrom(row, COLUMNS, context.gemeente), firstDay)
  const guardians = guardiansFrom(row, parents)
  return {
    regel,
    bronbericht: registratie.bronbericht,
    registratie: { ...registratie, gezagsdragers: guardians },
    toestemmingen: consentsFrom(row, registratie, guardians, signedOn),
    fouten: row.fouten,
    bron: keepable(row.cells, leftBehind(parents)),
    cellen: row.cells,
    sourceOf: sourceIn(guardians),
  }
}

/** Numbers and addresses of parents. */
function leftBehind(parents: number): string[] {
  return Array.from({ length: parents }, (_, index) => parentColumns(index + 1)).flatMap(
    ({ bsn, postcode, huisnummer, toevoeging }) => [bsn, postcode, huisnummer, toevoeging],
  )
}

/** What the layout leaves out: the status follows from the decision, the start from the agreement or else the day of receipt. */
function withDefaults(row: Row, found: DossierRegistration, firstDay: string): DossierRegistration {
  const { functie = DEFAULT_FUNCTION, ...contact } = found.contact
  const begindatum = found.betrokkenheid.begindatum ?? firstDay
  const accepted = yesNo(row, ACCEPTED, XML_YES_NO)
  const decided = found.betrokkenheid.status ?? STATUS_BY_DECISION[String(accepted)]
  const isRefused = decided === 'afgesloten' && found.betrokkenheid.einddatum === undefined
  const einddatum = isRefused ? begindatum : found.betrokkenheid.einddatum
  return {
    ...found,
    betrokkenheid: present({ ...found.betrokkenheid, status: decided, begindatum, einddatum }),
    contact: { functie, ...contact },
  }
}

const DEFAULT_FUNCTION = 'medewerker Bureau Jeugdzorg'

/** Whom the office did not accept it is not involved with: that must open no match. */
const STATUS_BY_DECISION: Record<string, string> = { true: 'actief', false: 'afgesloten', undefined: 'aangemeld' }
