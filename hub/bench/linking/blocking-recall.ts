import type { LinkLine } from '../../stages/link/line.ts'
import type { LinkSet } from './registrations.ts'

/** The share of true pairs of linkable lines that share a blocking key: what is not found there, no scorer can link. */
export function blockingRecall({ truth }: Pick<LinkSet, 'truth'>, lines: Pick<LinkLine, 'keys'>[]): number {
  let found = 0
  let all = 0
  const linkable = truth.map(({ person, linkable: can }, at) => ({ person, can, keys: lines[at]!.keys })).filter(({ can }) => can)
  for (const own of Map.groupBy(linkable, ({ person }) => person).values()) {
    own.forEach(({ keys }, at) => {
      const mine = new Set(keys)
      for (const other of own.slice(at + 1)) {
        all++
        if (other.keys.some((key) => mine.has(key))) found++
      }
    })
  }
  return all === 0 ? 1 : found / all
}
