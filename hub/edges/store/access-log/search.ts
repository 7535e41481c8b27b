import type { Kysely, SelectQueryBuilder } from 'kysely'
import type { Logregel, LogregelLijst } from '../../../../schemas/types.ts'
import { HubError } from '../../../errors.ts'
import type { LogRow } from '../../../ports/access-log.ts'
import { faultOf } from '../../../stages/ingest/fault-of.ts'
import type { AccessLogTable, AccessLogTables } from './tables.ts'

/** What to look for; every part narrows. `from` is included, `until` is not. */
export interface LogFilters {
  from?: Date | undefined
  until?: Date | undefined
  /** Pseudonyms that all stand for the person asked for. */
  persons?: readonly string[] | undefined
  user?: string | undefined
  organisation?: string | undefined
  action?: string | undefined
  /** A policy or one of its rules. */
  ground?: string | undefined
  outcome?: string | undefined
}

/**
 * Finds lines, newest first, so that reading the log (itself a line) never makes a reader's last page move away.
 * `cursor` is what the page before gave as `volgende`; empty means from the newest. Throws `ongeldige-invoer` for any other.
 */
export async function findLines(
  db: Kysely<AccessLogTables>,
  filters: LogFilters,
  cursor: string,
  limit: number,
): Promise<{ rows: LogRow[]; next?: string }> {
  const before = decodeCursor(cursor)
  // A pruned line has no time.
  let query = narrowed(db.selectFrom('access_log').selectAll().where('tijdstip', '<>', ''), filters)
  if (before !== undefined) query = query.where('number', '<', before)
  const found = await query
    .orderBy('number', 'desc')
    .limit(limit + 1)
    .execute()
  const rows = found.slice(0, limit).map((row) => ({ ...row, number: Number(row.number) }))
  const last = rows.at(-1)
  return found.length > limit && last ? { rows, next: encodeCursor(last.number) } : { rows }
}

/** The same as the API shows them. */
export async function searchLines(
  db: Kysely<AccessLogTables>,
  filters: LogFilters,
  cursor: string,
  limit: number,
): Promise<LogregelLijst> {
  const { rows, next } = await findLines(db, filters, cursor, limit)
  return { logregels: rows.map(shown), ...(next === undefined ? {} : { volgende: next }) }
}

type Lines = SelectQueryBuilder<AccessLogTables, 'access_log', AccessLogTable>

function narrowed(lines: Lines, filters: LogFilters): Lines {
  let query = lines
  if (filters.from) query = query.where('tijdstip', '>=', filters.from.toISOString())
  if (filters.until) query = query.where('tijdstip', '<', filters.until.toISOString())
  if (filters.persons) query = query.where('persoon', 'in', filters.persons)
  if (filters.user !== undefined) query = query.where('gebruiker', '=', filters.user)
  if (filters.organisation !== undefined) query = query.where('organisatie', '=', filters.organisation)
  if (filters.action !== undefined) query = query.where('actie', '=', filters.action)
  if (filters.outcome !== undefined) query = query.where('uitkomst', '=', filters.outcome)
  const { ground } = filters
  if (ground === undefined) return query
  return query.where((column) => column.or([column('reglement', '=', ground), column('regel', '=', ground)]))
}

function shown(row: LogRow): Logregel {
  return {
    nummer: row.number,
    tijdstip: row.tijdstip,
    actie: row.actie,
    client: row.client,
    gebruiker: row.gebruiker,
    rol: row.rol,
    organisatie: row.organisatie,
    namens: row.namens,
    persoon: row.persoon,
    grond: row.reglement === null || row.regel === null ? null : { reglement: row.reglement, regel: row.regel },
    uitkomst: row.uitkomst as Logregel['uitkomst'],
    ...refusalOf(row),
    traceId: row.trace_id,
    blad: Buffer.from(row.blad).toString('hex'),
  }
}

/** Which control refused, by the code of its error, so that a privacy officer sees a client that is stopped. */
function refusalOf({ uitkomst, controles }: LogRow): { weigering?: string } {
  return uitkomst === 'geweigerd' && /^[a-z]+(-[a-z]+)*$/.test(controles) ? { weigering: controles } : {}
}

function encodeCursor(number: number): string {
  return Buffer.from(`voor ${number}`).toString('base64url')
}

function decodeCursor(cursor: string): number | undefined {
  if (cursor === '') return undefined
  const match = /^voor (\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString())
  if (match) return Number(match[1])
  const watNu = 'Gebruik de waarde van `volgende` zoals die gegeven is, of laat haar weg om bij de nieuwste te beginnen.'
  throw new HubError('ongeldige-invoer', { faults: [faultOf('/cursor', 'cursor', 'De cursor is niet bruikbaar.', watNu)] })
}
