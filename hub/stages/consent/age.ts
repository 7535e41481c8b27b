import { HubError } from '../../errors.ts'
import { addDays, ageOn, type Day, isDay } from '../calendar.ts'
import type { ConsentCase } from './case.ts'
import type { CompiledPolicy } from './compile.ts'

/** The first and the last day on which someone can have been born. */
export interface BirthRange {
  readonly earliest: Day
  readonly latest: Day
}

/** The age bands (numbers of boundaries passed) that are possible on a day; more than one when the birth date is not wholly known. */
export function possibleSegments(
  policy: CompiledPolicy,
  person: ConsentCase['persoon'],
  day: Day,
): { low: number; high: number } {
  const last = policy.boundaries.length
  const born = segmentsOf(policy, person.geboortedatum, day)
  if (born) return born
  if (person.verwachteGeboortedatum) return { low: 0, high: 0 }
  return { low: policy.adultRoles.has(person.rolInGezin ?? 'jeugdige') ? last : 0, high: last }
}

const CACHE_MAX = 50_000
const remembered = new WeakMap<CompiledPolicy, Map<string, { low: number; high: number } | null>>()

/** Of a birth date that is known, at least in part. What was found is remembered: every recipient's question asks it of one person. */
function segmentsOf(policy: CompiledPolicy, text: string | null | undefined, day: Day): { low: number; high: number } | null {
  const known = remembered.get(policy) ?? new Map<string, { low: number; high: number } | null>()
  remembered.set(policy, known)
  const name = `${text} ${day}`
  const before = known.get(name)
  if (before !== undefined) return before
  const birth = birthRange(text)
  const low = birth && segmentOf(policy, birth.latest, day)
  const made = birth && { low: low as number, high: segmentOf(policy, birth.earliest, day) }
  if (known.size >= CACHE_MAX) known.clear()
  known.set(name, made)
  return made
}

/** Reads a birth date, whole or in part (`2013-04`, `2013`; `00` stands for unknown too); null when nothing is known. Throws `ongeldige-invoer`. */
export function birthRange(text: string | null | undefined): BirthRange | null {
  if (text === null || text === undefined || text === '' || text.startsWith('0000')) return null
  const known = text.replace(/(?:-00)+$/, '')
  if (isDay(known)) return { earliest: known, latest: known }
  if (/^\d{4}$/.test(known)) return { earliest: `${known}-01-01`, latest: `${known}-12-31` }
  if (!/^\d{4}-\d{2}$/.test(known) || !isDay(`${known}-01`))
    throw new HubError('ongeldige-invoer', { detail: 'Geen (deel van een) geboortedatum.' })
  return { earliest: `${known}-01`, latest: ['31', '30', '29', '28'].map((day) => `${known}-${day}`).find(isDay)! }
}

function segmentOf({ boundaries }: CompiledPolicy, birthDate: Day, day: Day): number {
  const age = ageOn(birthDate, day)
  let passed = 0
  for (const { jaren, dagen } of boundaries) {
    const reached = (dagen === 0 ? age : ageOn(birthDate, addDays(day, -dagen))) >= jaren
    if (reached) passed += 1
  }
  return passed
}
