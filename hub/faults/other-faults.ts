import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { inventedRegistrations } from '../bench/registrations.ts'
import { makeSite, runCommand, startHub, tokensOf } from './child-hub.ts'
import { compare, exportedLines } from './compare.ts'
import { openLedger } from './ledger.ts'
import { type Shared, sendOnce } from './sender.ts'

/** What a fault came to, in words, and whether that is as it should be. */
export interface Outcome {
  result: string
  good: boolean
}

const CLIENT = 'mee'

async function siteWithLedger(root: string, settings: Record<string, string> = {}): Promise<Shared> {
  const site = await makeSite(root, settings)
  return { site, ledger: openLedger(join(root, 'ledger.ndjson')), token: tokensOf(site), inFlight: 0, taken: 0, refused: [] }
}

/** Sends rows as one client, in batches of 50; answers how many batches the hub took. */
async function send(shared: Shared, count: number, prefix: string): Promise<number> {
  const rows = inventedRegistrations(count, { withBsn: true, seed: 5, prefix }).map((sent) => sent.registration)
  let taken = 0
  for (let at = 0; at < rows.length; at += 50) if (await sendOnce(CLIENT, rows.slice(at, at + 50), 'batch', shared)) taken++
  return taken
}

async function isAllThere(shared: Shared): Promise<string> {
  const { lost, unexpected, twice } = await compare(shared.ledger.entries(), exportedLines(shared.site))
  return lost.length + unexpected.length + twice.length === 0 ? '' : `lost ${lost.length}, unexpected ${unexpected.length}`
}

/** A second hub and a second command on the same store: refused, with the holder's name, and the first goes on. */
export async function secondProcess(root: string): Promise<Outcome> {
  const shared = await siteWithLedger(root)
  const hub = await startHub(shared.site)
  const attempts = [['demo', '--dir', join(root, 'leeg')], ['sweep'], ['migrate']]
  const ends = await Promise.all(
    attempts.map((args) => runCommand({ ...shared.site, env: { ...shared.site.env, PORT: '0' } }, args)),
  )
  const taken = await send(shared, 50, 'S')
  await hub.stop()
  const refused = ends.filter(({ code, stderr }) => code === 3 && stderr.includes(String(hub.pid)))
  return {
    result: `${refused.length} of ${ends.length} refused, naming the holder`,
    good: refused.length === ends.length && taken === 1,
  }
}

/** Yesterday's copy of DATA_DIR put back by hand: refused; the right one put back: everything is there. */
export async function oldCopy(root: string): Promise<Outcome> {
  const shared = await siteWithLedger(root)
  const data = join(root, 'data')
  const runOnce = async (prefix: string) => {
    const hub = await startHub(shared.site)
    await send(shared, 100, prefix)
    await hub.stop()
  }
  await runOnce('A')
  cpSync(data, join(root, 'yesterday'), { recursive: true })
  await runOnce('B')
  cpSync(data, join(root, 'today'), { recursive: true })
  replace(data, join(root, 'yesterday'))
  const { code, stderr } = await runCommand(shared.site, ['demo', '--once', '--dir', join(root, 'leeg')])
  replace(data, join(root, 'today'))
  await runOnce('C')
  const missing = await isAllThere(shared)
  return { result: `exit ${code}; ${missing || 'nothing lost'}`, good: code === 3 && stderr.includes('achter') && missing === '' }
}

function replace(folder: string, by: string): void {
  rmSync(folder, { recursive: true })
  cpSync(by, folder, { recursive: true })
}

/** The domain's calendar ten minutes and a day back and forth between starts: nothing is lost, the log stays whole. */
export async function movedClock(root: string): Promise<Outcome> {
  const shared = await siteWithLedger(root)
  const shifts_min = [0, -10, 10, -24 * 60, 24 * 60]
  for (const [at, shift] of shifts_min.entries()) {
    const CLOCK = new Date(Date.now() + shift * 60_000).toISOString()
    const hub = await startHub({ ...shared.site, env: { ...shared.site.env, DEMO: '1', CLOCK } })
    await send(shared, 50, `T${at}-`)
    await hub.stop()
  }
  const missing = await isAllThere(shared)
  const { code } = await runCommand(shared.site, ['verify-log'])
  return {
    result: `${shifts_min.length} starts; ${missing || 'nothing lost'}; log ${code === 0 ? 'whole' : 'BROKEN'}`,
    good: !missing && code === 0,
  }
}

/** DATA_DIR on a file system of a few MB: what does not fit is refused, what was acknowledged is there. Needs the right to mount. */
export async function fullDisk(root: string): Promise<Outcome> {
  const shared = await siteWithLedger(root)
  const data = join(root, 'data')
  mkdirSync(data)
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', data]).status !== 0)
    return { result: 'not tried: no right to mount a small file system', good: true }
  try {
    const hub = await startHub(shared.site)
    const taken = await send(shared, 6000, 'D')
    await hub.kill()
    const again = await runCommand(shared.site, ['demo', '--once', '--dir', join(root, 'leeg')])
    cpSync(data, join(root, 'roomier'), { recursive: true })
    const roomier: Shared = { ...shared, site: { ...shared.site, env: { ...shared.site.env, DATA_DIR: join(root, 'roomier') } } }
    const later = await startHub(roomier.site)
    const missing = await isAllThere(roomier)
    await later.stop()
    const { code } = await runCommand(roomier.site, ['verify-log'])
    const result = `${taken} of 120 batches taken; a start on the full disk ends with ${again.code}; with room again ${missing || 'nothing lost'}`
    return { result, good: taken > 0 && taken < 120 && !missing && code === 0 && shared.refused.length === 0 }
  } finally {
    spawnSync('umount', [data])
  }
}
