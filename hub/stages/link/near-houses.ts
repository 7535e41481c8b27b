import type { Token } from '../../crypto/derived-keys.ts'
import type { FamilyFit } from './family-fit.ts'
import type { FamilyGroups } from './family-groups.ts'
import type { Lines } from './lines.ts'
import { FAMILIES_MAX, type LoneNames } from './lone-names.ts'
import type { ParentsTold } from './parents-told.ts'

/** What two addresses have in common of which one is a slip of the other: postcode's letters and number, its digits and number, the postcode. */
const PARTS = ['letters', 'area', 'pc'] as const

/** A surname so common that a family of that name stands nearby by chance, so often or more, says nothing. */
const CHANCE_MAX = 0.03

/**
 * Who is in no family yet, and whose address is one slip away from that of the only family of his surname nearby: a wrong digit or letter in the postcode, or
 * another number in the street.
 */
export function joinNearHouses(
  families: FamilyGroups,
  lines: Lines,
  personOf: Int32Array,
  told: ParentsTold,
  { namesOf, surnames }: LoneNames,
  fits: FamilyFit,
): void {
  for (const part of PARTS) {
    const parts = lines.addresses.map((address) => address?.[part] ?? null)
    const rareMax = Math.min(new Set(parts).size * CHANCE_MAX, FAMILIES_MAX)
    const rareNames = new Map<number, Set<Token>>()
    for (const person of namesOf.keys()) {
      if (!families.isAlone(person)) continue
      const rare = told.surnamesOf(person).filter((name) => (surnames.get(name)?.families.size ?? FAMILIES_MAX) < rareMax)
      if (rare.length > 0) rareNames.set(person, new Set(rare))
    }
    const joins: [person: number, neighbour: number][] = []
    for (const [person, others] of neighboursOf(rareNames, lines, personOf, parts)) {
      const names = rareNames.get(person)!
      const namesakes = others.filter((other) => told.surnamesOf(other).some((name) => names.has(name)))
      const near = new Set(namesakes.map((other) => families.of(other)))
      if (near.size === 1 && fits(person, families.membersOf(namesakes[0]!))) joins.push([person, namesakes[0]!])
    }
    for (const [person, neighbour] of joins) families.join(person, neighbour)
  }
}

/** Per person of these everybody else with whom a part of an address is shared. `parts`: that part by address. */
function neighboursOf(
  persons: Map<number, unknown>,
  lines: Lines,
  personOf: Int32Array,
  parts: (Token | null)[],
): Map<number, number[]> {
  const sharedBy = new Map<Token, Set<number>>()
  const groupsOf = new Map<number, Set<Set<number>>>()
  for (let line = 0; line < personOf.length; line++) {
    const person = personOf[line]!
    const part = persons.has(person) && lines.address(line) >= 0 ? parts[lines.address(line)]! : null
    if (part === null) continue
    const group = sharedBy.get(part) ?? new Set()
    sharedBy.set(part, group)
    groupsOf.set(person, (groupsOf.get(person) ?? new Set()).add(group))
  }
  const groupAt = parts.map((part) => (part === null ? undefined : sharedBy.get(part)))
  for (let line = 0; line < personOf.length; line++) {
    const address = lines.address(line)
    if (address >= 0) groupAt[address]?.add(personOf[line]!)
  }
  const found = new Map<number, number[]>()
  for (const [person, groups] of groupsOf)
    found.set(
      person,
      [...new Set([...groups].flatMap((group) => [...group]))].filter((other) => other !== person),
    )
  return found
}
