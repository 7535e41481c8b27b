import type { MatchKind } from '../match/find-matches.ts'
import type { Involvement } from '../match/involvement.ts'

/** Who looks: an organisation with sides of its own, or a coördinatiepunt, which has none. */
export interface Reader {
  organisation: string
  hasSides: boolean
}

/** What one reader may see of one match. */
export interface View {
  /** The reader's own involvements that the match is about. */
  own: Involvement[]
  /** The others' involvements that may be told to this reader. */
  others: Involvement[]
}

/**
 * What of a match one reader may see, or null when there is nothing to see. `permitted` holds the sides whose own policy allows
 * telling this reader. What is not permitted is treated as if it did not exist: a family tie that only a sealed registration
 * shows is no tie here, so the answer is the same as when that registration were absent.
 */
export function viewOf(kind: MatchKind, sides: Involvement[], reader: Reader, permitted: ReadonlySet<number>): View | null {
  const own = reader.hasSides ? sides.filter((side) => side.organisation === reader.organisation) : []
  const others = sides.filter((side) => side.organisation !== reader.organisation && permitted.has(side.seq))
  const view = kind === 'persoon' ? { own, others } : relatedOnly(own, others, reader)
  const enough = reader.hasSides ? view.own.length > 0 && view.others.length > 0 : organisations(view.others) >= 2
  return enough ? view : null
}

/** Keeps what hangs together by anchors that the reader may see; empty when no two persons do. */
function relatedOnly(own: Involvement[], others: Involvement[], reader: Reader): View {
  const related = relations([...own, ...others])
  const near = (a: Involvement, b: Involvement) => a.person === b.person || related(a.person, b.person)
  const firsts = reader.hasSides ? own : others
  const tie = (a: Involvement, b: Involvement) =>
    a.organisation !== b.organisation && a.person !== b.person && related(a.person, b.person)
  const nothing = { own: [], others: [] }
  if (!firsts.some((a) => others.some((b) => tie(a, b)))) return nothing
  if (!reader.hasSides) {
    const tied = new Set(others.filter((a) => others.some((b) => tie(a, b))).map((side) => side.person))
    return { own: [], others: others.filter((side) => tied.has(side.person)) }
  }
  return {
    own: own.filter((side) => others.some((other) => near(side, other))),
    others: others.filter((other) => own.some((side) => near(side, other))),
  }
}

function relations(visible: Involvement[]): (a: string, b: string) => boolean {
  const anchors = new Map<string, Set<string>>()
  for (const side of visible) {
    const known = anchors.get(side.person) ?? new Set<string>()
    for (const key of side.familyKeys) known.add(key)
    anchors.set(side.person, known)
  }
  return (a, b) => !(anchors.get(a) ?? new Set()).isDisjointFrom(anchors.get(b) ?? new Set())
}

function organisations(sides: Involvement[]): number {
  return new Set(sides.map((side) => side.organisation)).size
}
