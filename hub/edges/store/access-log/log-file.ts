import type { Bewijs } from '../../../../schemas/types.ts'
import { HubError } from '../../../errors.ts'
import { type LogKey, signCheckpoint } from '../../../stages/audit/log-key.ts'
import type { StateEvidence } from '../../checkpoint-file.ts'
import { readBeside } from '../store-file.ts'
import { lastCheckpoint } from './checkpoints.ts'
import { inclusionProof, rootAt } from './proofs.ts'
import type { AccessLogTables } from './tables.ts'
import { findingOf, type Verdict, verifyLog } from './verify.ts'

/**
 * Verifies the log in a store file, beside whatever hub uses it; changes nothing. `readState` gives the state folder's
 * checkpoints; they are read before the rows are, or a running hub's newest checkpoint would seem ahead of them.
 */
export async function verifyLogFile(
  path: string,
  key: LogKey,
  readState: () => Promise<StateEvidence>,
  progress?: (done: number, total: number) => void,
): Promise<Verdict> {
  try {
    return await readBeside<AccessLogTables, Verdict>(path, async (db) => {
      const { note: stateNote, earlier } = await readState()
      return verifyLog(db, { vkey: key.vkey, sealKey: key.sealKey, stateNote, earlier, ...(progress && { progress }) })
    })
  } catch (error) {
    if (error instanceof HubError) throw error
    return { heel: false, eersteFout: findingOf(error, 1) }
  }
}

/**
 * The proof of one line of a store file, under the newest checkpoint that covers it; where none does yet, under one that is
 * signed now and not kept. Throws `niet-gevonden`.
 */
export function proveFromFile(path: string, key: LogKey, number: number): Promise<Bewijs> {
  return readBeside<AccessLogTables, Bewijs>(path, async (db) => {
    const kept = await lastCheckpoint(db)
    if (kept && kept.size >= number) return inclusionProof(db, number, kept)
    const { size } = await db.selectFrom('log_head').select('size').where('id', '=', 1).executeTakeFirstOrThrow()
    const root = await rootAt(db, Number(size))
    if (!root) throw new HubError('niet-gevonden')
    return inclusionProof(db, number, { size: Number(size), note: signCheckpoint(key, Number(size), root) })
  })
}
