import type { MatchKind } from './find-matches.ts'

/** A match as it is known: to the store, or to one receiver. */
export interface KnownMatch {
  id: string
  kind: MatchKind
  /** Null where nothing but its registrations names it. */
  subject: string | null
  /** Registrations that were its sides. */
  seqs: number[]
}

/** A match as it ought to be. */
interface Wanted {
  kind: MatchKind
  subject: string | null
  sides: { seq: number }[]
}

export interface MatchChanges<K, W> {
  opened: W[]
  /** The same match, with its sides as they are now. */
  kept: { known: K; found: W }[]
  closed: K[]
}

/**
 * Compares the matches that ought to be with those that are. A match is the same when it has the same subject, or else when it
 * shares registrations, most first: persons merge and families grow, and neither makes a new match of an old one.
 */
export function compareMatches<K extends KnownMatch, W extends Wanted>(known: K[], found: W[]): MatchChanges<K, W> {
  const left = new Set(known)
  const opened = new Set(found)
  const kept: MatchChanges<K, W>['kept'] = []
  for (const pair of likeness(known, found)) {
    if (!left.has(pair.known) || !opened.has(pair.found)) continue
    left.delete(pair.known)
    opened.delete(pair.found)
    kept.push({ known: pair.known, found: pair.found })
  }
  return { opened: [...opened], kept, closed: [...left] }
}

/** Every pair that can be the same match, the likeliest first. */
function likeness<K extends KnownMatch, W extends Wanted>(known: K[], found: W[]) {
  const bySeq = new Map<number, K[]>()
  const bySubject = new Map<string, K[]>()
  for (const match of known) {
    for (const seq of match.seqs) (bySeq.get(seq) ?? bySeq.set(seq, []).get(seq))?.push(match)
    if (match.subject !== null) (bySubject.get(match.subject) ?? bySubject.set(match.subject, []).get(match.subject))?.push(match)
  }
  const pairs = found.flatMap((target) => {
    const shared = new Map<K, number>()
    for (const match of bySubject.get(target.subject ?? '') ?? []) shared.set(match, 0)
    for (const { seq } of target.sides) for (const match of bySeq.get(seq) ?? []) shared.set(match, (shared.get(match) ?? 0) + 1)
    return [...shared].map(([match, count]) => ({
      known: match,
      found: target,
      named: match.subject !== null && match.subject === target.subject ? 1 : 0,
      shared: count,
      differing: match.seqs.length + target.sides.length - 2 * count,
    }))
  })
  return pairs
    .filter((pair) => pair.known.kind === pair.found.kind)
    .sort((a, b) => b.named - a.named || b.shared - a.shared || a.differing - b.differing || (a.known.id < b.known.id ? -1 : 1))
}
