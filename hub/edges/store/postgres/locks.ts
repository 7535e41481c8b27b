import { type QueryExecutorProvider, sql } from 'kysely'

/** Advisory locks of this application, within its own database. */
const CLASS = 0x7677
const KINDS = { writer: 1, taking: 2, setup: 3, presence: 4, ownIndex: 5, otherIndex: 6 } as const
export type LockKind = keyof typeof KINDS

/** Waits for a lock that goes with the transaction. It is let go after the commit can be seen, so who has it next sees what was done. */
export async function lockFor(tx: QueryExecutorProvider, kind: LockKind): Promise<void> {
  await sql`select pg_advisory_xact_lock(${sql.join(lockKey(kind).map((part) => sql.lit(part)))})`.execute(tx)
}

/** Under which a process says which epoch of the linking keys is the newest that it knows: the second number of the lock. */
export const KNOWN_EPOCH = CLASS + 1

/** The two numbers by which the server knows a lock. */
export function lockKey(kind: LockKind): [number, number] {
  return [CLASS, KINDS[kind]]
}
