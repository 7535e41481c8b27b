import { addDays } from '../calendar.ts'
import { type Question, seriesOf } from './partition.ts'

/** Something that began, and perhaps ended; so many alike. */
export interface Stretch {
  municipality: string
  /** First day, and the last; null: it has not ended. */
  from: string
  until: string | null
  /** Why it ended. */
  reason: string
  count: number
}

/** What ended, and what was open, for any period and municipalities; null where it is too small or would give a small number away. */
export interface Course {
  ended(question: Question): number | null
  /** What had begun by the last day and not ended. */
  open(question: Question): number | null
  perReason(question: Question): Map<string, number | null>
}

/** Before everything. */
const EVER = '0000-01-01'

/**
 * What began less what ended is what is open, so a small number of open ones is hidden only when what ended is hidden too. What ended is told
 * for municipalities that together have none or enough open now, and between days on which each such group had none or enough open:
 * then no sum or difference of answers leaves fewer.
 */
export function courseOf(stretches: Stretch[], smallest: number): Course {
  const begun = seriesOf(
    stretches.map(({ from, ...rest }) => ({ ...rest, day: from, category: '' })),
    smallest,
  )
  const ending = seriesOf(
    stretches.flatMap(({ until, reason, ...rest }) => (until === null ? [] : [{ ...rest, day: until, category: reason }])),
    smallest,
  )
  const pools = poolsOf(stretches, smallest)
  const isSafe = (question: Question) => safely(pools, question, smallest)
  return {
    ended: (question) => (isSafe(question) ? ending.total(question) : null),
    open(question) {
      const before = { ...question, from: EVER }
      if (!isSafe(before)) return null
      const [more, less] = [begun.total(before), ending.total(before)]
      return more === null || less === null ? null : more - less
    },
    perReason(question) {
      const counts = ending.perCategory(question)
      return isSafe(question) ? counts : new Map([...counts.keys()].map((reason) => [reason, null]))
    },
  }
}

/** Municipalities told apart: each pool has none or enough that is open now; what has too few goes together. */
function poolsOf(stretches: Stretch[], smallest: number): Stretch[][] {
  const groups = [...Map.groupBy(stretches, ({ municipality }) => municipality).values()].sort((a, b) => openIn(a) - openIn(b))
  const isEnough = (pool: Stretch[]) => isTold(openIn(pool), smallest)
  const large = groups.filter(isEnough)
  const small = groups.filter((group) => !isEnough(group)).flat()
  while (small.length > 0 && !isEnough(small) && large.length > 0) small.push(...(large.shift() ?? []))
  return small.length > 0 ? [...large, small] : large
}

const openIn = (stretches: Stretch[]) => sumOf(stretches.filter(({ until }) => until === null))
const sumOf = (stretches: Stretch[]) => stretches.reduce((sum, { count }) => sum + count, 0)
const isTold = (count: number, smallest: number) => count === 0 || count >= smallest

function safely(pools: Stretch[][], { from, until, municipalities }: Question, smallest: number): boolean {
  const edges = [until, ...(from > EVER ? [addDays(from, -1)] : [])]
  return pools.every((pool) => {
    const isIn = (each: Stretch) => municipalities === null || municipalities.has(each.municipality)
    if (!pool.some(isIn)) return true
    return pool.every(isIn) && isTold(openIn(pool), smallest) && edges.every((day) => isTold(leftOn(pool, day), smallest))
  })
}

/** What had begun by a day and not ended by it. */
function leftOn(pool: Stretch[], day: string): number {
  return sumOf(pool.filter((each) => each.from <= day && (each.until === null || each.until > day)))
}
