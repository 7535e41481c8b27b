import type { Registratie } from '../../schemas/types.ts'
import { checkRegistration } from '../stages/ingest/check.ts'
import { ERROR_RATES } from './linking/errors.ts'
import { familiesOf } from './linking/families.ts'
import { chanceOf } from './linking/random.ts'
import { type Line, registrationsOf } from './linking/registrations.ts'

/** Organisations of the example region that send; a registration belongs to one of them. */
export const SENDERS = ['bureau-jeugdzorg', 'rubicon', 'mee', 'vorkmeer'] as const

export interface Sent {
  client: string
  registration: Registratie
}

/** Persons registered by several organisations, with the errors that clerks make; about 2.2 registrations a person. */
const LINES_PER_FAMILY = 8
const TODAY = '2026-11-22'

/**
 * `count` registrations that the schema accepts, of invented families, in the order in which they came; the same seed gives the
 * same ones. With BSN every registration has its person's (none of guardians); without, none has.
 */
export function inventedRegistrations(count: number, options: { withBsn: boolean; seed: number; prefix?: string }): Sent[] {
  const chance = chanceOf(options.seed)
  const persons = familiesOf({ families: Math.ceil(count / LINES_PER_FAMILY) + 10, twins: 0.03 }, chance)
  const { lines, truth, persons: byId } = registrationsOf(persons, ERROR_RATES.default!, false, chance)
  const found: Sent[] = []
  for (const [at, line] of lines.entries()) {
    if (found.length === count) break
    const bsn = options.withBsn ? byId.get(truth[at]!.person)!.bsn : undefined
    const registration = registrationOf(line, bsn, `${options.prefix ?? 'M'}${found.length + 1}`)
    if (checkRegistration(registration, { magBsn: true }, TODAY).length === 0)
      found.push({ client: SENDERS[chance.below(SENDERS.length)]!, registration })
  }
  return found
}

function registrationOf(line: Line, bsn: string | undefined, name: string): Registratie {
  const { voornamen, roepnaam, voorvoegsel, geslachtsnaam, partnernaam, geboortedatum, geslacht } = line as Record<string, string>
  const { postcode, huisnummer, toevoeging, ouders } = line as Record<string, string> & { ouders?: Record<string, string>[] }
  const adres = filled({ postcode, huisnummer: huisnummer ? Number(huisnummer) : undefined, toevoeging })
  const persoon = filled({
    ...{ bsn, voornamen, roepnaam, voorvoegsel, geslachtsnaam, partnernaam, geslacht },
    geboortedatum: geboortedatum?.replace(/(-00)+$/, ''),
    adres: Object.keys(adres).length > 0 ? adres : undefined,
    rolInGezin: (geboortedatum ?? '') < '2004' ? 'ouder' : 'jeugdige',
  })
  return {
    bronbericht: `${name}-1`,
    kenmerk: name,
    versie: 1,
    persoon,
    gezagsdragers: (ouders ?? []).map((ouder, at) =>
      filled({ kenmerk: `o${at + 1}`, relatie: 'ouder', gezag: 'ja', ...ouder, geboortedatum: ouder.geboortedatum }),
    ),
    betrokkenheid: { status: 'actief', begindatum: '2026-10-01' },
    contact: { functie: 'jeugdhulpverlener' },
  } as unknown as Registratie
}

function filled(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''))
}
