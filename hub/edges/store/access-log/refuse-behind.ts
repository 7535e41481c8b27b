import type { Kysely } from 'kysely'
import { HubError } from '../../../errors.ts'
import { openWith } from '../../../stages/audit/judge-growth.ts'
import { sameHash } from '../../../stages/audit/tree-hash.mjs'
import { rootAt } from './proofs.ts'
import type { AccessLogTables } from './tables.ts'

const WAY_OUT =
  'Draait er een oude kopie of een tweede hub? Zet de laatste database terug, of herstel een reservekopie met `verwijsindex restore`.'

/**
 * Refuses to start (`configuratie`) on a database that is behind the state folder's checkpoint, or whose tree is another one.
 * `vkeys`: the log's keys, old ones too. A hub that was killed is never refused: the checkpoint is written only after the rows that it covers are on disk.
 */
export async function refuseBehind(db: Kysely<AccessLogTables>, stateNote: string | null, ...vkeys: string[]): Promise<void> {
  if (stateNote === null) return
  const checkpoint = openWith(stateNote, vkeys)
  if (!checkpoint)
    throw refusal(
      'Het controlepunt in STATE_DIR is beschadigd of van een ander log: de handtekening past niet bij de sleutel in KEYS_DIR.',
    )
  const { size } = await db.selectFrom('log_head').select('size').where('id', '=', 1).executeTakeFirstOrThrow()
  if (Number(size) < checkpoint.size)
    throw refusal(
      `De database loopt achter: het toegangslog telt ${size} regels, het controlepunt in STATE_DIR ${checkpoint.size}. ${WAY_OUT}`,
    )
  const root = await rootAt(db, checkpoint.size)
  if (!root || !sameHash(root, checkpoint.root))
    throw refusal(
      `Het toegangslog is tot en met regel ${checkpoint.size} een ander dan het controlepunt in STATE_DIR vastlegt. ${WAY_OUT}`,
    )
}

function refusal(detail: string): HubError {
  return new HubError('configuratie', { detail })
}
