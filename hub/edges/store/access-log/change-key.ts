import type { Kysely } from 'kysely'
import { HubError } from '../../../errors.ts'
import { keyChangeLine } from '../../../stages/audit/key-change.ts'
import type { LogKey, LogKeyring } from '../../../stages/audit/log-key.ts'
import { signerIds } from '../../../stages/audit/note.mjs'
import { appendLines } from './append.ts'
import { lastCheckpoint } from './checkpoints.ts'
import { keyAfter } from './key-after.ts'
import type { AccessLogTables } from './tables.ts'

const OTHER_KEYS =
  'Het toegangslog staat onder een sleutel die niet in KEYS_DIR ligt; zet het regio.json van na de laatste `verwijsindex keys rotate logboek` terug.'

/**
 * Lets the log go over to the keys that come next, each with a line of its own, which is the last under the key before. Of several hubs
 * the first that starts does so, before the others work. Meanwhile lines are appended as always: who appends asks the log which key it is. Answers how many changes there were; `appended` hears of each.
 */
export async function goOver(
  db: Kysely<AccessLogTables>,
  ring: LogKeyring,
  at: () => Date,
  appended: (size: number) => void = () => {},
): Promise<number> {
  let changes = 0
  for (let { now, next } = ring; next; { now, next } = ring) {
    const [from, to] = [now, next]
    const size = await db.transaction().execute((tx) => changeOnce(tx, from, to, at()))
    ring.place(to)
    if (size === null) continue
    appended(size)
    changes++
  }
  return changes
}

/** Of several hubs that start at once only the first changes the key: taking the head makes the others wait. Null: it was changed. */
async function changeOnce(tx: Kysely<AccessLogTables>, from: LogKey, to: LogKey, at: Date): Promise<number | null> {
  const head = tx.updateTable('log_head').set((column) => ({ size: column('size', '+', 0) }))
  const { size } = await head.where('id', '=', 1).returning('size').executeTakeFirstOrThrow()
  if ((await keyAfter(tx, [from, to], Number(size))) === to) return null
  return appendLines(tx, from, [keyChangeLine(from, to)], at)
}

/**
 * Finds out under which of its keys a log stands, at a start, and lets it go over to the newest. Throws `configuratie` when it went over to one that is not among
 * them: under an older copy of the keys the log would be spoilt.
 */
export async function takeUpKeys(db: Kysely<AccessLogTables>, ring: LogKeyring, at: () => Date): Promise<void> {
  const note = (await lastCheckpoint(db))?.note ?? ''
  const known = new Set(ring.all.map(({ vkey }) => vkey.split('+')[1]))
  if (signerIds(note, ring.now.name).some((id) => !known.has(id))) throw new HubError('configuratie', { detail: OTHER_KEYS })
  const { size } = await db.selectFrom('log_head').select('size').where('id', '=', 1).executeTakeFirstOrThrow()
  ring.place(await keyAfter(db, ring.all, Number(size)))
  await goOver(db, ring, at)
}
