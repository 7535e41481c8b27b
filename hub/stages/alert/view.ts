import { familyMatches, type MatchKind, personMatches } from '../match/find-matches.ts'
import type { Involvement } from '../match/involvement.ts'

/** Who looks: an organisation with sides of its own, or a coördinatiepunt, which has none. */
export interface Reader {
  organisation: string
  hasSides: boolean
}

/** What one reader may see of one match. */
export interface View {
  kind: MatchKind
  /** The reader's own involvements that the match is about. */
  own: Involvement[]
  /** The others' involvements that may be told to this reader. */
  others: Involvement[]
}

/**
 * The matches of the world that one reader may see. `visible` holds the reader's own involvements and those of others that may be
 * told to it, and nothing else: what is sealed takes no part in finding a match, so the answer is the same as when it did not
 * exist. A family tie that only a sealed registration shows is no tie here, and two groups that differ by sealed persons are one.
 */
export function viewsOf(visible: Involvement[], reader: Reader): View[] {
  return [...personMatches(visible), ...familyMatches(visible)]
    .map(({ kind, sides }) => split(kind, sides, reader))
    .filter((view) => isFor(view, reader))
    .sort(inOrder)
}

/** Row numbers of everything that a view shows, the reader's own first. */
export function seqsOf(view: View): number[] {
  return [...view.own, ...view.others].map((side) => side.seq)
}

function split(kind: MatchKind, sides: Involvement[], { organisation, hasSides }: Reader): View {
  const ordered = [...sides].sort((a, b) => a.seq - b.seq)
  const isOwn = (side: Involvement) => hasSides && side.organisation === organisation
  return { kind, own: ordered.filter(isOwn), others: ordered.filter((side) => !isOwn(side)) }
}

/** An organisation sees the matches in which it has a part itself; a coördinatiepunt those between two others. */
function isFor({ kind, own, others }: View, { hasSides }: Reader): boolean {
  if (!hasSides) return true
  return kind === 'persoon' ? own.length > 0 : own.some((a) => others.some((b) => a.person !== b.person))
}

/** Persons before families, oldest first: an order that what is sealed cannot change. */
export function inOrder(a: View, b: View): number {
  if (a.kind !== b.kind) return a.kind === 'persoon' ? -1 : 1
  const [left, right] = [a, b].map((view) => seqsOf(view).sort((x, y) => x - y)) as [number[], number[]]
  const at = left.findIndex((seq, i) => seq !== right[i])
  return at < 0 ? left.length - right.length : (left[at] ?? 0) - (right[at] ?? 0)
}
