import { FamilyGroups } from './family-groups.ts'
import { familyTies, type Ties } from './family-ties.ts'
import { type Generations, generations } from './generations.ts'
import { type Household, householdsOf } from './households.ts'
import type { Lines } from './lines.ts'
import type { LinkedLines } from './linked-lines.ts'
import { NumberLists } from './number-lists.ts'
import { partnerSteps } from './partner-steps.ts'

const LOOSE_MAX = 3
const TWO_AND_TWO = 4
const TWO_WITH_CHILDREN = 5
const CHILDREN_MAX = 24
/** Of houses with a family, the share that may hold another. */
const CHANGED_HANDS_MAX = 0.03

/**
 * Per line the number of its family, or null for who has none. Family are own parents, children, (half-)siblings and one's household. What
 * is surest joins first: kin under one roof, kin elsewhere, one household, and last who waits for a person of the family. A label never
 * spans two partner steps: an ex-partner's new partner is a stranger, though every step between is family.
 */
export function familiesOf(lines: Lines, linked: LinkedLines): (number | null)[] {
  const { personOf } = linked
  const ties = familyTies(lines, personOf)
  const isTooFar = partnerSteps(ties)
  const doubts = doubtsIn(linked)
  const families = new FamilyGroups(lines.length, (one, other) => !isTooFar(one, other) || doubts.get(one)?.has(other) === true)
  const households = householdsOf(lines, personOf)
  joinKin(families, ties, households)
  for (const { names } of households) for (const group of names) joinAll(families, group)
  const isChildHere = changeHands(families, households, ties) ? () => false : generations(lines, personOf, ties)
  for (const { persons } of households) joinLoose(families, persons, ties, isChildHere)
  for (const couple of ties.couples) joinCouple(families, couple)
  joinDoubted(families, doubts)
  return Array.from(personOf, (person) => (families.membersOf(person).length > 1 ? families.of(person) : null))
}

/** Parents with their children and these with each other: who were seen at one house first. */
function joinKin(families: FamilyGroups, { persons, childrenOf }: Ties, households: Household[]): void {
  const housesOf = new NumberLists(persons)
  households.forEach(({ persons: here }, house) => {
    for (const person of here) housesOf.add(person, house)
  })
  const elsewhere: [one: number, other: number][] = []
  for (let at = 0; at < childrenOf.keys.length; at++) {
    const parent = childrenOf.keys.at(at)
    const children = childrenOf.of(parent)
    const kin = parent < persons ? [parent, ...children] : children
    if (kin.length > CHILDREN_MAX) continue
    kin.forEach((one, place) => {
      for (const other of kin.slice(place + 1)) {
        if (housesOf.meet(one, other)) families.join(one, other)
        else elsewhere.push([one, other])
      }
    })
  }
  for (const [one, other] of elsewhere) families.join(one, other)
}

function joinAll(families: FamilyGroups, persons: readonly number[]): void {
  persons.forEach((one, at) => {
    for (const other of persons.slice(at + 1)) families.join(one, other)
  })
}

/**
 * Whether so many houses where a family with both parents stands hold another such family, that people without a family there are more likely left of
 * a third: houses change hands, and addresses stay behind.
 */
function changeHands(families: FamilyGroups, households: Household[], { childrenOf }: Ties): boolean {
  let [one, several] = [0, 0]
  for (const { persons } of households) {
    const heads = [...new Set(persons.map((person) => families.of(person)))]
    const whole = heads.filter((head) => families.membersOf(head).filter((person) => childrenOf.has(person)).length === 2)
    if (whole.length > 0) one++
    if (whole.length > 1) several++
  }
  return several > one * CHANGED_HANDS_MAX
}

/** Children of what is likely one couple: those of whom nothing else tells a family, for two couples can be named alike. */
function joinCouple(families: FamilyGroups, children: number[]): void {
  const heads = new Set(children.map((child) => families.of(child)))
  if ([...heads].filter((head) => families.membersOf(head).length > 1).length < 2) joinAll(families, [...heads])
}

/**
 * One family at a house, and people of other surnames who have no family elsewhere: children under a name of their own, and partners where not
 * both parents are known. Two small families are one.
 */
function joinLoose(families: FamilyGroups, persons: number[], ties: Ties, isYounger: Generations): void {
  const heads = [...new Set(persons.map((person) => families.of(person)))]
  const loose = heads.filter((head) => families.membersOf(head).length === 1)
  const [family, other, more] = heads.filter((head) => families.membersOf(head).length > 1)
  if (loose.length > LOOSE_MAX || more !== undefined) return
  if (other !== undefined) {
    if (isOneHousehold(families, family!, other, ties)) families.join(family!, other)
    return
  }
  const parents = family === undefined ? [] : families.membersOf(family).filter((person) => ties.childrenOf.has(person))
  const isChild = (person: number): boolean => ties.parentsOf.has(person) || parents.some((parent) => isYounger(person, parent))
  joinAll(families, parents.length < 2 ? heads : [family!, ...loose.filter(isChild)])
}

/**
 * Two and two, with one registered parent each at most, or three and two with one parent each: more likely partners with children of their own than
 * one family after another. A parent whom a child names and nobody registers may live elsewhere.
 */
function isOneHousehold(families: FamilyGroups, family: number, other: number, { childrenOf }: Ties): boolean {
  const [some, others] = [families.membersOf(family), families.membersOf(other)]
  const [one, two] = [some, others].map((members) => members.filter((person) => childrenOf.has(person)).length)
  const max = one === 1 && two === 1 ? TWO_WITH_CHILDREN : TWO_AND_TWO
  return some.length + others.length <= max && one! < 2 && two! < 2
}

/** Who waits for persons of one family is of that family, whoever he is. */
function joinDoubted(families: FamilyGroups, doubts: Map<number, Set<number>>): void {
  for (const [person, others] of doubts) {
    if (families.membersOf(person).length > 1) continue
    const heads = new Set([...others].map((other) => families.of(other)))
    if (heads.size === 1) joinAll(families, [person, ...heads])
  }
}

/** Who may be whom, both ways: two such persons are not two partners of one parent. */
function doubtsIn({ personOf, doubts: waiting }: LinkedLines): Map<number, Set<number>> {
  const doubts = new Map<number, Set<number>>()
  const add = (one: number, other: number): void => {
    const known = doubts.get(one)
    if (known) known.add(other)
    else doubts.set(one, new Set([other]))
  }
  for (let line = 0; line < personOf.length; line++) {
    const person = personOf[line]!
    for (const { person: other } of waiting.get(line) ?? []) {
      add(person, other)
      add(other, person)
    }
  }
  return doubts
}
