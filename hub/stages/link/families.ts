import { familyFit } from './family-fit.ts'
import { FamilyGroups } from './family-groups.ts'
import { familyTies, type Ties } from './family-ties.ts'
import { type Generations, generations } from './generations.ts'
import { type Household, householdsOf } from './households.ts'
import type { Lines } from './lines.ts'
import type { LinkedLines } from './linked-lines.ts'
import { loneNames } from './lone-names.ts'
import { joinNamedParents } from './named-parents.ts'
import { joinNearHouses } from './near-houses.ts'
import { NumberLists } from './number-lists.ts'
import { areOtherCouples, countParents, ParentsTold } from './parents-told.ts'
import { partnerSteps } from './partner-steps.ts'
import { joinRareSurnames } from './rare-surnames.ts'

const LOOSE_MAX = 3
/** Behind one door, for who has none of them to be of the household. */
const SURNAMES_MAX = 4
const TWO_AND_TWO = 4
const TWO_WITH_CHILDREN = 5
const CHILDREN_MAX = 24
/** What is left of a family beside its larger part. */
const PART_MAX = 3
/** Of houses with a family, the share that may hold another. */
const CHANGED_HANDS_MAX = 0.03

/**
 * Per line the number of its family, or null for who has none. Family are own parents, children, (half-)siblings and one's household. What
 * is surest joins first: kin under one roof, kin elsewhere, one household, who waits for a person of the family, and last who by names alone is of
 * one family only. A label never spans two partner steps: an ex-partner's new partner is a stranger, though every step between is family.
 */
export function familiesOf(lines: Lines, linked: LinkedLines): (number | null)[] {
  const { personOf } = linked
  const ties = familyTies(lines, personOf)
  const told = new ParentsTold(lines, personOf)
  const isTooFar = partnerSteps(ties, told)
  const doubts = doubtsIn(linked)
  const families = new FamilyGroups(lines.length, (one, other) => !isTooFar(one, other) || doubts.get(one)?.has(other) === true)
  const households = householdsOf(lines, personOf)
  joinKin(families, ties, households)
  for (const { names } of households) for (const group of names) joinNamesakes(families, group, told)
  const handsChange = changeHands(families, households, ties)
  const isYounger = generations(lines, personOf, ties)
  const isChildHere = handsChange ? () => false : isYounger
  for (const { persons, names } of households)
    if (names.length <= SURNAMES_MAX) joinLoose(families, persons, ties, isChildHere, handsChange ? told : null)
  for (const couple of ties.couples) joinCouple(families, couple)
  joinDoubted(families, doubts, told)
  const fits = familyFit(ties, told, isYounger)
  const names = loneNames(families, lines, personOf)
  joinNamedParents(families, names, fits, isYounger)
  joinRareSurnames(families, names, fits)
  joinNearHouses(families, lines, personOf, told, names, fits)
  const labels: (number | null)[] = new Array(personOf.length)
  for (let line = 0; line < personOf.length; line++)
    labels[line] = families.isAlone(personOf[line]!) ? null : families.of(personOf[line]!)
  return labels
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
        if (families.of(one) === families.of(other)) continue
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

/** People of one surname at one house, unless what they say of their parents tells two couples. */
function joinNamesakes(families: FamilyGroups, persons: readonly number[], told: ParentsTold): void {
  for (let at = 0; at < persons.length; at++)
    for (let next = at + 1; next < persons.length; next++) {
      const [one, other] = [persons[at]!, persons[next]!]
      if (families.of(one) === families.of(other)) continue
      const [some, others] = [families.membersOf(one), families.membersOf(other)]
      const isTold = told.isAnyTold(some) && told.isAnyTold(others)
      if (!isTold || !areOtherCouples(told.of(some), told.of(others))) families.join(one, other)
    }
}

/**
 * Whether so many houses where a family with both parents stands hold another such family, that people without a family there are more likely left of
 * a third: houses change hands, and addresses stay behind.
 */
function changeHands(families: FamilyGroups, households: Household[], { childrenOf }: Ties): boolean {
  let [one, several] = [0, 0]
  const isWhole = new Map<number, boolean>()
  const hasBothParents = (head: number): boolean => {
    const known = isWhole.get(head)
    if (known !== undefined) return known
    const is = families.membersOf(head).filter((person) => childrenOf.has(person)).length === 2
    isWhole.set(head, is)
    return is
  }
  for (const { persons } of households) {
    const whole = new Set<number>()
    for (const person of persons) if (hasBothParents(families.of(person))) whole.add(families.of(person))
    if (whole.size > 0) one++
    if (whole.size > 1) several++
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
 * both parents are known. Two small families are one. `told`: where houses change hands, who does not go with the parents whom the family names is a
 * stranger.
 */
function joinLoose(
  families: FamilyGroups,
  persons: number[],
  ties: Ties,
  isYounger: Generations,
  told: ParentsTold | null,
): void {
  const heads = [...new Set(persons.map((person) => families.of(person)))]
  const loose = heads.filter((head) => families.membersOf(head).length === 1)
  const [family, other, more] = heads.filter((head) => families.membersOf(head).length > 1)
  if (loose.length > LOOSE_MAX) return
  if (other !== undefined) {
    if (more === undefined && isOneHousehold(families, family!, other, ties)) families.join(family!, other)
    else joinRest(families, loose)
    return
  }
  const parents = family === undefined ? [] : families.membersOf(family).filter((person) => ties.childrenOf.has(person))
  const isChild = (person: number): boolean => ties.parentsOf.has(person) || parents.some((parent) => isYounger(person, parent))
  const named = family === undefined || told === null ? [] : told.of(families.membersOf(family))
  const isStranger = (person: number): boolean =>
    told !== null &&
    (isChild(person) ? areOtherCouples(told.of([person]), named) : countParents(named) > 1 && !told.isOneOf(person, named))
  const own = parents.length < 2 ? loose : loose.filter(isChild)
  joinAll(families, [...(family === undefined ? [] : [family]), ...own.filter((person) => !isStranger(person))])
  joinRest(families, loose)
}

/** Two who are left over in the house of others are a couple, or parent and child. */
function joinRest(families: FamilyGroups, loose: number[]): void {
  const [one, two, more] = loose.filter((person) => families.membersOf(person).length === 1)
  if (two !== undefined && more === undefined) families.join(one!, two)
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

/**
 * Of two persons who may be one the families are one, where one of them is small and all that is told of parents may be one couple. Who waits for
 * persons of one family is of that family, whoever he is.
 */
function joinDoubted(families: FamilyGroups, doubts: Map<number, Set<number>>, told: ParentsTold): void {
  const membersOf = (person: number): readonly number[] => families.membersOf(person)
  for (const [person, others] of doubts)
    for (const other of others) {
      const [size, otherSize] = [membersOf(person).length, membersOf(other).length]
      if (size === 1 || otherSize === 1 || Math.min(size, otherSize) > PART_MAX || families.of(person) === families.of(other))
        continue
      if (countParents(told.of([...membersOf(person), ...membersOf(other)])) < 3) families.join(person, other)
    }
  for (const [person, others] of doubts) {
    if (membersOf(person).length > 1) continue
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
