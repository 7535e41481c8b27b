import type { Principal } from '../../principal.ts'
import type { AuditLine } from './line.ts'

/** What differs from line to line; who asked comes from the principal. */
export type LineFacts = Pick<AuditLine, 'actie' | 'uitkomst'> & Partial<Omit<AuditLine, 'client' | 'gebruiker' | 'rol'>>

/** A line about what this principal did. */
export function lineOf(principal: Principal, facts: LineFacts): AuditLine {
  return {
    client: principal.client,
    gebruiker: principal.subject,
    rol: principal.role,
    organisatie: principal.organisation,
    namens: null,
    persoon: null,
    object: null,
    grond: null,
    controles: 'token,scope',
    herkomst: principal.origin,
    traceId: principal.traceId,
    ...facts,
  }
}

/** Of what no request caused. */
export const NO_TRACE = '0'.repeat(32)

/** A line about what the hub did by itself: linking, telling, the calendar. */
export function hubLine(facts: LineFacts): AuditLine {
  return {
    client: 'hub',
    gebruiker: null,
    rol: null,
    organisatie: null,
    namens: null,
    persoon: null,
    object: null,
    grond: null,
    controles: '-',
    herkomst: 'hub',
    traceId: NO_TRACE,
    ...facts,
  }
}
