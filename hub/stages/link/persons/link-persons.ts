import { type Doubt, LinkedLines } from '../linked-lines.ts'
import { compareRids } from '../subject.ts'
import type { PersonLine } from './person-line.ts'
import type { PersonModel } from './person-model.ts'
import { type WeighedPair, weighPairs } from './weigh-pairs.ts'

/**
 * Links lines that are of persons and not of families: no field decides by itself, and all weigh (Fellegi and Sunter 1969). Two lines whose
 * chance of being one person is enough are joined, the surest first; of a chance that is less somebody is asked. The order of the lines does
 * not decide.
 */
export function linkPersons(given: PersonLine[], model: PersonModel): LinkedLines {
  const places = Array.from(given, (_, at) => at).sort((a, b) => compareRids(given[a]!.rid, given[b]!.rid))
  const { pairs, fullBlocks } = weighPairs(
    places.map((at) => given[at]!),
    model,
  )
  const prior = priorBits(pairs, given.length)
  const sure = bitsOf(model.link) - prior
  const doubtful = bitsOf(model.review) - prior
  const known = pairs
    .filter(({ bits }) => bits >= doubtful)
    .map(({ one, other, bits }) => ({ one: places[one]!, other: places[other]!, bits }))
    .sort((a, b) => b.bits - a.bits)
  const personOf = joined(
    known.filter(({ bits }) => bits >= sure),
    given.length,
    model.personMax,
  )
  return resultOf(given, personOf, known, fullBlocks)
}

const TURNS = 30

/** How likely two lines of this file are one person before they are compared, as log2 of the odds: by EM, with the weights held. */
function priorBits(pairs: WeighedPair[], lines: number): number {
  const all = Math.max(1, (lines * (lines - 1)) / 2)
  let odds = oddsOf(lines / 4, all)
  for (let turn = 0; turn < TURNS; turn++) {
    let same = 0
    for (const { bits } of pairs) same += 1 - 1 / (1 + 2 ** bits * odds)
    odds = oddsOf(same, all)
  }
  return Math.log2(odds)
}

/** At least half a pair in the file, and at most every other pair, is of one person. */
function oddsOf(same: number, all: number): number {
  const share = Math.min(0.5, Math.max(0.5, same) / all)
  return share / (1 - share)
}

function bitsOf(chance: number): number {
  return Math.log2(chance / (1 - chance))
}

/** Per line the first line of its person. Pairs come surest first; one that would make a person too large is left out. */
function joined(pairs: WeighedPair[], lines: number, personMax: number): number[] {
  const members = Array.from({ length: lines }, (_, line) => [line])
  for (const { one, other } of pairs) {
    const [a, b] = [members[one]!, members[other]!]
    if (a === b || a.length + b.length > personMax) continue
    const both = [...a, ...b]
    for (const line of both) members[line] = both
  }
  return members.map((own) => own.reduce((first, line) => Math.min(first, line)))
}

function resultOf(lines: PersonLine[], personOf: number[], known: WeighedPair[], fullBlocks: number): LinkedLines {
  const linked = new LinkedLines(
    lines.map(({ rid }) => rid),
    Int32Array.from(personOf),
  )
  linked.fullBlocks = fullBlocks
  for (const { one, other, bits } of known) {
    addDoubt(linked, one, personOf[other]!, bits)
    addDoubt(linked, other, personOf[one]!, bits)
  }
  for (let at = 0; at < lines.length; at++)
    linked.decided(at, linked.doubts.has(at) ? 'review' : personOf[at] === at ? 'new' : 'linked')
  return linked
}

function addDoubt({ personOf, doubts }: LinkedLines, line: number, person: number, bits: number): void {
  if (person === personOf[line]) return
  const known: Doubt[] = doubts.get(line) ?? []
  if (known.some(({ person: before }) => before === person)) return
  known.push({ person, score: Math.round(bits * 100) / 100, reason: 'twijfel' })
  doubts.set(line, known)
}
