import type { Token } from '../../../crypto/derived-keys.ts'
import { BlockIndex } from '../block-index.ts'
import { digestOf } from '../digest.ts'
import { NumberColumn } from '../number-column.ts'
import { type PersonLevels, personLevels } from './person-levels.ts'
import { type PersonLine, WORDS } from './person-line.ts'
import type { PersonModel } from './person-model.ts'

/** Two lines, by their place, and the bits for their being one person. */
export interface WeighedPair {
  one: number
  other: number
  bits: number
}

/** In a file of fewer lines a word's frequency says too little. */
const LINES_MIN = 1000
/** A word that stands in the two lines only. */
const SEEN_MIN = 2

/** All pairs of lines that share a blocking key, weighed; and how often a full block took no more lines. */
export function weighPairs(lines: PersonLine[], model: PersonModel): { pairs: WeighedPair[]; fullBlocks: number } {
  const index = indexOf(lines, model.blockMax)
  const frequencies = frequenciesOf(lines)
  const seenBy = new Int32Array(lines.length).fill(-1)
  const pairs: WeighedPair[] = []
  lines.forEach((line, at) => {
    index.visit(at, (other) => {
      if (seenBy[other] === at) return
      seenBy[other] = at
      pairs.push({ one: other, other: at, bits: bitsOf(line, lines[other]!, frequencies, model) })
    })
    index.add(at)
  })
  return { pairs, fullBlocks: index.full }
}

function indexOf(lines: PersonLine[], max: number): BlockIndex {
  const keys = NumberColumn.ofDigests()
  const starts = NumberColumn.ofNumbers(0)
  for (const line of lines) {
    for (const key of line.keys) keys.push(typeof key === 'number' ? key : digestOf(key))
    starts.push(keys.length)
  }
  return new BlockIndex(keys.take(), starts.take(), max)
}

/** log2(m/u) over the fields; a word that both have weighs by how often it stands in the file. */
function bitsOf(a: PersonLine, b: PersonLine, frequencies: Frequencies, { fields }: PersonModel): number {
  const levels = personLevels(a, b)
  let bits = 0
  for (const field of FIELDS) {
    const chance = fields[field][levels[field]]
    if (chance === undefined) continue
    const u = chance.u ?? frequencies(a, field)
    if (u !== null) bits += Math.log2(chance.m / u)
  }
  return bits
}

const FIELDS = [...WORDS, 'geboortedatum', 'nummer'] as const

/** The share of lines that hold the word of a line's field; null when it has none. */
type Frequencies = (line: PersonLine, field: keyof PersonLevels) => number | null

/** Given names and surnames are counted together, since they stand in each other's place. */
function frequenciesOf(lines: PersonLine[]): Frequencies {
  const names = new Map<Token, number>()
  const counts = WORDS.map((_, at) => (at < 2 ? names : new Map<Token, number>()))
  for (const { words } of lines)
    words.forEach((word, at) => {
      if (word) counts[at]!.set(word.exact, (counts[at]!.get(word.exact) ?? 0) + 1)
    })
  return (line, field) => {
    const at = (WORDS as readonly string[]).indexOf(field)
    const word = line.words[at]
    return word ? Math.max(SEEN_MIN, counts[at]!.get(word.exact)!) / Math.max(LINES_MIN, lines.length) : null
  }
}
