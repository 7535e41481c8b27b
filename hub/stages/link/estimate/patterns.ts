import type { Profile } from '../profile.ts'
import { levelsOf } from '../score.ts'

export const FIELDS = ['given', 'date', 'sex', 'surname', 'address', 'parents'] as const
export type Field = (typeof FIELDS)[number]

/** The levels of a pair in the order of FIELDS, and how many pairs have them. */
export interface Pattern {
  levels: string[]
  count: number
}

const GROUP_MAX = 40

/** The patterns of all pairs in groups that share a key; of a large group its first lines only. In a fixed order. */
export function patternsWithin(profiles: Profile[], keyOf: (profile: Profile) => string | null): Pattern[] {
  const groups = new Map<string, Profile[]>()
  for (const profile of profiles) {
    const key = keyOf(profile)
    if (key === null) continue
    const group = groups.get(key)
    if (!group) groups.set(key, [profile])
    else if (group.length < GROUP_MAX) group.push(profile)
  }
  const counts = new Map<string, number>()
  for (const group of groups.values())
    group.forEach((one, at) => {
      for (let next = at + 1; next < group.length; next++) count(counts, one, group[next]!)
    })
  return sorted(counts)
}

/** The patterns of pairs drawn at random. `draw` gives a whole number from 0 up to its argument. */
export function patternsAtRandom(profiles: Profile[], pairs: number, draw: (below: number) => number): Pattern[] {
  const counts = new Map<string, number>()
  for (let turn = 0; turn < pairs; turn++) {
    const one = draw(profiles.length)
    const other = (one + 1 + draw(profiles.length - 1)) % profiles.length
    count(counts, profiles[one]!, profiles[other]!)
  }
  return sorted(counts)
}

function count(counts: Map<string, number>, one: Profile, other: Profile): void {
  const levels = levelsOf(one, other)
  const pattern = FIELDS.map((field) => levels[field]).join('|')
  counts.set(pattern, (counts.get(pattern) ?? 0) + 1)
}

function sorted(counts: Map<string, number>): Pattern[] {
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([pattern, pairs]) => ({ levels: pattern.split('|'), count: pairs }))
}
