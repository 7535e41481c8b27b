import type { Bewijs, Consistentie, LogregelLijst, LogregelsZoekvraag } from '../../schemas/types.ts'
import type { EntryRow } from '../stages/audit/entry.ts'

/** A line as it lies in the log, with the hash of its leaf. */
export type LogRow = EntryRow & { blad: Uint8Array }

/** The access log as its readers know it; writing goes with the transaction of what is recorded. */
export interface LogReader {
  /** Newest first. `persons` are all pseudonyms of the person asked for. */
  search(query: LogregelsZoekvraag, persons: string[] | null, cursor: string, limit: number): Promise<LogregelLijst>
  /** The same lines with all that is committed of them. */
  lines(
    query: LogregelsZoekvraag,
    persons: string[] | null,
    cursor: string,
    limit: number,
  ): Promise<{ rows: LogRow[]; next?: string }>
  /** Proof that a line stands in the tree of the newest checkpoint. Throws `niet-gevonden`. */
  proof(number: number): Promise<Bewijs>
  /** The newest checkpoint, a C2SP signed note over every committed line. */
  checkpoint(): Promise<string>
  /** The verifier key (C2SP vkey). */
  key: string
  consistency(from: number, to: number): Promise<Consistentie>
  size(): Promise<number>
  /** Recomputes the whole log from its rows. */
  verify(): Promise<{ omvang: number; heel: boolean }>
}
