import type { Fault } from '../../../schemas/fault.ts'
import type { Registratie } from '../../../schemas/types.ts'
import { validator } from '../../../schemas/validate.ts'
import { addMonths, type Day } from '../calendar.ts'

/** What a sender may send, from the region's configuration. */
export interface SenderRights {
  magBsn: boolean
  /** Roles in the family that may be registered; absent: all. */
  soorten?: readonly string[]
}

/** A pregnancy lasts 40 weeks; one month more leaves room for a counting error. */
const EXPECTED_MONTHS_MAX = 10

/** Every fault of a registration as it came in: what the schema says, and what no schema can say. Empty means: accept. */
export function checkRegistration(body: unknown, rights: SenderRights, today: Day): Fault[] {
  const faults = validator('registratie')(body)
  return isRecord(body) ? [...faults, ...businessFaults(body as Partial<Registratie>, rights, today, faults)] : faults
}

function businessFaults(body: Partial<Registratie>, rights: SenderRights, today: Day, known: Fault[]): Fault[] {
  const found: Fault[] = []
  const sound = (pointer: string) =>
    !known.some((fault) => pointer.startsWith(fault.pointer) || fault.pointer.startsWith(pointer))
  const add = (pointer: string, code: string, melding: string, watNu: string) => {
    if (sound(pointer)) found.push({ pointer, code, melding, watNu })
  }
  const { persoon, betrokkenheid } = body
  if (persoon?.bsn && !rights.magBsn)
    add(
      '/persoon/bsn',
      'bsn-niet-toegestaan',
      'Uw organisatie mag geen BSN aanleveren.',
      'Laat het BSN weg en stuur naam en geboortedatum.',
    )
  if (persoon && rights.soorten && !rights.soorten.includes(persoon.rolInGezin ?? 'jeugdige'))
    add(
      '/persoon/rolInGezin',
      'soort-niet-toegestaan',
      'Uw organisatie mag deze soort registratie niet doen.',
      `Registreer alleen personen met de rol ${rights.soorten.join(', ') || '(geen)'}.`,
    )
  if (isText(persoon?.geboortedatum) && persoon.geboortedatum > today)
    add(
      '/persoon/geboortedatum',
      'in-de-toekomst',
      'De geboortedatum ligt in de toekomst.',
      'Gebruik verwachteGeboortedatum voor een ongeboren kind.',
    )
  if (isText(persoon?.verwachteGeboortedatum) && persoon.verwachteGeboortedatum > addMonths(today, EXPECTED_MONTHS_MAX))
    add(
      '/persoon/verwachteGeboortedatum',
      'te-ver-weg',
      'De verwachte geboortedatum ligt te ver in de toekomst.',
      'Controleer de datum.',
    )
  if (isText(betrokkenheid?.einddatum) && isText(betrokkenheid.begindatum) && betrokkenheid.einddatum < betrokkenheid.begindatum)
    add(
      '/betrokkenheid/einddatum',
      'voor-begindatum',
      'De einddatum ligt voor de begindatum.',
      'Geef een einddatum op of na de begindatum.',
    )
  const references = (Array.isArray(body.gezagsdragers) ? body.gezagsdragers : []).map((guardian) => guardian?.kenmerk)
  references.forEach((reference, index) => {
    if (references.indexOf(reference) !== index)
      add(
        `/gezagsdragers/${index}/kenmerk`,
        'dubbel',
        'Dit kenmerk staat al bij een andere gezagsdrager.',
        'Geef elke gezagsdrager een eigen kenmerk.',
      )
  })
  return found
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
