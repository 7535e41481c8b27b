import {
  type AddressLevel,
  compareAddress,
  compareDates,
  compareParents,
  compareSex,
  type DateLevel,
  type ParentsLevel,
  type SexLevel,
} from './compare-facts.ts'
import { compareGiven, type GivenLevel } from './compare-given.ts'
import { compareSurnames, type SurnameLevel } from './compare-surnames.ts'
import type { LinkModel } from './model.ts'
import type { NameToken } from './name-token.ts'
import type { Profile } from './profile.ts'

/** How a subject compares with a person: the best level per field over all registrations of that person. */
export interface Comparison {
  bsn: 'gelijk' | 'anders' | 'ontbreekt'
  given: GivenLevel
  date: DateLevel
  sex: SexLevel
  surname: SurnameLevel
  address: AddressLevel
  parents: ParentsLevel
  /** Some registration of the person has a full given name that is another. */
  clash: boolean
  /** So many are called like both that it may be two persons of one birth date. */
  namesakes: boolean
  /** Both are grown-ups, who have no twin beside them in one household. */
  grown: boolean
  /** Bits of evidence about the person, and about the household (capped); never mixed. */
  individual: number
  household: number
  total: number
  weights: Record<'given' | 'date' | 'sex' | 'surname' | 'address' | 'parents', number>
}

/** Compares a subject with all registrations of one person. */
export function comparePerson(incoming: Profile, members: readonly { profile: Profile }[], model: LinkModel): Comparison {
  let best = comparePair(incoming, members[0]!.profile, model)
  for (let at = 1; at < members.length; at++)
    best = bestOf(best, comparePair(incoming, members[at]!.profile, model), model.householdCap)
  return best
}

/** The level of each field of two subjects. */
export function levelsOf(a: Profile, b: Profile): Pick<Comparison, (typeof FIELDS)[number]> {
  return {
    given: compareGiven(a, b),
    date: compareDates(a.date, b.date),
    sex: compareSex(a, b),
    surname: compareSurnames(a, b),
    address: compareAddress(a, b),
    parents: compareParents(a, b),
  }
}

/** Compares two subjects. */
function comparePair(a: Profile, b: Profile, model: LinkModel): Comparison {
  const levels = { bsn: compareBsn(a, b), ...levelsOf(a, b) }
  const weights = {
    given:
      model.given[levels.given] + (isSameName(levels.given) ? frequency(model.givenFrequency, a.given[0] ?? a.calling[0], 0) : 0),
    date: model.date[levels.date],
    sex: model.sex[levels.sex],
    surname:
      model.surname[levels.surname] + (levels.surname === 'gelijk' ? frequency(model.surnameFrequency, a.surnames[0], 1) : 0),
    address: model.address[levels.address],
    parents: model.parents[levels.parents],
  }
  const clash = levels.given === 'anders' || levels.given === 'twee-namen'
  return summed(
    {
      ...levels,
      weights,
      clash,
      namesakes: a.manyNamesakes === true || b.manyNamesakes === true,
      grown: a.grown === true && b.grown === true,
    },
    model.householdCap,
  )
}

const FIELDS = ['given', 'date', 'sex', 'surname', 'address', 'parents'] as const

/** The stronger level per field. What is missing on one side never hides what the other says. */
function bestOf(a: Comparison, b: Comparison, cap: number): Comparison {
  const best = { ...a, weights: { ...a.weights } }
  for (const field of FIELDS) if (isStronger(b, a, field)) take(best, b, field)
  best.clash ||= b.clash
  if (b.bsn === 'gelijk' || best.bsn === 'ontbreekt') best.bsn = b.bsn
  return summed(best, cap)
}

/**
 * A comparison of two full names, or two full dates, counts before one with less: an initial among a person's registrations must
 * not hide that the full name there is another.
 */
const FULLNESS: Record<string, number> = {
  ontbreekt: 0,
  voorletters: 1,
  voorletter: 1,
  'voorletter-anders': 1,
  'jaar-maand': 1,
  nieuwjaar: 1,
  jaar: 1,
  'een-anders': 1,
}

function isStronger(b: Comparison, a: Comparison, field: (typeof FIELDS)[number]): boolean {
  const fuller = (FULLNESS[b[field]] ?? 2) - (FULLNESS[a[field]] ?? 2)
  return fuller === 0 ? b.weights[field] > a.weights[field] : fuller > 0
}

function take<F extends (typeof FIELDS)[number]>(into: Comparison, from: Comparison, field: F): void {
  into[field] = from[field]
  into.weights[field] = from.weights[field]
}

function summed(levels: Omit<Comparison, 'individual' | 'household' | 'total'>, cap: number): Comparison {
  const { weights } = levels
  const individual = weights.given + weights.date + weights.sex
  const household = Math.min(cap, weights.surname + weights.address + weights.parents)
  return { ...levels, individual, household, total: individual + household }
}

function compareBsn(a: Profile, b: Profile): Comparison['bsn'] {
  if (a.bsn === null || b.bsn === null) return 'ontbreekt'
  return a.bsn === b.bsn ? 'gelijk' : 'anders'
}

function isSameName(level: GivenLevel): boolean {
  return level === 'alle-meer' || level === 'alle' || level === 'eerste' || level === 'roepnaam'
}

function frequency(bits: number[], name: NameToken | undefined, kind: 0 | 1): number {
  return name === undefined ? 0 : (bits[name.common[kind]] ?? 0)
}
