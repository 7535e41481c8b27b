import type { Kysely } from 'kysely'
import type { LogReader } from '../../../ports.ts'
import type { LogKey } from '../../../stages/audit/log-key.ts'
import type { LogKeeper } from './keeper.ts'
import { consistencyProof, inclusionProof } from './proofs.ts'
import { searchLines } from './search.ts'
import type { AccessLogTables } from './tables.ts'
import { verifyLog } from './verify.ts'

/** The access log for its readers: search, proofs and checkpoints over the committed lines. */
export function logReader(db: Kysely<AccessLogTables>, key: LogKey, keeper: LogKeeper): LogReader {
  const size = async () => Number((await db.selectFrom('log_head').select('size').executeTakeFirstOrThrow()).size)
  const instant = (text: string | undefined) => (text ? new Date(text) : undefined)
  return {
    key: key.vkey,
    size,
    search: ({ van, tot, gebruiker, organisatie, actie, grond, uitkomst }, persons, cursor, limit) =>
      searchLines(
        db,
        {
          from: instant(van),
          until: instant(tot),
          persons: persons ?? undefined,
          user: gebruiker,
          organisation: organisatie,
          action: actie,
          ground: grond,
          outcome: uitkomst,
        },
        cursor,
        limit,
      ),
    proof: async (number) => inclusionProof(db, number, await keeper.covering(number)),
    checkpoint: async () => (await keeper.covering(await size())).note,
    async verify() {
      const verdict = await verifyLog(db, { vkey: key.vkey, sealKey: key.sealKey, stateNote: null })
      return { omvang: verdict.heel ? verdict.omvang : await size(), heel: verdict.heel }
    },
    consistency: (from, to) => consistencyProof(db, from, to),
  }
}
