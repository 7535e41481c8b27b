import type { Involvement } from './involvement.ts'

export type MatchKind = 'persoon' | 'gezin'

/** A match as it ought to be now, from the open involvements alone. */
export interface FoundMatch {
  kind: MatchKind
  /** The person's pseudonym, or the family key that names the group. */
  subject: string
  sides: Involvement[]
}

/** Two or more organisations with an open involvement with one person. */
export function personMatches(open: Involvement[]): FoundMatch[] {
  return [...groupBy(open, (side) => side.person)]
    .filter(([, sides]) => organisationsOf(sides) >= 2)
    .map(([person, sides]) => ({ kind: 'persoon', subject: person, sides }))
}

/**
 * Two or more organisations over the members of one family. A family is the set of persons that share one anchor: a guardian
 * (that parent and all the children he or she has custody of) or a household reference. Anchors are never chained, so a family
 * never takes two partner steps (domain.md, Match). A group that lies within another is told once, by the larger.
 */
export function familyMatches(open: Involvement[]): FoundMatch[] {
  const byPerson = groupBy(open, (side) => side.person)
  return largestGroups(personsPerAnchor(open))
    .map(({ anchor, persons }) => ({ anchor, sides: [...persons].flatMap((person) => byPerson.get(person) ?? []) }))
    .filter(({ sides }) => crossesPersons(sides))
    .map(({ anchor, sides }) => ({ kind: 'gezin', subject: anchor, sides: sides.sort((a, b) => a.seq - b.seq) }))
}

/** Two different organisations with two different persons: what a match of one person does not tell already. */
function crossesPersons(sides: Pick<Involvement, 'organisation' | 'countsAs' | 'person'>[]): boolean {
  const pairs = new Map(sides.map((side) => [`${countedOrganisation(side)} ${side.person}`, side]))
  const one = [...pairs.values()]
  return one.some((a) => one.some((b) => countedOrganisation(a) !== countedOrganisation(b) && a.person !== b.person))
}

function personsPerAnchor(open: Involvement[]): Map<string, Set<string>> {
  const groups = new Map<string, Set<string>>()
  for (const side of open)
    for (const key of side.familyKeys) {
      const persons = groups.get(key)
      if (persons) persons.add(side.person)
      else groups.set(key, new Set([side.person]))
    }
  return groups
}

function largestGroups(groups: Map<string, Set<string>>): { anchor: string; persons: Set<string> }[] {
  const ordered = [...groups]
    .filter(([, persons]) => persons.size >= 2)
    .sort(([a, left], [b, right]) => right.size - left.size || (a < b ? -1 : 1))
  const kept: { anchor: string; persons: Set<string> }[] = []
  for (const [anchor, persons] of ordered)
    if (!kept.some((larger) => persons.isSubsetOf(larger.persons))) kept.push({ anchor, persons })
  return kept
}

function organisationsOf(sides: Involvement[]): number {
  return new Set(sides.map(countedOrganisation)).size
}

/** Both sides of a hand-over count as one organisation during its term. */
function countedOrganisation({ organisation, countsAs }: Pick<Involvement, 'organisation' | 'countsAs'>): string {
  return countsAs ?? organisation
}

function groupBy<T, K>(items: Iterable<T>, key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group) group.push(item)
    else groups.set(key(item), [item])
  }
  return groups
}
