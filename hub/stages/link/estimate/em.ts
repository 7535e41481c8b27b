import { FIELDS, type Field, type Pattern } from './patterns.ts'

/** Per field the chance of each level. */
export type Chances = Record<Field, Map<string, number>>

export interface Estimate {
  m: Chances
  /** Expected pairs of one person behind each chance: how much is known of it. */
  weight: Chances
  /** The share of pairs that are one person. */
  share: number
  converged: boolean
}

const TURNS_MAX = 500
const STEP_MAX = 1e-6
const FLOOR = 1e-9

/**
 * The chances of levels among pairs of one person (m) from counts of patterns, by expectation maximisation with u held (Dempster, Laird and
 * Rubin 1977; Winkler 1988). What is missing says nothing. `within`: fields on which the pairs were chosen, and which are left out.
 */
export function estimateM(patterns: Pattern[], u: Chances, start: Chances, within: readonly Field[]): Estimate {
  const fields = FIELDS.filter((field) => !within.includes(field))
  let state: Estimate = { m: start, weight: empty(), share: 0.3, converged: false }
  for (let turn = 0; turn < TURNS_MAX && !state.converged; turn++) state = step(patterns, u, state, fields)
  return state
}

function step(patterns: Pattern[], u: Chances, { m, share }: Estimate, fields: Field[]): Estimate {
  const weight = empty()
  let matches = 0
  let all = 0
  for (const { levels, count } of patterns) {
    const chance = count * matchChance(levels, m, u, share, fields)
    matches += chance
    all += count
    for (const field of fields) {
      const level = levels[FIELDS.indexOf(field)]!
      if (level !== 'ontbreekt') weight[field].set(level, (weight[field].get(level) ?? 0) + chance)
    }
  }
  const next = empty()
  for (const field of fields) {
    const total = [...weight[field].values()].reduce((sum, value) => sum + value, 0)
    for (const [level, value] of weight[field]) next[field].set(level, total === 0 ? 0 : value / total)
  }
  const nextShare = all === 0 ? 0 : matches / all
  const moved = Math.max(Math.abs(nextShare - share), ...fields.map((field) => largestMove(m[field], next[field])))
  return { m: next, weight, share: nextShare, converged: moved < STEP_MAX }
}

function matchChance(levels: string[], m: Chances, u: Chances, share: number, fields: Field[]): number {
  let one = share
  let two = 1 - share
  for (const field of fields) {
    const level = levels[FIELDS.indexOf(field)]!
    if (level === 'ontbreekt') continue
    one *= Math.max(FLOOR, m[field].get(level) ?? 0)
    two *= Math.max(FLOOR, u[field].get(level) ?? 0)
  }
  return one + two === 0 ? 0 : one / (one + two)
}

function largestMove(before: Map<string, number>, after: Map<string, number>): number {
  let most = 0
  for (const [level, value] of after) most = Math.max(most, Math.abs(value - (before.get(level) ?? 0)))
  return most
}

export function empty(): Chances {
  return { given: new Map(), date: new Map(), sex: new Map(), surname: new Map(), address: new Map(), parents: new Map() }
}
