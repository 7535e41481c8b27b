import type { Ties } from './family-ties.ts'
import type { Generations } from './generations.ts'
import { areOtherCouples, countParents, type ParentsTold } from './parents-told.ts'

/** Whether somebody can be of a family, by what is told of parents on both sides. */
export type FamilyFit = (person: number, members: readonly number[]) => boolean

/**
 * A child whose parents are not another couple; an adult where not both parents are known yet, or who is called as one of them. Where children of the
 * family have several fathers or mothers, only who has no other partner of the same parent beside him.
 */
export function familyFit(ties: Ties, told: ParentsTold, isYounger: Generations): FamilyFit {
  return (person, members) => {
    const parents = told.of(members)
    const own = told.of([person])
    if (areOtherCouples(own, parents)) return false
    if (own.length > 0 || members.some((member) => isYounger(person, member))) return true
    const count = countParents(parents)
    if (count < 2) return true
    if (!told.isOneOf(person, parents)) return false
    if (count === 2) return true
    const registered = members.filter((member) => ties.childrenOf.has(member))
    return members.some((child) => {
      const named = told.of([child])
      return told.isOneOf(person, named) && registered.every((parent) => told.isOneOf(parent, named))
    })
  }
}
