import { BlockIndex } from './block-index.ts'
import { compareDates } from './compare-facts.ts'
import { decide } from './decide.ts'
import type { LinkDecision, Member, PersonCandidate, ReviewCandidate } from './decision.ts'
import { tellFrequencies } from './frequencies.ts'
import type { Lines } from './lines.ts'
import type { LinkModel } from './model.ts'
import { richnessOf } from './richness.ts'

/** What became of a line: the number of its person, and what it waits for. */
export interface LinkedLine {
  rid: string
  person: number
  outcome: LinkDecision['outcome']
  /** Persons of this result, best first. */
  candidates: { person: number; score: number; reason: ReviewCandidate['reason'] }[]
}

export interface LinkResult {
  lines: LinkedLine[]
  /** Blocks that were full, so that lines were not offered each other. */
  fullBlocks: number
}

interface State {
  lines: Lines
  model: LinkModel
  index: BlockIndex
  /** Per line its person; persons are numbered by the line that began them. */
  personOf: Int32Array
  /** The lines of a person, from the one that began it: per line the one after it, -1 for the last; per person the last. */
  next: Int32Array
  last: Int32Array
  /** Per person the last line that looked at it. */
  seenBy: Int32Array
  /** Per line what was decided, without the evidence: that is a kilobyte a line. */
  outcomes: LinkDecision['outcome'][]
  doubts: (LinkedLine['candidates'] | undefined)[]
}

/**
 * Links lines in memory, as the hub would one by one, but the ones that say most first: so the order of the lines does not decide.
 * What stayed in doubt or alone is looked at again when every person is known. Takes the lines over: afterwards they hold what counting told
 * of them, and no blocking keys.
 */
export function linkAll(lines: Lines, model: LinkModel): LinkResult {
  lines.complete()
  const index = new BlockIndex(lines.keys.take(), lines.keyStarts.take(), model.blockMax)
  tellFrequencies(lines)
  const state: State = {
    lines,
    model,
    index,
    personOf: new Int32Array(lines.length).fill(-1),
    next: new Int32Array(lines.length).fill(-1),
    last: Int32Array.from(lines.rids, (_, line) => line),
    seenBy: new Int32Array(lines.length).fill(-1),
    outcomes: new Array(lines.length),
    doubts: new Array(lines.length),
  }
  const order = orderOf(lines)
  for (const line of order) take(state, line)
  state.seenBy.fill(-1)
  for (const line of order) if (isAlone(state, line)) reconsider(state, line)
  return { lines: lines.rids.map((_, line) => resultOf(state, line)), fullBlocks: state.index.full }
}

function orderOf(lines: Lines): Int32Array {
  const { rids } = lines
  const richness = Int32Array.from(rids, (_, line) => richnessOf(lines.profile(line)))
  return Int32Array.from(rids, (_, line) => line).sort((a, b) => richness[b]! - richness[a]! || compareText(rids[a]!, rids[b]!))
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
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
  if (compareDates(lines.date(one), lines.date(other)) !== 'anders') return true
  const bsn = lines.bsn(one)
  return bsn !== null && bsn === lines.bsn(other)
}

function membersOf(state: State, person: number): Member[] {
  const members: Member[] = []
  for (let line = person; line >= 0; line = state.next[line]!) members.push(memberOf(state, line))
  return members
}

function memberOf({ lines }: State, line: number): Member {
  return { id: String(line), profile: lines.profile(line) }
}

function apply(state: State, line: number, decision: LinkDecision): void {
  state.outcomes[line] = decision.outcome
  state.doubts[line] = decision.outcome === 'review' ? decision.candidates.map(doubtOf) : undefined
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

function doubtOf({ person, score, reason }: ReviewCandidate): LinkedLine['candidates'][number] {
  return { person: Number(person), score, reason }
}

function resultOf(state: State, line: number): LinkedLine {
  const person = state.personOf[line]!
  const outcome = state.outcomes[line]!
  const candidates = reviewOf(state, person, state.doubts[line] ?? NO_DOUBT)
  return {
    rid: state.lines.rids[line]!,
    person,
    outcome: outcome === 'review' && candidates.length === 0 ? 'linked' : outcome,
    candidates,
  }
}

const NO_DOUBT: LinkedLine['candidates'] = []

/** The persons in doubt as they are in the end; a person that became the line's own is no doubt any more. */
function reviewOf(state: State, own: number, candidates: LinkedLine['candidates']): LinkedLine['candidates'] {
  if (candidates.length === 0) return NO_DOUBT
  const seen = new Map<number, LinkedLine['candidates'][number]>()
  for (const { person, score, reason } of candidates) {
    const resolved = state.personOf[person]!
    if (resolved !== own && !seen.has(resolved)) seen.set(resolved, { person: resolved, score, reason })
  }
  return [...seen.values()]
}
