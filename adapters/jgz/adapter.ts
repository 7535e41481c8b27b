import type { Fault } from '../../schemas/fault.ts'
import type { Adapter, AdapterContext, AdapterRow } from '../adapter.ts'
import { bsn, code, date, partialDate, type Row, text } from '../cells.ts'
import { present } from '../dossier.ts'
import { readHl7 } from '../readers/hl7.ts'
import type { XmlElement } from '../readers/xml.ts'
import { cellsOf } from './cells-of.ts'
import { CANCELLED, DEFAULT_FUNCTION, SEXES } from './names.ts'
import { sample } from './sample.ts'

/** The youth health care file (EKD): HL7v3 messages with observation 1195, and its cancellation. See README.md. */
export const jgz: Adapter = { name: 'jgz', mediaTypes: ['application/xml', 'text/xml'], result: 'xml', read, sample }

async function* read(...[content, context]: Parameters<Adapter['read']>): AsyncGenerator<AdapterRow> {
  for (const [at, message] of (await readHl7(content)).entries()) yield mapMessage(message, at + 1, context)
}

function mapMessage(message: XmlElement, regel: number, context: AdapterContext): AdapterRow {
  const row: Row = { cells: cellsOf(message), fouten: [] }
  const bron = JSON.stringify(row.cells)
  const bronbericht = text(row, 'id')
  if (text(row, 'observation/id') === undefined) row.fouten.push(NO_OBSERVATION)
  const registratie = registrationFrom(row, bronbericht, context)
  return {
    regel,
    ...(bronbericht ? { bronbericht } : {}),
    registratie,
    toestemmingen: [],
    fouten: row.fouten,
    bron,
    cellen: row.cells,
    sourceOf,
  }
}

/**
 * The observation's own id is the registration's, the message's time its version: a cancellation comes later and so wins. Taken back is
 * ended as wrongly made, on the day of the message.
 */
function registrationFrom(row: Row, bronbericht: string | undefined, context: AdapterContext): unknown {
  const isCancelled = CANCELLED.includes((text(row, 'observation/statusCode') ?? '').toLowerCase())
  const begindatum = date(row, 'observation/effectiveTime') ?? context.ontvangenOp
  const einddatum = isCancelled ? (date(row, 'creationTime') ?? context.ontvangenOp) : undefined
  return present({
    bronbericht,
    kenmerk: text(row, 'observation/id'),
    versie: versionOf(text(row, 'creationTime/moment')),
    persoon: present({
      bsn: bsn(row, 'patient/id'),
      voornamen: text(row, 'patientPerson/name/given'),
      voorvoegsel: text(row, 'patientPerson/name/prefix'),
      geslachtsnaam: text(row, 'patientPerson/name/family'),
      geboortedatum: partialDate(row, 'patientPerson/birthTime'),
      geslacht: code(row, 'patientPerson/administrativeGenderCode', SEXES),
      gemeente: context.gemeente,
      rolInGezin: 'jeugdige',
    }),
    betrokkenheid: present({
      rol: 'hulpverlener',
      status: isCancelled ? 'afgesloten' : 'actief',
      begindatum,
      einddatum: einddatum !== undefined && einddatum < begindatum ? begindatum : einddatum,
      afsluitreden: isCancelled ? 'onterecht' : undefined,
    }),
    contact: { functie: text(row, 'assignedPerson/code') ?? DEFAULT_FUNCTION },
  })
}

/** Minutes since 2000: fits a version, and rises with every message. */
function versionOf(moment: string | undefined): number | undefined {
  const [, year, month, day, hour = '00', minute = '00'] = /^(\d{4})(\d\d)(\d\d)(\d\d)?(\d\d)?/.exec(moment ?? '') ?? []
  if (year === undefined) return undefined
  const minutes = Math.floor((Date.UTC(+year, +month! - 1, +day!, +hour, +minute) - Date.UTC(2000, 0, 1)) / 60_000)
  return minutes > 0 ? minutes : undefined
}

const SOURCES: Record<string, string> = {
  '/bronbericht': 'id',
  '/kenmerk': 'observation/id',
  '/versie': 'creationTime',
  '/persoon': 'patient/id',
  '/persoon/bsn': 'patient/id',
  '/persoon/voornamen': 'patientPerson/name/given',
  '/persoon/voorvoegsel': 'patientPerson/name/prefix',
  '/persoon/geslachtsnaam': 'patientPerson/name/family',
  '/persoon/geboortedatum': 'patientPerson/birthTime',
  '/persoon/geslacht': 'patientPerson/administrativeGenderCode',
  '/betrokkenheid/begindatum': 'observation/effectiveTime',
  '/contact/functie': 'assignedPerson/code',
}

function sourceOf(pointer: string): string {
  return SOURCES[pointer] ?? pointer
}

const NO_OBSERVATION: Fault = {
  pointer: 'observation',
  code: 'geen-waarneming',
  melding: 'Het bericht bevat geen waarneming 1195 met een eigen id.',
  watNu: 'Stuur alleen berichten ‘Aanmelding Verwijsindex risicojongeren’.',
}
