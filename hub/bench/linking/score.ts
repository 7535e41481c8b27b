import type { LinkedLine } from '../../stages/link/linked-lines.ts'
import type { Rid } from '../../stages/link/subject.ts'
import { editsWithinOne } from './families.ts'
import type { LinkSet, Truth } from './registrations.ts'

export interface Figures {
  precision: number
  recall: number
  recallWithReview: number
  review: number
  /** Labels that hold more than one person. */
  mixed: number
  labels: number
  twins: { far: number; farJoined: number; near: number; nearJoined: number }
}

/** Pairwise figures of a linking result against the truth; recall with review counts what a reviewer with the right answer would join. */
export function figuresOf(set: Pick<LinkSet, 'truth' | 'persons'>, lines: LinkedLine[]): Figures {
  const labels = groupBy(lines, ({ person }) => person)
  const truthOf = new Map<Rid, Truth>(set.truth.map((truth) => [truth.rid, truth]))
  let joined = 0
  let right = 0
  let mixed = 0
  for (const members of labels.values()) {
    const persons = groupBy(members, ({ rid }) => truthOf.get(rid)!.person)
    joined += pairs(members.length)
    for (const same of persons.values()) right += pairs(same.length)
    if (persons.size > 1) mixed++
  }
  const all = pairsOfTruth(set.truth)
  const linkable = pairsOfTruth(set.truth.filter((truth) => truth.linkable))
  return {
    precision: joined === 0 ? 1 : right / joined,
    recall: all === 0 ? 1 : right / all,
    recallWithReview: reviewedPairs(lines, truthOf) / Math.max(1, linkable),
    review: lines.filter(({ outcome }) => outcome === 'review').length / lines.length,
    mixed,
    labels: labels.size,
    twins: twinsOf(set, labels, truthOf),
  }
}

function pairsOfTruth(truth: Truth[]): number {
  return [...groupBy(truth, ({ person }) => person).values()].reduce((sum, same) => sum + pairs(same.length), 0)
}

/** Pairs of linkable lines of one person that end up together when every question is answered rightly. */
function reviewedPairs(lines: LinkedLine[], truthOf: Map<Rid, Truth>): number {
  let found = 0
  for (const own of groupBy(lines, ({ rid }) => truthOf.get(rid)!.person).values()) {
    const root = new Map<number, number>()
    const find = (label: number): number => {
      const up = root.get(label) ?? label
      return up === label ? label : find(up)
    }
    const labels = new Set(own.map(({ person }) => person))
    for (const { person, candidates } of own)
      for (const { person: other } of candidates) if (labels.has(other)) root.set(find(person), find(other))
    const linkable = own.filter(({ rid }) => truthOf.get(rid)!.linkable)
    for (const same of groupBy(linkable, ({ person }) => find(person)).values()) found += pairs(same.length)
  }
  return found
}

function twinsOf(
  { persons }: Pick<LinkSet, 'persons'>,
  labels: Map<number, LinkedLine[]>,
  truthOf: Map<Rid, Truth>,
): Figures['twins'] {
  const joined = new Set<string>()
  for (const members of labels.values()) {
    const inside = new Map(members.map(({ rid }) => [truthOf.get(rid)!.person, truthOf.get(rid)!]))
    for (const truth of inside.values())
      if (truth.twin && inside.has(truth.twin.of)) joined.add([truth.person, truth.twin.of].sort().join('|'))
  }
  const twins = { far: 0, farJoined: 0, near: 0, nearJoined: 0 }
  for (const person of persons.values()) {
    if (!person.twin || person.id > person.twin.of) continue
    const near = editsWithinOne(person.given[0]!, persons.get(person.twin.of)!.given[0]!)
    const isJoined = joined.has([person.id, person.twin.of].sort().join('|'))
    twins[near ? 'near' : 'far']++
    if (isJoined) twins[near ? 'nearJoined' : 'farJoined']++
  }
  return twins
}

function pairs(count: number): number {
  return (count * (count - 1)) / 2
}

function groupBy<T, K>(values: Iterable<T>, keyOf: (value: T) => K): Map<K, T[]> {
  return Map.groupBy(values, keyOf)
}

export interface FamilyFigures {
  precision: number
  recall: number
}

/** Pairs of persons in one family, found against true; a person counts once, at its first line. */
export function familyFigures(set: Pick<LinkSet, 'truth'>, families: (number | null)[]): FamilyFigures {
  const first = new Map<string, { family: string; label: number | null }>()
  set.truth.forEach((truth, at) => {
    const known = first.get(truth.person)
    if (!known || known.label === null) first.set(truth.person, { family: truth.family, label: families[at] ?? null })
  })
  const persons = [...first.values()]
  const found = persons.filter(({ label }) => label !== null)
  const right = count(groupBy(found, ({ family, label }) => `${family}|${label}`))
  return {
    precision: right / count(groupBy(found, ({ label }) => label)),
    recall: right / count(groupBy(persons, ({ family }) => family)),
  }
}

function count(groups: Map<unknown, unknown[]>): number {
  return [...groups.values()].reduce((sum, members) => sum + pairs(members.length), 0)
}
