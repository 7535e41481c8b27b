/** So many things on one day in one municipality, of one category. */
export interface Cell {
  municipality: string
  /** `YYYY-MM-DD`. */
  day: string
  category: string
  count: number
}

/** Cells that are only ever shown together; their sum is at least the smallest number, unless there is too little of everything. */
interface Part {
  cells: Cell[]
  from: string
  until: string
}

/** What is asked: a period with both days in it, some municipalities or all. */
export interface Question {
  from: string
  until: string
  municipalities: ReadonlySet<string> | null
}

type Key = (cell: Cell) => string
type Split = { key: Key; inTime: boolean }

const BY_YEAR: Split = { key: ({ day }) => day.slice(0, 4), inTime: true }
const BY_MONTH: Split = { key: ({ day }) => day.slice(0, 7), inTime: true }
const BY_DAY: Split = { key: ({ day }) => day, inTime: true }
const BY_MUNICIPALITY: Split = { key: ({ municipality }) => municipality, inTime: false }
const BY_CATEGORY: Split = { key: ({ category }) => category, inTime: false }

/** A count that may be asked for any period and municipality. */
export interface Series {
  /** The number, or null: it, or what another answer would leave of it, is too small. */
  total(question: Question): number | null
  /** The same per category, the largest first; null per category that is too small, or that would give another away. */
  perCategory(question: Question): Map<string, number | null>
  /** The same per group of categories. */
  perGroup(question: Question): Map<string, number | null>
}

/** Which categories belong together and are told together as well. */
export type GroupOf = (category: string) => string

/**
 * A count of which no answer and no difference of answers shows a number below `smallest`. Everything is cut once into parts of at
 * least that size (by year, municipality, month and day; categories by year, group, category and municipality), whoever asks and whatever is
 * asked. An answer is a sum of whole parts or it is hidden, so that what differs between two answers is a sum of whole parts as well. The
 * categories are told only where their total is: else both cuts together would show what neither shows.
 */
export function seriesOf(cells: Cell[], smallest: number, groupOf: GroupOf = (category) => category): Series {
  const known = cells.filter(({ count }) => count > 0)
  const byGroup: Split = { key: ({ category }) => groupOf(category), inTime: false }
  const totals = parts(known, [BY_YEAR, BY_MUNICIPALITY, BY_MONTH, BY_DAY], smallest)
  const categories = parts(known, [BY_YEAR, byGroup, BY_CATEGORY, BY_MUNICIPALITY], smallest)
  const named = (question: Question, nameOf: GroupOf) => {
    const isTold = totalOf(totals, question, smallest) !== null
    return perName(categories, question, { smallest, nameOf, isTold })
  }
  return {
    total: (question) => totalOf(totals, question, smallest),
    perCategory: (question) => named(question, (category) => category),
    perGroup: (question) => named(question, groupOf),
  }
}

function parts(cells: Cell[], splits: Split[], smallest: number): Part[] {
  const [split, ...rest] = splits
  if (cells.length === 0) return []
  if (!split) return [partOf(cells)]
  const groups = [...Map.groupBy(cells, split.key)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group)
  const joined = split.inTime ? joinNeighbours(groups, smallest) : joinSmall(groups, smallest)
  return joined.flatMap(({ groups: together, cells: all }) => {
    const further = together > 1 && split.inTime ? rest.filter((each) => !each.inTime) : rest
    return parts(all, further, smallest)
  })
}

function partOf(cells: Cell[]): Part {
  const days = cells.map(({ day }) => day).sort()
  return { cells, from: days[0] as string, until: days.at(-1) as string }
}

interface Joined {
  groups: number
  cells: Cell[]
}

/** Consecutive groups together until each lot is large enough; what is left over goes with the last lot. */
function joinNeighbours(groups: Cell[][], smallest: number): Joined[] {
  const lots: Joined[] = []
  let lot: Joined = { groups: 0, cells: [] }
  for (const group of groups) {
    lot = { groups: lot.groups + 1, cells: [...lot.cells, ...group] }
    if (sumOf(lot.cells) < smallest) continue
    lots.push(lot)
    lot = { groups: 0, cells: [] }
  }
  if (lot.groups === 0) return lots
  const last = lots.pop() ?? { groups: 0, cells: [] }
  return [...lots, { groups: last.groups + lot.groups, cells: [...last.cells, ...lot.cells] }]
}

/** The small ones in one lot; with the smallest of the others when they are too few even together. */
function joinSmall(groups: Cell[][], smallest: number): Joined[] {
  const bySize = [...groups].sort((a, b) => sumOf(a) - sumOf(b))
  const large = bySize.filter((group) => sumOf(group) >= smallest)
  const small = bySize.filter((group) => sumOf(group) < smallest)
  if (small.length > 0 && sumOf(small.flat()) < smallest) small.push(...large.splice(0, 1))
  const pool = small.length > 0 ? [{ groups: small.length, cells: small.flat() }] : []
  return [...large.map((cells) => ({ groups: 1, cells })), ...pool]
}

const sumOf = (cells: Cell[]) => cells.reduce((sum, { count }) => sum + count, 0)

/** Whether a part lies in what is asked, beside it, or on its edge: then neither side of it may be told. */
function placeOf(part: Part, { from, until, municipalities }: Question): 'in' | 'beside' | 'edge' {
  if (part.until < from || part.from > until) return 'beside'
  const here = municipalities === null ? part.cells : part.cells.filter((cell) => municipalities.has(cell.municipality))
  if (here.length === 0) return 'beside'
  return part.from >= from && part.until <= until && here.length === part.cells.length ? 'in' : 'edge'
}

function totalOf(all: Part[], question: Question, smallest: number): number | null {
  const places = all.map((part) => ({ part, place: placeOf(part, question) }))
  if (places.some(({ place }) => place === 'edge')) return null
  return hidden(sumOf(places.flatMap(({ part, place }) => (place === 'in' ? part.cells : []))), smallest)
}

interface Naming {
  smallest: number
  nameOf: GroupOf
  /** Whether the total of the same question is told. */
  isTold: boolean
}

function perName(all: Part[], question: Question, { smallest, nameOf, isTold }: Naming): Map<string, number | null> {
  const near = all.filter((part) => placeOf(part, question) !== 'beside')
  const namesIn = ({ cells }: Part) => new Set(cells.map(({ category }) => nameOf(category)))
  const isWhole = isTold && near.every((part) => placeOf(part, question) === 'in')
  const counted = [...new Set(near.flatMap((part) => [...namesIn(part)]))].map((name): [string, number | null] => {
    const holding = near.filter((part) => namesIn(part).has(name))
    const isPure = holding.every((part) => namesIn(part).size === 1)
    return [name, isWhole && isPure ? hidden(sumOf(holding.flatMap(({ cells }) => cells)), smallest) : null]
  })
  return new Map(counted.sort(([a, x], [b, y]) => (y ?? 0) - (x ?? 0) || (a < b ? -1 : 1)))
}

function hidden(count: number, smallest: number): number | null {
  return count > 0 && count < smallest ? null : count
}
