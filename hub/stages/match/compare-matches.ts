import type { FoundMatch, MatchKind } from './find-matches.ts'

/** An open match as the store knows it. */
export interface KnownMatch {
  id: string
  kind: MatchKind
  subject: string
  /** Registrations that were its sides. */
  seqs: number[]
}

export interface MatchChanges {
  opened: FoundMatch[]
  /** The same match, with its sides as they are now. */
  kept: { known: KnownMatch; found: FoundMatch }[]
  closed: KnownMatch[]
}

/**
 * Compares the matches that ought to be with those that are. A match is the same when it has the same subject, or else when it
 * shares registrations: persons merge and families grow, and neither makes a new match of an old one.
 */
export function compareMatches(known: KnownMatch[], found: FoundMatch[]): MatchChanges {
  const left = new Map(known.map((match) => [match.id, match]))
  const kept: MatchChanges['kept'] = []
  const take = (match: KnownMatch, target: FoundMatch) => {
    left.delete(match.id)
    kept.push({ known: match, found: target })
  }
  const unnamed = found.filter((target) => {
    const same = [...left.values()].find((match) => match.kind === target.kind && match.subject === target.subject)
    if (same) take(same, target)
    return !same
  })
  const opened = unnamed.filter((target) => {
    const best = mostShared([...left.values()], target)
    if (best) take(best, target)
    return !best
  })
  return { opened, kept, closed: [...left.values()] }
}

function mostShared(candidates: KnownMatch[], target: FoundMatch): KnownMatch | undefined {
  const seqs = new Set(target.sides.map((side) => side.seq))
  return candidates
    .filter((match) => match.kind === target.kind)
    .map((match) => ({ match, shared: match.seqs.filter((seq) => seqs.has(seq)).length }))
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared || (a.match.id < b.match.id ? -1 : 1))[0]?.match
}
