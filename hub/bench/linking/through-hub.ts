import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '../../config.ts'
import type { Hub } from '../../context.ts'
import { createLog } from '../../edges/log.ts'
import { openHub } from '../../hub.ts'
import { accept, processWaiting } from '../../pipeline.ts'
import type { ReviewReason } from '../../stages/link/decision.ts'
import type { LinkedLine } from '../../stages/link/linked-lines.ts'
import { deliveryOf } from '../deliveries.ts'
import { registrationOf, SENDERS } from '../registrations.ts'
import type { Line } from './registrations.ts'

const BATCH = 500
const LINK_BATCH = 200
const PAGE = 2_000

/**
 * What a hub of its own makes of these lines when they come in one after another, in this order, each accepted and linked as a
 * registration is: persons by number, and whom a koppelvraag that is open at the end asks about.
 */
export async function linkThroughHub(lines: readonly Line[]): Promise<LinkedLine[]> {
  const root = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
  const dirs = { DATA_DIR: join(root, 'd'), KEYS_DIR: join(root, 'k'), STATE_DIR: join(root, 's') }
  const { hub, close } = await openHub(loadConfig({ demo: true }, dirs), 'bench', createLog('error'))
  try {
    for (let at = 0; at < lines.length; at += BATCH) {
      const deliveries = lines.slice(at, at + BATCH).map((line) => {
        const sender = SENDERS[Number(line.rid.slice(1)) % SENDERS.length]!
        return deliveryOf(sender, registrationOf(line, String(line.bsn ?? '') || undefined, line.rid))
      })
      await accept(hub, deliveries)
      while ((await processWaiting(hub, LINK_BATCH)) > 0);
    }
    return await linkedIn(hub, lines)
  } finally {
    await close()
    rmSync(root, { recursive: true })
  }
}

/** Rows are numbered in the order of coming in, which is that of the lines. */
async function linkedIn(hub: Hub, lines: readonly Line[]): Promise<LinkedLine[]> {
  return hub.store.read(async (tx) => {
    const persons = new Map<number, string>()
    for (let after = 0; ; ) {
      const page = await tx.registrations.listAll(after, PAGE)
      if (page.length === 0) break
      for (const { seq, person } of page) persons.set(seq, person ?? `geen ${seq}`)
      after = page.at(-1)!.seq
    }
    if (persons.size !== lines.length) throw new Error(`${persons.size} of ${lines.length} lines are in the store`)
    const numbers = new Map([...new Set(persons.values())].map((person, number) => [person, number]))
    const numberOf = (seq: number) => numbers.get(persons.get(seq) ?? '') as number
    const open = await tx.linking.listReviews({ state: 'open', overdue: null }, '', Number.MAX_SAFE_INTEGER)
    const asked = Map.groupBy(open, ({ registration }) => registration)
    return [...persons.keys()].map((seq, at) => {
      const candidates = (asked.get(seq) ?? []).map(({ candidate, evidence }) => {
        const { score, reden } = JSON.parse(evidence) as { score: number; reden: ReviewReason }
        return { person: numberOf(candidate), score, reason: reden }
      })
      return { rid: lines[at]!.rid, person: numberOf(seq), outcome: candidates.length > 0 ? 'review' : 'linked', candidates }
    })
  })
}
