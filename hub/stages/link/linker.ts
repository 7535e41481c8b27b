import { BlockIndex } from './block-index.ts'
import { decide } from './decide.ts'
import type { LinkDecision, PersonCandidate, ReviewCandidate } from './decision.ts'
import { withFrequencies } from './frequencies.ts'
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

interface State {
  lines: LinkLine[]
  model: LinkModel
  index: BlockIndex
  /** Per line its person; per person its lines. Persons are numbered by the line that began them. */
  personOf: Int32Array
  membersOf: (number[] | undefined)[]
  decisions: (LinkDecision | undefined)[]
}

/**
 * Links lines in memory, as the hub would one by one, but the ones that say most first: so the order of the lines does not decide.
 * What stayed in doubt or alone is looked at again when every person is known.
 */
export function linkAll(input: LinkLine[], model: LinkModel): LinkResult {
  const lines = withFrequencies(input)
  const state: State = {
    lines,
    model,
    index: new BlockIndex(model.blockMax),
    personOf: new Int32Array(lines.length).fill(-1),
    membersOf: new Array(lines.length),
    decisions: new Array(lines.length),
  }
  const order = orderOf(lines)
  for (const line of order) take(state, line)
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
  state.index.add(state.lines[line]!.profile.keys, line)
  state.personOf[line] = line
  state.membersOf[line] = [line]
  apply(state, line, decision)
}

/** A line that is alone may fit now that later lines have told more of the others. */
function reconsider(state: State, line: number): void {
  apply(state, line, decideOn(state, line))
}

function decideOn(state: State, line: number): LinkDecision {
  const { profile } = state.lines[line]!
  const { found, cut } = state.index.find(profile.keys)
  const persons = new Set<number>()
  for (const other of found) persons.add(state.personOf[other]!)
  persons.delete(state.personOf[line]!)
  const candidates: PersonCandidate[] = []
  for (const person of persons) candidates.push(candidateOf(state, person))
  return decide({ id: String(line), profile }, candidates, state.model, cut)
}

function candidateOf(state: State, person: number): PersonCandidate {
  const members = state.membersOf[person]!.map((line) => ({ id: String(line), profile: state.lines[line]!.profile }))
  return { person: String(person), members, apart: false }
}

function apply(state: State, line: number, decision: LinkDecision): void {
  state.decisions[line] = decision
  if (decision.outcome !== 'linked') return
  const target = Number(decision.person)
  move(state, state.personOf[line]!, target)
  for (const other of decision.alsoMerge) move(state, Number(other), target)
}

function move(state: State, from: number, to: number): void {
  if (from === to) return
  const members = state.membersOf[from]!
  for (const line of members) state.personOf[line] = to
  state.membersOf[to]!.push(...members)
  state.membersOf[from] = undefined
}

function resultOf(state: State, line: number): LinkedLine {
  const decision = state.decisions[line]!
  const person = state.personOf[line]!
  const candidates = decision.outcome === 'review' ? reviewOf(state, person, decision.candidates) : []
  return {
    rid: state.lines[line]!.rid,
    person,
    outcome: decision.outcome === 'review' && candidates.length === 0 ? 'linked' : decision.outcome,
    candidates,
  }
}

/** The persons in doubt as they are in the end; a person that became the line's own is no doubt any more. */
function reviewOf(state: State, own: number, candidates: ReviewCandidate[]): LinkedLine['candidates'] {
  const seen = new Map<number, LinkedLine['candidates'][number]>()
  for (const { person, score, reason } of candidates) {
    const resolved = state.personOf[Number(person)]!
    if (resolved !== own && !seen.has(resolved)) seen.set(resolved, { person: resolved, score, reason })
  }
  return [...seen.values()]
}
