import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { inventedRegistrations } from '../bench/registrations.ts'
import { COMMAND, makeSite, runCommand, type Site, startHub, tokensOf } from './child-hub.ts'
import { compare, exported } from './compare.ts'
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
  return { site, ledger: openLedger(join(root, 'ledger.ndjson')), token: tokensOf(site), inFlight: 0, refused: [] }
}

/** Sends rows as one client, in batches of 50; answers how many batches the hub took. */
async function send(shared: Shared, count: number, prefix: string): Promise<number> {
  const rows = inventedRegistrations(count, { withBsn: true, seed: 5, prefix }).map((sent) => sent.registration)
  let taken = 0
  for (let at = 0; at < rows.length; at += 50) if (await sendOnce(CLIENT, rows.slice(at, at + 50), 'batch', shared)) taken++
  return taken
}

async function isAllThere(shared: Shared): Promise<string> {
  const { lost, unexpected, twice } = compare(shared.ledger.read(), await exported(shared.site))
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

/** `import` killed (-9) at moments in a file of thousands of rows, until it gets through: every row once. */
export async function killedImport(root: string): Promise<Outcome> {
  const site = await makeSite(root)
  const rows = inventedRegistrations(6000, { withBsn: true, seed: 9 }).map((sent) => sent.registration)
  const file = join(root, 'rows.ndjson')
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  let kills = 0
  for (let after_ms = 900; kills < 5; after_ms += 350) {
    if (await importFor(site, file, after_ms)) break
    kills++
  }
  const { code, stdout } = await runCommand(site, ['import', 'eigen', file, '--client', CLIENT])
  const summary = JSON.parse(stdout.trimEnd().split('\n').at(-1) as string).samenvatting
  const lines = await exported(site)
  const good = code === 0 && lines.length === rows.length && new Set(lines.map((line) => line.kenmerk)).size === rows.length
  return { result: `${kills} kills; last run ${JSON.stringify(summary)}; ${lines.length} of ${rows.length} stored once`, good }
}

/** Answers whether the import came to its end before it was killed. */
async function importFor(site: Site, file: string, after_ms: number): Promise<boolean> {
  const child = spawn(process.execPath, [COMMAND, 'import', 'eigen', file, '--client', CLIENT], {
    env: site.env,
    cwd: site.root,
    stdio: 'ignore',
  })
  const ended = new Promise<boolean>((resolve) => child.on('exit', (code) => resolve(code !== null)))
  const isDone = await Promise.race([ended, wait(after_ms).then(() => false)])
  child.kill('SIGKILL')
  await ended
  return isDone
}
