import type { Hub } from '../../context.ts'
import type { Tx } from '../../ports.ts'
import type { CaseRow } from '../../rows/coordination.ts'
import { dayOf } from '../../stages/calendar.ts'
import type { Stretch } from '../../stages/figures/course.ts'
import type { GroupOf, Question, Series } from '../../stages/figures/partition.ts'

/** Before and after everything. */
export const EVER = '0000-01-01'
export const AFTER_EVER = '9999-12-31'

interface Place {
  municipality: string
  day: string
}

/** What counting needs: the question, and how small is too small. */
export interface Counting {
  hub: Hub
  tx: Tx
  asked: Question
  /** How many of what is small may not be told. */
  smallest: number
  series(rows: (Place & { category?: string; count?: number })[], groupOf?: GroupOf): Series
}

/** A breakdown as the document has it: `[{status, aantal}]`. */
export function listed<K extends string>(
  counts: Map<string, number | null>,
  name: K,
): ({ [key in K]: string } & { aantal: number | null })[] {
  return [...counts].map(([value, aantal]) => ({ [name]: value, aantal }) as { [key in K]: string } & { aantal: number | null })
}

/** Of a match or a case, by the days on which it opened and closed. */
export function stretchOf({
  municipality,
  openedAt,
  closedAt,
}: Pick<CaseRow, 'municipality' | 'openedAt' | 'closedAt'>): Stretch {
  return { municipality, from: dayOf(openedAt), until: closedAt === null ? null : dayOf(closedAt), reason: '', count: 1 }
}

/** One number of a breakdown; nought where it does not occur and nothing near it is hidden. */
export function oneOf(counts: Map<string, number | null>, total: number | null, name: string): number | null {
  if (counts.has(name)) return counts.get(name) ?? null
  return total === null || [...counts.values()].includes(null) ? null : 0
}

/** A mean is told where the number that it is of may be told, and is not nought. */
export function meanDays({ series, asked }: Counting, facts: (Place & { openedAt: string; end: string })[]): number | null {
  if (!series(facts).total(asked)) return null
  const { from, until, municipalities } = asked
  const counted = facts.filter(
    (each) => each.day >= from && each.day <= until && (municipalities === null || municipalities.has(each.municipality)),
  )
  const days = counted.map(({ openedAt, end }) => Math.max(0, (Date.parse(end) - Date.parse(openedAt)) / 86_400_000))
  return rounded(days.reduce((sum, each) => sum + each, 0) / Math.max(1, days.length))
}

export const rounded = (value: number) => Math.round(value * 10) / 10
