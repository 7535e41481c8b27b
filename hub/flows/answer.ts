import type { AuditLine } from '../stages/audit/line.ts'

/**
 * What a flow answers, with the lines that must stand in the access log before any of it leaves. A change has written its lines
 * in its own transaction and brings none.
 */
export interface Answer<T> {
  body: T
  lines: AuditLine[]
}
