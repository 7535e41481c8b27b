import type { Token } from '../../crypto/derived-keys.ts'
import type { FamilyFit } from './family-fit.ts'
import type { FamilyGroups } from './family-groups.ts'
import type { Generations } from './generations.ts'
import type { LoneNames } from './lone-names.ts'

/**
 * Who is in no family yet and is named in full as a parent, or names one so: by given name, surname and birth year, or without a year when nobody else
 * is called that; and only when that is in one family, into which the parent fits.
 */
export function joinNamedParents(
  families: FamilyGroups,
  { full, tells }: LoneNames,
  fits: FamilyFit,
  isYounger: Generations,
): void {
  for (const agree of tells ? [haveYear, haveNoOtherYear] : [haveYear])
    for (const { bearers, children } of full) {
      if (agree === haveNoOtherYear && bearers.size > 1) continue
      const isParent = (bearer: number, child: number): boolean =>
        bearer !== child && agree(bearers.get(bearer)!, children.get(child)!) && isYounger(child, bearer)
      for (const bearer of bearers.keys()) {
        const child = families.isAlone(bearer) ? oneFamily(families, children.keys(), (one) => isParent(bearer, one)) : null
        if (child !== null && fits(bearer, families.membersOf(child))) families.join(bearer, child)
      }
      for (const child of children.keys()) {
        const bearer = families.isAlone(child) ? oneFamily(families, bearers.keys(), (one) => isParent(one, child)) : null
        if (bearer !== null && fits(bearer, families.membersOf(child))) families.join(bearer, child)
      }
    }
}

/** One of the persons for whom something holds, where they are all of one family; else null. */
function oneFamily(families: FamilyGroups, persons: Iterable<number>, holds: (person: number) => boolean): number | null {
  let found: number | null = null
  for (const person of persons) {
    if (!holds(person)) continue
    if (found !== null && families.of(found) !== families.of(person)) return null
    found ??= person
  }
  return found
}

function haveYear(own: Set<Token | null>, told: Set<Token | null>): boolean {
  for (const year of told) if (year !== null && own.has(year)) return true
  return false
}

function haveNoOtherYear(own: Set<Token | null>, told: Set<Token | null>): boolean {
  const isUnknown = own.size === 1 && own.has(null)
  for (const year of told) if (year !== null && !isUnknown && !own.has(year)) return false
  return true
}
