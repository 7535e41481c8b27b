import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Registratie } from '../../schemas/types.ts'
import { chanceOf } from '../bench/linking/random.ts'
import { inventedRegistrations, SENDERS } from '../bench/registrations.ts'
import { makeSite, runCommand, type Site, startHub, tokensOf } from './child-hub.ts'
import { compare, type Differences, exportedLines } from './compare.ts'
import { type Attempt, type Entry, openLedger } from './ledger.ts'
import { type Shared, sender, sendOnce } from './sender.ts'

/** What became of what was sent while something was broken, again and again. */
export interface Disturbed extends Differences {
  attempts: number
  acknowledged: number
  refused: string[]
  /** Of what was sent again afterwards: messages that got another id than before. */
  changedIds: number
}

export interface KillReport extends Disturbed {
  kills: number
  recoveries_ms: number[]
  isLogWhole: boolean
}

const UP_MS = { least: 20, most: 1200 }
const PATIENCE_MS = 30_000
const AGAIN_ROWS = 500

/**
 * Four senders at work while the hub is killed (-9) at seeded random moments, always with a request in flight; afterwards what the
 * hub holds is compared with the senders' ledger, everything is sent again, and the access log is recomputed.
 */
export async function killWhileSending(root: string, options: { kills: number; seed: number }): Promise<KillReport> {
  const site = await makeSite(root)
  let hub = await startHub(site)
  const recoveries_ms: number[] = []
  const report = await disturbWhileSending(site, { times: options.kills, seed: options.seed }, async () => {
    await hub.kill()
    hub = await startHub(site)
    recoveries_ms.push(hub.startedIn_ms)
  })
  await hub.stop()
  const { code } = await runCommand(site, ['verify-log'])
  return { kills: options.kills, recoveries_ms, ...report, isLogWhole: code === 0 }
}

/**
 * Four senders at work on a running hub while `disturb` is called so many times, each with a request in flight; `recovers`: the next time only when something
 * was taken again. The ledger is then held against `export`, and everything sent once more.
 */
export async function disturbWhileSending(
  site: Site,
  { times, seed, recovers }: { times: number; seed: number; recovers?: boolean },
  disturb: (time: number) => Promise<void>,
): Promise<Disturbed> {
  const ledger = openLedger(join(site.root, 'ledger.ndjson'))
  const chance = chanceOf(seed)
  const all = inventedRegistrations(2_000 + 400 * times, { withBsn: true, seed })
  const shared: Shared = { site, ledger, token: tokensOf(site), inFlight: 0, taken: 0, refused: [] }
  const senders = SENDERS.map((client) => {
    const own = all.filter((sent) => sent.client === client).map((sent) => sent.registration)
    return sender(client, own, shared, chanceOf(seed + SENDERS.indexOf(client)))
  })
  const running = Promise.all(senders.map((each) => each.run()))
  for (let time = 0; time < times; time++) {
    await wait(UP_MS.least + chance.below(UP_MS.most - UP_MS.least))
    await until(() => shared.inFlight > 0, 'is sent nothing any more')
    const before = shared.taken
    await disturb(time)
    if (recovers) await until(() => shared.taken > before, 'takes nothing any more')
  }
  for (const each of senders) each.stop()
  await running
  return judge(
    site,
    shared,
    all.map((sent) => sent.registration),
  )
}

async function until(isSo: () => boolean, otherwise: string): Promise<void> {
  const from = performance.now()
  while (!isSo()) {
    if (performance.now() - from > PATIENCE_MS) throw new Error(`the hub ${otherwise}`)
    await wait(1)
  }
}

async function judge(site: Site, shared: Shared, registrations: Registratie[]) {
  const before = await Array.fromAsync(shared.ledger.entries())
  const differences = await compare(before, exportedLines(site))
  const taken = acknowledgementsOf(before)
  const known = new Map(taken.map((entry) => [`${entry.client} ${entry.bronbericht}`, entry.id]))
  const messages = new Map(
    before.flatMap((entry) => (entry.kind === 'attempt' ? [[`${entry.client} ${entry.bronbericht}`, entry]] : [])),
  )
  await sendAgain(shared, [...messages.values()], registrations)
  const after = await Array.fromAsync(shared.ledger.entries())
  const later = acknowledgementsOf(after.slice(before.length))
  const changedIds = later.filter((entry) => (known.get(`${entry.client} ${entry.bronbericht}`) ?? entry.id) !== entry.id).length
  const again = await compare(after, exportedLines(site))
  const joined = Object.fromEntries(
    Object.entries(differences).map(([kind, found]) => [kind, [...found, ...again[kind as keyof Differences]]]),
  ) as unknown as Differences
  const counts = { attempts: before.length - taken.length, acknowledged: taken.length }
  return { ...joined, ...counts, refused: shared.refused, changedIds }
}

const acknowledgementsOf = (entries: Entry[]) => entries.filter((entry) => entry.kind === 'acknowledgement')

/** Every message that was ever attempted, once more, in the order of its versions. */
async function sendAgain(shared: Shared, messages: Attempt[], registrations: Registratie[]): Promise<void> {
  const byName = new Map(registrations.map((registration) => [registration.kenmerk, registration]))
  for (const [client, own] of Map.groupBy(messages, (attempt) => attempt.client)) {
    const rows = own.map(({ kenmerk, bronbericht, versie }) => ({ ...byName.get(kenmerk)!, bronbericht, versie }))
    for (let at = 0; at < rows.length; at += AGAIN_ROWS)
      if (!(await sendOnce(client, rows.slice(at, at + AGAIN_ROWS), 'batch', shared))) throw new Error('sending again failed')
  }
}
