import type * as rows from '../rows.ts'

export interface Imports {
  quarantine(rows: rows.QuarantineRow[]): Promise<void>
  listQuarantine(after: string, limit: number): Promise<rows.QuarantineRow[]>
  /** What was refused of a client's messages on a broker after an id, oldest first, of which `setTold` has not said yet that the client knows it. */
  listUntold(client: string, after: string, limit: number): Promise<rows.QuarantineRow[]>
  setTold(ids: string[]): Promise<void>
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
