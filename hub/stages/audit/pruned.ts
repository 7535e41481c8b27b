import type { EntryRow } from './entry.ts'
import type { AuditLine } from './line.ts'
import { hubLine } from './line-of.ts'

/** NEN 7513 asks for five years at least; no policy makes it less. */
const RETENTION_YEARS_MIN = 5

/** What a line in the log says of lines whose content was removed: `from` up to and including `to`, the newest of them of `newest`. */
export interface Pruning {
  from: number
  to: number
  years: number
  newest: string
}

/** The line that names what is pruned, under which rule of which policy. */
export function pruningLine({ from, to, years, newest }: Pruning, policy: string): AuditLine {
  return hubLine({
    actie: 'verwijderen',
    uitkomst: 'toegestaan',
    herkomst: 'kalender',
    object: `logregels ${from}-${to}`,
    grond: { reglement: policy, regel: 'bewaartermijn-logregels' },
    controles: `bewaartermijn:${years},nieuwste:${newest}`,
  })
}

/** What a line prunes; undefined when it is another line, or what it names was not past its term when it was written. */
export function pruningOf(row: EntryRow): Pruning | undefined {
  const isHub = row.client === 'hub' && row.actie === 'verwijderen' && row.regel === 'bewaartermijn-logregels'
  const [, from, to] = (isHub && /^logregels (\d{1,15})-(\d{1,15})$/.exec(String(row.object))) || []
  const [, years, newest] = /^bewaartermijn:(\d{1,3}),nieuwste:(\d{4}-\S{18}Z)$/.exec(String(row.controles)) ?? []
  if (!from || !to || !years || !newest) return undefined
  const pruning = { from: Number(from), to: Number(to), years: Number(years), newest }
  const isDue = pruning.years >= RETENTION_YEARS_MIN && newest < prunedBefore(new Date(row.tijdstip), pruning.years).toISOString()
  return isDue && pruning.to < row.number && pruning.from <= pruning.to ? pruning : undefined
}

/** Lines from before this instant are past their term. */
export function prunedBefore(now: Date, years: number): Date {
  const before = new Date(now)
  before.setUTCFullYear(before.getUTCFullYear() - years)
  return before
}

/** What stays of a line whose content is removed: its number, with the hash and the seal that stand beside it. */
export const PRUNED_ENTRY: Omit<EntryRow, 'number'> = {
  tijdstip: '',
  actie: '',
  client: '',
  gebruiker: null,
  rol: null,
  organisatie: null,
  namens: null,
  persoon: null,
  object: null,
  reglement: null,
  regel: null,
  uitkomst: '',
  controles: '',
  herkomst: '',
  trace_id: '',
}

/** Whether a row holds no content any more; a row that holds some of it is no pruned row. */
export function isPruned({ number: _, ...entry }: EntryRow, salt: Uint8Array): boolean {
  const columns = Object.keys(PRUNED_ENTRY) as (keyof typeof PRUNED_ENTRY)[]
  return salt.length === 0 && columns.every((column) => entry[column] === PRUNED_ENTRY[column])
}
