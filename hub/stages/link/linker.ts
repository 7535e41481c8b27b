import { BlockIndex } from './block-index.ts'
import { compareDates } from './compare-facts.ts'
import { decide } from './decide.ts'
import type { LinkDecision, Member, PersonCandidate, ReviewCandidate } from './decision.ts'
import { tellFrequencies } from './frequencies.ts'
import type { LinkModel } from './model.ts'
import type { Profile } from './profile.ts'
import { richnessOf } from './richness.ts'

/** A line of the linker's input: its name and its profile. */
export interface LinkLine {
  rid: string
  profile: Profile
}

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

interface LineMember extends Member {
  line: number
}

interface State {
  lines: LinkLine[]
  model: LinkModel
  index: BlockIndex
  /** Per line its person; per person its lines. Persons are numbered by the line that began them. */
  personOf: Int32Array
  membersOf: (LineMember[] | undefined)[]
  /** Per person the last line that looked at it. */
  seenBy: Int32Array
  /** Per line what was decided, without the evidence: that is a kilobyte a line. */
  outcomes: LinkDecision['outcome'][]
  doubts: (LinkedLine['candidates'] | undefined)[]
}

/**
 * Links lines in memory, as the hub would one by one, but the ones that say most first: so the order of the lines does not decide.
 * What stayed in doubt or alone is looked at again when every person is known. Takes the array over: afterwards it holds the lines with what
 * counting told of them, and without their blocking keys.
 */
export function linkAll(lines: LinkLine[], model: LinkModel): LinkResult {
  const index = new BlockIndex(
    lines.map(({ profile }) => profile.keys),
    model.blockMax,
  )
  tellFrequencies(lines)
  const state: State = {
    lines,
    model,
    index,
    personOf: new Int32Array(lines.length).fill(-1),
    membersOf: new Array(lines.length),
    seenBy: new Int32Array(lines.length).fill(-1),
    outcomes: new Array(lines.length),
    doubts: new Array(lines.length),
  }
  const order = orderOf(lines)
  for (const line of order) take(state, line)
  state.seenBy.fill(-1)
  for (const line of order) if (state.membersOf[state.personOf[line]!]!.length === 1) reconsider(state, line)
  return { lines: lines.map((_, line) => resultOf(state, line)), fullBlocks: state.index.full }
}

function orderOf(lines: LinkLine[]): number[] {
  const richness = lines.map(({ profile }) => richnessOf(profile))
  return lines.map((_, at) => at).sort((a, b) => richness[b]! - richness[a]! || compareText(lines[a]!.rid, lines[b]!.rid))
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function take(state: State, line: number): void {
  const decision = decideOn(state, line)
  state.index.add(line)
  state.personOf[line] = line
  state.membersOf[line] = [{ id: String(line), profile: state.lines[line]!.profile, line }]
  apply(state, line, decision)
}

/** A line that is alone may fit now that later lines have told more of the others. */
function reconsider(state: State, line: number): void {
  apply(state, line, decideOn(state, line))
}

function decideOn(state: State, line: number): LinkDecision {
  const { personOf, seenBy, membersOf } = state
  const { profile } = state.lines[line]!
  const candidates: PersonCandidate[] = []
  const own = personOf[line]!
  const cut = state.index.visit(line, (other) => {
    const person = personOf[other]!
    if (person === own || seenBy[person] === line) return
    seenBy[person] = line
    const members = membersOf[person]!
    if (members.some((member) => mayBe(profile, member.profile)))
      candidates.push({ person: String(person), members, apart: false })
  })
  return decide({ id: String(line), profile }, candidates, state.model, cut)
}

/** Of another birth date and without its number it is another person, whatever the rest says: the ladder need not be climbed. */
function mayBe(one: Profile, other: Profile): boolean {
  return compareDates(one.date, other.date) !== 'anders' || (one.bsn !== null && one.bsn === other.bsn)
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
  const members = state.membersOf[from]!
  for (const { line } of members) state.personOf[line] = to
  state.membersOf[to]!.push(...members)
  state.membersOf[from] = undefined
}

function doubtOf({ person, score, reason }: ReviewCandidate): LinkedLine['candidates'][number] {
  return { person: Number(person), score, reason }
}

function resultOf(state: State, line: number): LinkedLine {
  const person = state.personOf[line]!
  const outcome = state.outcomes[line]!
  const candidates = reviewOf(state, person, state.doubts[line] ?? NO_DOUBT)
  return {
    rid: state.lines[line]!.rid,
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
