import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { HubError } from '../../../errors.ts'
import type { KeyPrints } from '../../../ports/link-keys.ts'
import type { Shares } from '../../../ports/shares.ts'
import type { Store } from '../../../ports.ts'
import type { Database } from '../database.ts'
import { registrationsRoom } from '../registrations.ts'
import { lockFor } from './locks.ts'
import type { Presence } from './presence.ts'
import { agreeOnKeys } from './set-up.ts'

type Knowing = Pick<Presence, 'knowsEpoch' | 'allKnowEpoch'>

/** Longer than a batch takes, shorter than anyone should wait after a hub that fell away. */
const LEASE_MS = 45_000

/** By the server's clock, so that the hubs' own may differ. */
const NOW = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`
const UNTIL = sql<number>`${NOW} + ${sql.lit(LEASE_MS)}`

/**
 * Shares the work of one database among its hubs, by leases in the database. `storeWith` makes a store whose every deciding write first
 * does what it is given, in the same transaction. `keys`: of this hub, and what the others know of them.
 */
export function postgresShares(
  db: Kysely<Database>,
  storeWith: (within: (tx: Kysely<Database>) => Promise<void>) => Store,
  keys: { presence: Knowing; prints(): KeyPrints },
): Shares {
  const holder = randomUUID()
  return {
    takeWaiting: (limit) => takeWaiting(db, holder, limit),
    async asOnly(name, work) {
      const fence = await takeLease(db, name, holder)
      if (fence === undefined) return undefined
      return work(storeWith((tx) => renew(tx, name, fence)))
    },
    agreeOnKeys: () => agreeOnKeys(db, keys.prints()),
    knowsEpoch: (epoch) => keys.presence.knowsEpoch(Number(epoch)),
    allKnowEpoch: (epoch) => keys.presence.allKnowEpoch(Number(epoch)),
    erasedAfter: (number, limit) =>
      db
        .selectFrom('erasure')
        .select(['seq as number', 'id', 'day'])
        .where('seq', '>', number)
        .orderBy('seq')
        .limit(limit)
        .execute(),
  }
}

/** In a transaction of its own; should the server lose it, the registrations are only free sooner. */
function takeWaiting(db: Kysely<Database>, holder: string, limit: number) {
  return db.transaction().execute(async (tx) => {
    await sql`set local synchronous_commit = off`.execute(tx)
    await lockFor(tx, 'taking')
    await tx
      .deleteFrom('linking_claim')
      .where((e) => e.or([e('holder', '=', holder), e('until', '<', NOW)]))
      .execute()
    const room = registrationsRoom(tx)
    const taken = tx.selectFrom('linking_claim').select('registration')
    const free = await sql<{ seq: number }>`insert into linking_claim (registration, holder, until)
      select seq, ${holder}, ${UNTIL} from registration where state = 'ontvangen' and seq not in (${taken})
      order by seq limit ${limit} returning registration as seq`.execute(tx)
    const rows = await room.bySeqs(free.rows.map(({ seq }) => seq))
    return rows.sort((a, b) => a.seq - b.seq)
  })
}

/** A lease that nobody has or whose time is over, or this hub's own. Each time it changes hands its number is higher. */
async function takeLease(db: Kysely<Database>, name: string, holder: string): Promise<number | undefined> {
  const lease = db
    .insertInto('lease')
    .values({ name, holder, fence: 1, until: UNTIL })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ holder, until: UNTIL, fence: sql<number>`lease.fence + 1` })
        .where((e) => e.or([e('lease.holder', '=', holder), e('lease.until', '<', NOW)])),
    )
  return (await lease.returning('fence').executeTakeFirst())?.fence
}

/** Throws when another has it by now; else it is ours for as long again. */
async function renew(tx: Kysely<Database>, name: string, fence: number): Promise<void> {
  const lease = tx.updateTable('lease').set({ until: UNTIL }).where('name', '=', name).where('fence', '=', fence)
  if ((await lease.returning('name').execute()).length === 0)
    throw new HubError('tijdelijk-niet-beschikbaar', { detail: `Een andere hub heeft het werk ${name} overgenomen.` })
}
