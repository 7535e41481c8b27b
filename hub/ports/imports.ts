import type * as rows from '../rows.ts'

export interface Imports {
  quarantine(rows: rows.QuarantineRow[]): Promise<void>
  listQuarantine(client: string | null, after: string, limit: number): Promise<rows.QuarantineRow[]>
  insertReport(report: rows.ImportReportRow): Promise<void>
  /**
   * Removes some of what was received or made before these instants: refused messages and results by name, and hashes of messages whose
   * registration is gone.
   */
  forget(
    before: { quarantine: string; reports: string; messages: string },
    limit: number,
  ): Promise<{ named: string[]; hashes: number }>
  report(client: string, id: string): Promise<rows.ImportReportRow | undefined>
}
