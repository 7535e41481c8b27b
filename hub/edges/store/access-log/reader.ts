import type { Kysely } from 'kysely'
import type { LogregelsZoekvraag } from '../../../../schemas/types.ts'
import type { LogReader } from '../../../ports/access-log.ts'
import type { LogKeys } from '../../../stages/audit/log-key.ts'
import { isDay, msOf, startOfDay } from '../../../stages/calendar.ts'
import type { LogKeeper } from './keeper.ts'
import { consistencyProof, inclusionProof } from './proofs.ts'
import { findLines, type LogFilters, searchLines } from './search.ts'
import type { AccessLogTables } from './tables.ts'
import type { Verdict } from './verify.ts'

/**
 * The access log for its readers: search, proofs and checkpoints over the committed lines. `verify` recomputes it over a connection of
 * its own, so that the hub goes on meanwhile.
 */
export function logReader(
  db: Kysely<AccessLogTables>,
  keys: LogKeys,
  keeper: LogKeeper,
  verify: () => Promise<Verdict>,
): LogReader {
  const size = async () => Number((await db.selectFrom('log_head').select('size').executeTakeFirstOrThrow()).size)
  return {
    get key() {
      return keys.now.vkey
    },
    size,
    search: (query, persons, cursor, limit) => searchLines(db, filtersOf(query, persons), cursor, limit),
    lines: (query, persons, cursor, limit) => findLines(db, filtersOf(query, persons), cursor, limit),
    proof: async (number) => inclusionProof(db, number, await keeper.covering(number)),
    checkpoint: async () => (await keeper.covering(await size())).note,
    async verify() {
      const verdict = await verify()
      return { omvang: verdict.heel ? verdict.omvang : await size(), heel: verdict.heel }
    },
    consistency: (from, to) => consistencyProof(db, from, to),
  }
}

function filtersOf({ van, tot, ...query }: LogregelsZoekvraag, persons: string[] | null): LogFilters {
  return {
    from: instant(van),
    until: instant(tot),
    persons: persons ?? undefined,
    user: query.gebruiker,
    organisation: query.organisatie,
    action: query.actie,
    ground: query.grond,
    outcome: query.uitkomst,
  }
}

/** A date counts from the start of that day in the Netherlands. */
function instant(text: string | undefined): Date | undefined {
  if (!text) return undefined
  return isDay(text) ? startOfDay(text) : new Date(msOf(text))
}
