import type { EntryRow } from './entry.ts'
import type { AuditLine } from './line.ts'
import { hubLine } from './line-of.ts'

/** Of the line with which a log goes over to another key. Such a line is never pruned: it is about nobody, and the lines after it are read by it. */
export const KEY_CHANGE = 'logsleutel'

/** The line by which the log itself says under which key the lines after it stand; it is the last one under the key before. */
export function keyChangeLine(from: { vkey: string }, to: { vkey: string }): AuditLine {
  return hubLine({ actie: 'beheren', uitkomst: 'toegestaan', object: KEY_CHANGE, controles: `van ${from.vkey} naar ${to.vkey}` })
}

/** From which key (C2SP vkey) to which a line goes over; undefined for any other line. */
export function keyChangeOf(row: EntryRow): { from: string; to: string } | undefined {
  if (row.client !== 'hub' || row.actie !== 'beheren' || row.object !== KEY_CHANGE) return undefined
  const [, from, to] = /^van (\S+) naar (\S+)$/.exec(String(row.controles)) ?? []
  return { from: from ?? '', to: to ?? '' }
}
