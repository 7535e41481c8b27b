import type { DisclosureRow } from '../rows.ts'
import type { MatchKind } from '../stages/match/find-matches.ts'
import type { Involvement } from '../stages/match/involvement.ts'
import { toldSeqs } from './told.ts'

/** A match as it stands after this change; without sides when it closed. */
export interface StandingMatch {
  id: string
  kind: MatchKind
  sides: Involvement[]
  /** Nobody made contact within the term: the coördinatiepunt may see it where organisations come first. */
  escalated: boolean
}

/** Matches that have to do with each other through a registration or a person, with what was told of them. */
export interface World {
  matches: StandingMatch[]
  told: DisclosureRow[]
  /** Every side of its matches, once. */
  sides: Involvement[]
}

/**
 * Takes a batch apart into what stands by itself. No view and no pairing of what was told with what is seen runs from one world into
 * another, so each receiver is asked about the worlds that it has a part in, and not about everybody's.
 */
export function worldsOf(matches: StandingMatch[], told: DisclosureRow[]): World[] {
  const groups = joined()
  for (const match of matches) groups.join([match.id, ...match.sides.flatMap((side) => [side.seq, side.person])])
  for (const row of told) groups.join([row.match, ...toldSeqs(row)])
  const worlds = new Map<string | number, World>()
  const worldOf = (name: string) => {
    const group = groups.find(name)
    const world = worlds.get(group) ?? { matches: [], told: [], sides: [] }
    worlds.set(group, world)
    return world
  }
  for (const match of matches) worldOf(match.id).matches.push(match)
  for (const row of told) worldOf(row.match).told.push(row)
  for (const world of worlds.values()) world.sides = sidesOf(world.matches)
  return [...worlds.values()]
}

/** Every side of these matches, once. */
export function sidesOf(matches: StandingMatch[]): Involvement[] {
  return [...new Map(matches.flatMap((match) => match.sides).map((side) => [side.seq, side])).values()]
}

/** Sets that are joined whenever two names are said to belong together (union-find, with halving of paths). */
function joined() {
  const parents = new Map<string | number, string | number>()
  const find = (name: string | number): string | number => {
    let at = name
    for (let up = parents.get(at); up !== undefined; up = parents.get(at)) {
      const above = parents.get(up)
      if (above !== undefined) parents.set(at, above)
      at = above ?? up
    }
    return at
  }
  return {
    find,
    join(names: (string | number)[]) {
      const first = find(names[0] as string | number)
      for (const name of names) {
        const other = find(name)
        if (other !== first) parents.set(other, first)
      }
    },
  }
}
