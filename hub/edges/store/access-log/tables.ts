import type { EntryRow } from '../../../stages/audit/entry.ts'

/** The tables of the access log, as Kysely sees them. */
export interface AccessLogTables {
  access_log: AccessLogTable
  /** One row: size and right edge of the tree, and the last seal. Who holds its row lock appends; nobody else can. */
  log_head: { id: number; size: number; frontier: Uint8Array; zegel: Uint8Array }
  /** Roots of complete subtrees of 2^level lines, for the levels 8, 16, 24. */
  log_node: { level: number; position: number; hash: Uint8Array }
  /** Signed checkpoints: the last one, and of every hour before the last one of that hour. */
  log_checkpoint: { size: number; hour: string; note: string }
}

export interface AccessLogTable extends EntryRow {
  zout: Uint8Array
  blad: Uint8Array
  zegel: Uint8Array
}

/** Inner nodes are kept once in this many levels; a proof computes what lies between from at most 2^8 hashes below. */
export const LEVEL_STEP = 8
