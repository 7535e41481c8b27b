import type { LogregelsUitvoervraag } from '../../schemas/types.ts'
import type { Hub } from '../context.ts'
import type { LogRow } from '../ports/access-log.ts'
import type { Principal } from '../principal.ts'
import { auditEventOf } from '../stages/audit/export/audit-event.ts'
import { dataProcessingOf } from '../stages/audit/export/data-processing.ts'
import { nen7513Csv, nen7513Of } from '../stages/audit/export/nen7513.ts'
import { lineOf } from '../stages/audit/line-of.ts'
import type { Answer } from './answer.ts'
import { namedPerson } from './look-log.ts'

/** A page of the log in a form that others read. */
export interface LogExport {
  type: string
  text: string
  /** Where the next page begins. */
  next?: string
}

/** Exports lines of the access log, newest first, page by page; every page is itself a line. */
export async function exportLog(hub: Hub, principal: Principal, query: LogregelsUitvoervraag): Promise<Answer<LogExport>> {
  const { vorm, cursor, limiet, ...search } = query
  const { persons, known } = await namedPerson(hub, query.persoon)
  const { rows, next } = await hub.accessLog.lines(search, persons, cursor ?? '', limiet ?? 1000)
  const facts = { actie: 'exporteren', uitkomst: 'toegestaan', object: `logregels ${vorm}`, persoon: known } as const
  return { body: { ...FORMS[vorm](hub, rows), ...(next === undefined ? {} : { next }) }, lines: [lineOf(principal, facts)] }
}

const FORMS: Record<LogregelsUitvoervraag['vorm'], (hub: Hub, rows: LogRow[]) => { type: string; text: string }> = {
  'nen7513-csv': (_hub, rows) => ({ type: 'text/csv; charset=utf-8', text: nen7513Csv(rows) }),
  'nen7513-json': (_hub, rows) => ({ type: 'application/json', text: JSON.stringify({ logregels: rows.map(nen7513Of) }) }),
  'fhir-auditevent': (hub, rows) => ({
    type: 'application/fhir+json',
    text: JSON.stringify({
      resourceType: 'Bundle',
      type: 'collection',
      entry: rows.map((row) => ({
        fullUrl: `${sourceOf(hub)}:logregel:${row.number}`,
        resource: auditEventOf(row, sourceOf(hub)),
      })),
    }),
  }),
  dataverwerkingen: (hub, rows) => {
    const conceal = (person: string) => hub.keys.vault.seal(person, 'dataverwerkingen').toString('base64url')
    const lines = rows.map((row) => JSON.stringify(dataProcessingOf(row, sourceOf(hub), conceal)))
    return { type: 'application/x-ndjson', text: lines.map((line) => `${line}\n`).join('') }
  },
}

function sourceOf({ region }: Hub): string {
  return `urn:nld:oin:${region.oin}:systeem:verwijsindex`
}
