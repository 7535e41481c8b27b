import type * as rows from '../rows.ts'

export interface Imports {
  quarantine(rows: rows.QuarantineRow[]): Promise<void>
  listQuarantine(client: string | null, after: string, limit: number): Promise<rows.QuarantineRow[]>
  insertReport(report: rows.ImportReportRow): Promise<void>
  report(client: string, id: string): Promise<rows.ImportReportRow | undefined>
}
