import type { FamilyFit } from './family-fit.ts'
import type { FamilyGroups } from './family-groups.ts'
import type { LoneNames } from './lone-names.ts'

/** So many persons of the one family must tell the surname, so that it is no slip of a pen. */
const TELLERS_MIN = 2

/** Who is in no family yet and has surnames that in all of the file only one family tells is of that family, if he fits. */
export function joinRareSurnames(families: FamilyGroups, { namesOf, surnames, tells }: LoneNames, fits: FamilyFit): void {
  if (!tells) return
  const joins: [person: number, member: number][] = []
  for (const [person, names] of namesOf) {
    if (!families.isAlone(person)) continue
    const tellers = [...names].map((name) => surnames.get(name)!)
    const others = new Set(tellers.flatMap((told) => told.persons).filter((teller) => teller !== person))
    if (others.size < TELLERS_MIN) continue
    const [member] = others
    const family = families.of(member!)
    const isOnly = tellers.every((told) => [...told.families].every((one) => one === person || families.of(one) === family))
    if (isOnly && fits(person, families.membersOf(family))) joins.push([person, member!])
  }
  for (const [person, member] of joins) families.join(person, member)
}
