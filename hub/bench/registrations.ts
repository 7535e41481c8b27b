import type { Registratie } from '../../schemas/types.ts'
import { checkRegistration } from '../stages/ingest/check.ts'
import { ERROR_RATES } from './linking/errors.ts'
import { familiesOf } from './linking/families.ts'
import { type Chance, chanceOf } from './linking/random.ts'
import { type Line, registrationsOf } from './linking/registrations.ts'

/** Organisations of the example region that send; a registration belongs to one of them. */
export const SENDERS = ['bureau-jeugdzorg', 'rubicon', 'mee', 'vorkmeer'] as const

export interface Sent {
  client: string
  registration: Registratie
}

/** Persons registered by several organisations, with the errors that clerks make; about 2.2 registrations a person, 8 a family. */
const ARRIVED_PER_FAMILY = 7
const TODAY = '2026-11-22'

/**
 * `count` registrations that the schema accepts, of invented families, in the order in which they come in; the same seed gives the
 * same ones. With BSN every registration has its person's (none of guardians); without, none has.
 */
export function inventedRegistrations(count: number, options: { withBsn: boolean; seed: number; prefix?: string }): Sent[] {
  const chance = chanceOf(options.seed)
  const persons = familiesOf({ families: Math.ceil(count / ARRIVED_PER_FAMILY) + 10, twins: 0.03 }, chance)
  const { lines, truth, persons: byId } = registrationsOf(persons, ERROR_RATES.default!, false, chance)
  const found: Sent[] = []
  for (const at of inOrderOfArrival(truth, count, chance)) {
    if (found.length === count) break
    const line = lines[at] as Line
    const bsn = options.withBsn ? byId.get(truth[at]!.person)!.bsn : undefined
    const registration = registrationOf(line, bsn, `${options.prefix ?? 'M'}${found.length + 1}`)
    if (checkRegistration(registration, { magBsn: true }, TODAY).length === 0)
      found.push({ client: SENDERS[chance.below(SENDERS.length)]!, registration })
  }
  return found
}

/**
 * A family's first registration comes in at any moment, each further one after a while of any order of magnitude, from the next
 * registration to the whole run. So a newcomer finds as much of its family there in a store of a hundred thousand as in one of a
 * million, some of it just come in and some long forgotten; shuffled, the families would fill up during the run, and a full family costs
 * more than an empty one, whatever the size of the store.
 */
function inOrderOfArrival(truth: readonly { family: string }[], count: number, chance: Chance): number[] {
  const starts = new Map<string, number>()
  const arrivals = truth.map(({ family }, at) => {
    const start = starts.get(family)
    const when = start === undefined ? chance.next() : start + count ** -chance.next()
    if (start === undefined) starts.set(family, when)
    return { at, when }
  })
  return arrivals
    .filter(({ when }) => when <= 1)
    .sort((a, b) => a.when - b.when)
    .map(({ at }) => at)
}

/** A line as a registration; `name` is its reference and its message. */
export function registrationOf(line: Line, bsn: string | undefined, name: string): Registratie {
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
