import type { Evidence, LinkDecision, LinkHint, Member, PersonCandidate, ReviewReason } from './decision.ts'
import type { LinkModel } from './model.ts'
import { type Comparison, comparePerson } from './score.ts'
import { type Verdict, verdictOn } from './verdict.ts'

interface Judged {
  candidate: PersonCandidate
  comparison: Comparison
  verdict: Verdict
}

/**
 * Decides whom a registration is about, by the ladder: BSN rules first, then two separate sums (person, household), twin guard,
 * ambiguity to review. Decides per person, on all registrations of it. `truncated`: the list of candidates was cut off.
 */
export function decide(incoming: Member, persons: PersonCandidate[], model: LinkModel, truncated = false): LinkDecision {
  if (persons.length === 0) return { outcome: 'new', hints: [] }
  const judged = persons
    .filter(({ apart, members }) => !apart && members.length > 0)
    .map((candidate) => judge(incoming, candidate, model))
    .sort((a, b) => b.comparison.total - a.comparison.total)
  const byNumber = judged.filter(({ verdict }) => verdict.kind === 'bsn')
  const contradicted = judged.some(({ verdict }) => verdict.reason === 'bsn-tegenspraak')
  if (byNumber.length === 0 && contradicted) return review(judged, model)
  const passing =
    byNumber.length > 0
      ? [...byNumber, ...judged.filter(({ verdict }) => verdict.kind === 'pass')]
      : judged.filter(({ verdict }) => verdict.kind === 'pass')
  if (passing.length === 0) return provisionalOrReview(incoming, judged, model, truncated)
  if (truncated && byNumber.length === 0) return review(judged, model, 'kandidaten-afgekapt')
  const chosen = chooseAmong(passing, model)
  if (chosen === null) return review(judged, model, 'meer-personen')
  const [first, ...others] = chosen
  return linked(first!, others, false, model)
}

function judge(incoming: Member, candidate: PersonCandidate, model: LinkModel): Judged {
  const comparison = comparePerson(incoming.profile, candidate.members, model)
  return { candidate, comparison, verdict: verdictOn(comparison, model) }
}

/** Less than a full given name: linked for the time being when exactly one person fits and the household is settled twice. */
function provisionalOrReview(incoming: Member, judged: Judged[], model: LinkModel, truncated: boolean): LinkDecision {
  const partial = judged.filter(({ verdict }) => verdict.kind === 'provisional')
  const doubtful = judged.filter(({ verdict }) => verdict.kind === 'review')
  if (partial.length === 1 && doubtful.length === 0 && !truncated) return linked(partial[0]!, [], true, model)
  if (partial.length + doubtful.length > 0) return review(judged, model)
  return { outcome: 'new', hints: hintsOf(incoming, judged) }
}

/**
 * Several persons pass. All are one when no two conflict; else the one whose name fits clearly better than that of those it
 * conflicts with (a line that is exactly one twin's needs no review); else nobody can tell.
 */
function chooseAmong(passing: Judged[], model: LinkModel): Judged[] | null {
  const best = passing[0]!
  const conflicting = passing.slice(1).filter((other) => personsConflict(best.candidate, other.candidate, model))
  const beaten = conflicting.every((other) => fitsClearlyBetter(best, other))
  if (!beaten) return null
  const rest = passing.slice(1).filter((other) => !conflicting.includes(other))
  const agreeing: Judged[] = []
  for (const other of rest) {
    if (agreeing.every((one) => !personsConflict(one.candidate, other.candidate, model))) agreeing.push(other)
    else return null
  }
  const size = [best, ...agreeing].reduce((sum, { candidate }) => sum + candidate.members.length, 1)
  return size > model.personMax && agreeing.length > 0 ? null : [best, ...agreeing]
}

function fitsClearlyBetter(best: Judged, other: Judged): boolean {
  if (best.verdict.kind === 'bsn' && other.verdict.kind !== 'bsn') return true
  return best.verdict.exactName && !other.verdict.exactName
}

/** Whether two persons cannot be one: different numbers, names, birth dates, sex or parents, or somebody's decision. */
function personsConflict(a: PersonCandidate, b: PersonCandidate, model: LinkModel): boolean {
  if (a.apartFrom?.includes(b.person) || b.apartFrom?.includes(a.person)) return true
  const comparisons = a.members.map(({ profile }) => comparePerson(profile, b.members, model))
  if (comparisons.some(isConflict)) return true
  return comparisons.some(({ parents }) => parents === 'anders') && !comparisons.some(({ parents }) => SAME_PARENTS.has(parents))
}

const SAME_PARENTS = new Set<Comparison['parents']>(['twee', 'een', 'naam', 'datum'])

function isConflict({ bsn, given, date, sex }: Comparison): boolean {
  if (bsn === 'anders' || sex === 'anders' || date === 'anders') return true
  return given === 'anders' || given === 'voorletter-anders' || given === 'twee-namen' || (given === 'bijna' && bsn !== 'gelijk')
}

function linked(first: Judged, others: Judged[], provisional: boolean, model: LinkModel): LinkDecision {
  return {
    outcome: 'linked',
    person: first.candidate.person,
    alsoMerge: others.map(({ candidate }) => candidate.person),
    provisional,
    evidence: evidenceOf(first.comparison, model),
  }
}

function review(judged: Judged[], model: LinkModel, reason?: ReviewReason): LinkDecision {
  const candidates = judged
    .filter(({ verdict }) => verdict.kind !== 'other')
    .map(({ candidate, comparison, verdict }) => ({
      person: candidate.person,
      score: Math.round(comparison.total * 100) / 100,
      reason: reason ?? verdict.reason ?? 'meer-personen',
      evidence: evidenceOf(comparison, model),
    }))
  return { outcome: 'review', candidates, hints: [] }
}

function hintsOf(incoming: Member, judged: Judged[]): LinkHint[] {
  return judged
    .filter(({ verdict }) => verdict.hint !== undefined)
    .map(({ candidate, verdict }) => ({
      person: candidate.person,
      kind: verdict.hint!,
      unsettles: verdict.hint === 'mogelijke-tweeling' ? unsettled(incoming, candidate) : [],
    }))
}

/** Provisional registrations of a possible twin whose initial fits the newcomer as well. */
function unsettled(incoming: Member, candidate: PersonCandidate): string[] {
  const letter = incoming.profile.initials[0]
  return candidate.members
    .filter(({ provisional, profile }) => provisional && (profile.initials.length === 0 || profile.initials[0] === letter))
    .map(({ id }) => id)
}

function evidenceOf(comparison: Comparison, model: LinkModel): Evidence {
  const { weights } = comparison
  const field = (veld: string, niveau: string, gewicht: number) => ({ veld, niveau, gewicht })
  return {
    velden: [
      field('bsn', comparison.bsn, 0),
      field('voornamen', comparison.given, weights.given),
      field('geboortedatum', comparison.date, weights.date),
      field('geslacht', comparison.sex, weights.sex),
      field('geslachtsnaam', comparison.surname, weights.surname),
      field('adres', comparison.address, weights.address),
      field('ouders', comparison.parents, weights.parents),
    ],
    persoon: comparison.individual,
    huishouden: comparison.household,
    totaal: comparison.total,
    model: model.version,
    drempels: model.thresholds,
  }
}
