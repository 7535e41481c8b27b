import type { Hub } from '../../context.ts'
import type { Tx } from '../../ports.ts'
import { addDays } from '../../stages/calendar.ts'
import type { Question, Series } from '../../stages/figures/partition.ts'

/** Before and after everything. */
export const EVER = '0000-01-01'
export const AFTER_EVER = '9999-12-31'

/** What counting needs: the question, and how small is too small. */
export interface Counting {
  hub: Hub
  tx: Tx
  asked: Question
  series(rows: { municipality: string; day: string; category?: string; count?: number }[]): Series
}

/** A breakdown as the document has it: `[{status, aantal}]`. */
export function listed<K extends string>(
  counts: Map<string, number | null>,
  name: K,
): ({ [key in K]: string } & { aantal: number | null })[] {
  return [...counts].map(([value, aantal]) => ({ [name]: value, aantal }) as { [key in K]: string } & { aantal: number | null })
}

/** What had begun and not ended on the last day: hidden where one of the two is, for it would give the other away. */
export function openOn(begun: Series, ended: Series, { until, municipality }: Question): number | null {
  const upTo = { from: EVER, until, municipality }
  const [more, less] = [begun.total(upTo), ended.total({ ...upTo, until: until === AFTER_EVER ? until : addDays(until, -1) })]
  return more === null || less === null ? null : more - less
}

/** One category's number; nought where it does not occur and nothing near it is hidden. */
export function categoryOf(series: Series, asked: Question, name: string): number | null {
  const counts = series.perCategory(asked)
  const all = [...counts.values()]
  return counts.get(name) ?? (counts.has(name) || all.includes(null) ? null : series.total(asked) === null ? null : 0)
}

/** A mean is told where the number that it is of may be told, and is not nought. */
export function meanDays(
  series: Counting['series'],
  asked: Question,
  facts: { municipality: string; day: string; openedAt: string; end: string }[],
): number | null {
  if (!series(facts).total(asked)) return null
  const { from, until, municipality } = asked
  const counted = facts.filter(
    (each) => each.day >= from && each.day <= until && (municipality === null || each.municipality === municipality),
  )
  const days = counted.map(({ openedAt, end }) => Math.max(0, (Date.parse(end) - Date.parse(openedAt)) / 86_400_000))
  return rounded(days.reduce((sum, each) => sum + each, 0) / Math.max(1, days.length))
}

export const rounded = (value: number) => Math.round(value * 10) / 10
