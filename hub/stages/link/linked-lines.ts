import type { LinkDecision, ReviewCandidate } from './decision.ts'
import type { Rid } from './subject.ts'

export type Outcome = LinkDecision['outcome']

/** A person of the same result about whom a line waits. */
export interface Doubt {
  person: number
  score: number
  reason: ReviewCandidate['reason']
}

/** What became of a line: the number of its person, and what it waits for. */
export interface LinkedLine {
  rid: Rid
  person: number
  outcome: Outcome
  /** Best first. */
  candidates: Doubt[]
}

const OUTCOMES: readonly Outcome[] = ['new', 'linked', 'review']
const NO_DOUBT: Doubt[] = []

/** What became of the lines of a file, by column. */
export class LinkedLines {
  readonly rids: readonly Rid[]
  /** Per line its person; persons are numbered by one of their lines. */
  readonly personOf: Int32Array
  /** Of each line that waits the persons in doubt. */
  readonly doubts = new Map<number, Doubt[]>()
  /** Blocks that were full, so that lines were not offered each other. */
  fullBlocks = 0
  readonly #outcomes: Uint8Array

  constructor(rids: readonly Rid[], personOf: Int32Array) {
    this.rids = rids
    this.personOf = personOf
    this.#outcomes = new Uint8Array(rids.length)
  }

  get length(): number {
    return this.rids.length
  }

  outcomeOf(line: number): Outcome {
    return OUTCOMES[this.#outcomes[line]!]!
  }

  decided(line: number, outcome: Outcome): void {
    this.#outcomes[line] = OUTCOMES.indexOf(outcome)
  }

  line(line: number): LinkedLine {
    return {
      rid: this.rids[line]!,
      person: this.personOf[line]!,
      outcome: this.outcomeOf(line),
      candidates: this.doubts.get(line) ?? NO_DOUBT,
    }
  }

  /** All of them, as objects: for files that are not large. */
  get lines(): LinkedLine[] {
    return this.rids.map((_, line) => this.line(line))
  }
}
