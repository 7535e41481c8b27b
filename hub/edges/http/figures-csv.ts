import type { Cijfers } from '../../../schemas/types.ts'

const HEAD = ['onderwerp', 'getal', 'uitsplitsing', 'aantal']

/** The figures as CSV (RFC 4180): a line per number; an empty number is hidden. */
export function figuresCsv(figures: Cijfers): string {
  const { peilmoment, periode, gemeente, ...subjects } = figures
  const about: (string | null)[][] = [
    ['peilmoment', peilmoment, '', ''],
    ...(periode ? [['periode', `${periode.van}/${periode.tot}`, '', '']] : []),
    ...(gemeente ? [['gemeente', gemeente, '', '']] : []),
  ]
  const rows = Object.entries(subjects).flatMap(([subject, numbers]) => linesOf(subject, numbers))
  return [HEAD, ...about, ...rows].map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('')
}

function linesOf(subject: string, numbers: unknown): (string | null)[][] {
  if (typeof numbers !== 'object' || numbers === null) return [[subject, '', '', shown(numbers)]]
  return Object.entries(numbers).flatMap(([name, value]) =>
    Array.isArray(value) ? value.map((each) => [subject, name, ...detailOf(each)]) : [[subject, name, '', shown(value)]],
  )
}

function detailOf({ aantal, ...named }: { aantal: unknown }): string[] {
  return [Object.values(named).join(' '), shown(aantal)]
}

const shown = (value: unknown) => (value === null || value === undefined ? '' : String(value))

function quoted(cell: string | null): string {
  const text = cell ?? ''
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
