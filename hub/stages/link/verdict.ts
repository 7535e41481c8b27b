import type { GivenLevel } from './compare-given.ts'
import type { LinkHint, ReviewReason } from './decision.ts'
import type { LinkModel } from './model.ts'
import type { Comparison } from './score.ts'

/** What one person's comparison amounts to, before the others are looked at. */
export interface Verdict {
  kind: 'bsn' | 'pass' | 'provisional' | 'review' | 'other'
  reason?: ReviewReason
  hint?: LinkHint['kind']
  /** The given name itself fits, not just one like it. */
  exactName: boolean
}

const EXACT = new Set<GivenLevel>(['alle-meer', 'alle', 'eerste', 'roepnaam'])
const FULL = new Set<GivenLevel>([...EXACT, 'variant', 'klank', 'typfout', 'afkorting', 'eerste-anders', 'verwisseld'])
/** Names that may be a twin's: in one household they are one grown-up's. */
const ALIKE = new Set<GivenLevel>(['bijna', 'skelet', 'twee-namen', 'tweede', 'bijna-verwisseld'])
const PARTIAL = new Set<GivenLevel>(['voorletters', 'voorletter', 'ontbreekt'])

/** The ladder for one person: the hard rules on numbers, then the two sums. */
export function verdictOn(comparison: Comparison, model: LinkModel): Verdict {
  const exactName = EXACT.has(comparison.given)
  if (comparison.bsn === 'gelijk') return { ...sameNumber(comparison), exactName }
  if (comparison.bsn === 'anders') return { ...otherNumber(comparison), exactName }
  return { ...bySums(comparison, model), exactName }
}

type Bare = Omit<Verdict, 'exactName'>

function sameNumber({ given, date, sex }: Comparison): Bare {
  const conflict = isOtherName(given) || given === 'twee-namen' || date === 'anders' || sex === 'anders'
  return conflict ? { kind: 'review', reason: 'bsn-tegenspraak' } : { kind: 'bsn' }
}

/** Two numbers for one child happen; everything else must then be exact, and a person decides. */
function otherNumber(comparison: Comparison): Bare {
  const { given, date, sex, surname } = comparison
  const exact = EXACT.has(given) && date === 'gelijk' && sex !== 'anders' && surname === 'gelijk' && inHousehold(comparison)
  return exact ? { kind: 'review', reason: 'bsn-verschilt' } : { kind: 'other', hint: hintOf(comparison) }
}

function bySums(comparison: Comparison, model: LinkModel): Bare {
  const { given, date, sex, individual, household, total } = comparison
  const { thresholds } = model
  if (isOtherName(given) || date === 'anders') return { kind: 'other', hint: hintOf(comparison) }
  const needed = inHousehold(comparison) ? thresholds.link : thresholds.linkByNameOnly
  const passes = individual >= thresholds.individual && household >= thresholds.household && total >= needed
  const isGrown = comparison.grown && inHousehold(comparison)
  const named =
    EXACT.has(given) ||
    (sex !== 'anders' && (isGrown ? FULL.has(given) || ALIKE.has(given) : FULL.has(given) && !comparison.clash))
  if (passes && named && comparison.parents !== 'anders' && !mayBeNamesake(comparison)) return { kind: 'pass' }
  if (PARTIAL.has(given)) return onInitial(comparison, model)
  if (total < thresholds.review) return { kind: 'other', hint: hintOf(comparison) }
  return {
    kind: 'review',
    reason:
      given === 'twee-namen' || given === 'bijna' || given === 'tweede' || comparison.clash ? 'mogelijke-tweeling' : 'twijfel',
  }
}

/** One given name, surname and birth date, and no household; a house in another part of the country, or a name that many bear. */
function mayBeNamesake(comparison: Comparison): boolean {
  const { address, namesakes, given } = comparison
  return (address === 'anders' || namesakes) && given !== 'alle-meer' && !inHousehold(comparison)
}

/** Birth date, surname and household right, the name not there: the right person most often, but twins share all of it. */
function onInitial(comparison: Comparison, model: LinkModel): Bare {
  const { date, sex, surname, household, total } = comparison
  const certain = date === 'gelijk' && sex !== 'anders' && isSameSurname(surname) && household >= model.thresholds.household
  if (certain && isSettled(comparison)) return { kind: 'provisional', reason: 'alleen-voorletter' }
  return total >= model.thresholds.review
    ? { kind: 'review', reason: 'alleen-voorletter' }
    : { kind: 'other', hint: hintOf(comparison) }
}

/** All initials of several names, in the household. One initial settles nothing: twins often share it, but grown-ups do not live with theirs. */
function isSettled(comparison: Comparison): boolean {
  return (comparison.given === 'voorletters' || comparison.grown) && inHousehold(comparison)
}

function isSameSurname(surname: Comparison['surname']): boolean {
  return surname === 'gelijk' || surname === 'klank' || surname === 'typfout'
}

function isOtherName(given: GivenLevel): boolean {
  return given === 'anders' || given === 'voorletter-anders'
}

function inHousehold({ address, parents, date }: Comparison): boolean {
  if (address === 'gelijk' || address === 'nummer' || address === 'verhuisd') return true
  return parents === 'twee' || parents === 'een' || (parents === 'naam' && date === 'gelijk')
}

function hintOf(comparison: Comparison): LinkHint['kind'] | undefined {
  if (!inHousehold(comparison)) return undefined
  return comparison.date === 'gelijk' ? 'mogelijke-tweeling' : 'zelfde-huishouden'
}
