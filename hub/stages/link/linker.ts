import { BlockIndex } from './block-index.ts'
import { compareDates } from './compare-facts.ts'
import { decide } from './decide.ts'
import type { LinkDecision, Member, PersonCandidate, ReviewCandidate } from './decision.ts'
import { tellFrequencies } from './frequencies.ts'
import type { Lines } from './lines.ts'
import { type Doubt, LinkedLines } from './linked-lines.ts'
import type { LinkModel } from './model.ts'
import { richnessOf } from './richness.ts'
import { compareRids } from './subject.ts'

interface State {
  lines: Lines
  model: LinkModel
  index: BlockIndex
  /** What was decided, without the evidence: that is a kilobyte a line. */
  linked: LinkedLines
  /** Per line its person; persons are numbered by the line that began them. */
  personOf: Int32Array
  /** The lines of a person, from the one that began it: per line the one after it, -1 for the last; per person the last. */
  next: Int32Array
  last: Int32Array
  /** Per person the last line that looked at it. */
  seenBy: Int32Array
}

/**
 * Links lines in memory, as the hub would one by one, but the ones that say most first: so the order of the lines does not decide.
 * What stayed in doubt or alone is looked at again when every person is known. Takes the lines over: afterwards they hold what counting told
 * of them, and no blocking keys.
 */
export function linkAll(lines: Lines, model: LinkModel): LinkedLines {
  lines.complete()
  const index = new BlockIndex(lines.keys.take(), lines.keyStarts.take(), model.blockMax)
  tellFrequencies(lines)
  const personOf = new Int32Array(lines.length).fill(-1)
  const state: State = {
    lines,
    model,
    index,
    linked: new LinkedLines(lines.rids, personOf),
    personOf,
    next: new Int32Array(lines.length).fill(-1),
    last: Int32Array.from(lines.rids, (_, line) => line),
    seenBy: new Int32Array(lines.length).fill(-1),
  }
  const order = orderOf(lines)
  for (const line of order) take(state, line)
  state.seenBy.fill(-1)
  for (const line of order) if (isAlone(state, line)) reconsider(state, line)
  for (const [line, doubts] of state.linked.doubts) settle(state, line, doubts)
  state.linked.fullBlocks = index.full
  return state.linked
}

function orderOf(lines: Lines): Int32Array {
  const { rids } = lines
  const richness = Int32Array.from(rids, (_, line) => richnessOf(lines.profile(line)))
  return Int32Array.from(rids, (_, line) => line).sort((a, b) => richness[b]! - richness[a]! || compareRids(rids[a]!, rids[b]!))
}

function take(state: State, line: number): void {
  const decision = decideOn(state, line)
  state.index.add(line)
  state.personOf[line] = line
  apply(state, line, decision)
}

/** A line that is alone may fit now that later lines have told more of the others. */
function reconsider(state: State, line: number): void {
  apply(state, line, decideOn(state, line))
}

function isAlone({ personOf, last }: State, line: number): boolean {
  return personOf[line] === line && last[line] === line
}

function decideOn(state: State, line: number): LinkDecision {
  const { personOf, seenBy } = state
  const candidates: PersonCandidate[] = []
  const own = personOf[line]!
  const cut = state.index.visit(line, (other) => {
    const person = personOf[other]!
    if (person === own || seenBy[person] === line) return
    seenBy[person] = line
    if (mayBePerson(state, line, person))
      candidates.push({ person: String(person), members: membersOf(state, person), apart: false })
  })
  return decide(memberOf(state, line), candidates, state.model, cut)
}

function mayBePerson({ lines, next }: State, line: number, person: number): boolean {
  for (let member = person; member >= 0; member = next[member]!) if (mayBe(lines, line, member)) return true
  return false
}

/** Of another birth date and without its number it is another person, whatever the rest says: the ladder need not be climbed. */
function mayBe(lines: Lines, one: number, other: number): boolean {
  const [born, otherBorn] = [lines.date(one), lines.date(other)]
  if (born === otherBorn || compareDates(lines.dates[born]!, lines.dates[otherBorn]!) !== 'anders') return true
  const bsn = lines.bsn(one)
  return bsn >= 0 && bsn === lines.bsn(other)
}

function membersOf(state: State, person: number): Member[] {
  const members: Member[] = []
  for (let line = person; line >= 0; line = state.next[line]!) members.push(memberOf(state, line))
  return members
}

/** Nobody asks a line of a file by what it is called. */
function memberOf({ lines }: State, line: number): Member {
  return { id: '', profile: lines.profile(line) }
}

function apply(state: State, line: number, decision: LinkDecision): void {
  state.linked.decided(line, decision.outcome)
  if (decision.outcome === 'review') state.linked.doubts.set(line, decision.candidates.map(doubtOf))
  else state.linked.doubts.delete(line)
  if (decision.outcome !== 'linked') return
  const target = Number(decision.person)
  move(state, state.personOf[line]!, target)
  for (const other of decision.alsoMerge) move(state, Number(other), target)
}

function move(state: State, from: number, to: number): void {
  if (from === to) return
  for (let line = from; line >= 0; line = state.next[line]!) state.personOf[line] = to
  state.next[state.last[to]!] = from
  state.last[to] = state.last[from]!
}

function doubtOf({ person, score, reason }: ReviewCandidate): Doubt {
  return { person: Number(person), score, reason }
}

/** The persons in doubt as they are in the end; a person that became the line's own is no doubt any more. */
function settle({ personOf, linked }: State, line: number, doubts: Doubt[]): void {
  const own = personOf[line]!
  const seen = new Map<number, Doubt>()
  for (const { person, score, reason } of doubts) {
    const resolved = personOf[person]!
    if (resolved !== own && !seen.has(resolved)) seen.set(resolved, { person: resolved, score, reason })
  }
  if (seen.size > 0) linked.doubts.set(line, [...seen.values()])
  else {
    linked.doubts.delete(line)
    linked.decided(line, 'linked')
  }
}
