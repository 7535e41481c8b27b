import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { inventedRegistrations } from '../bench/registrations.ts'
import { COMMAND, makeSite, runCommand, type Site } from './child-hub.ts'
import { exported } from './compare.ts'
import type { Outcome } from './other-faults.ts'

const CLIENT = 'mee'
const FILE_ROWS = 3000

/**
 * `import` killed (-9) at any moment in files of thousands of rows, each file until it gets through: every row is stored once, and the run that
 * ends says of each row in its order whether an earlier run took it in.
 */
export async function killedImport(root: string, kills_min: number, seed: number): Promise<Outcome> {
  const site = await makeSite(root)
  const next = randomFrom(seed)
  const bad: string[] = []
  let [kills, files] = [0, 0]
  for (; kills < kills_min; files++) {
    const rows = inventedRegistrations(FILE_ROWS, { withBsn: true, seed: seed + files, prefix: `F${files}-` })
    const file = join(root, `rows-${files}.ndjson`)
    writeFileSync(file, rows.map(({ registration }) => `${JSON.stringify(registration)}\n`).join(''))
    for (let tries = 0; kills < kills_min && tries < 20 && !(await killedWithin(site, file, next)); tries++) kills++
    const { code, stdout } = await runCommand(site, ['import', 'eigen', file, '--client', CLIENT])
    if (code !== 0) bad.push(`file ${files}: exit ${code}`)
    if (!isWhole(stdout)) bad.push(`file ${files}: not every row once, in order`)
  }
  const stored = await exported(site)
  const once = new Set(stored.map((line) => line.kenmerk)).size
  if (stored.length !== files * FILE_ROWS || once !== stored.length) bad.push(`${stored.length} stored, ${once} of them once`)
  const log = await runCommand(site, ['verify-log'])
  if (log.code !== 0) bad.push('log broken')
  const result = `${kills} kills in ${files} files; ${once} of ${files * FILE_ROWS} rows stored once; log ${log.code === 0 ? 'whole' : 'BROKEN'}`
  return { result: [result, ...bad].join('; '), good: bad.length === 0 }
}

/** Answers whether the import came to its end first. Most are killed while rows come out, some before the first. */
async function killedWithin({ env, root }: Site, file: string, next: () => number): Promise<boolean> {
  const options = { env, cwd: root, stdio: ['ignore', 'pipe', 'ignore'] as ['ignore', 'pipe', 'ignore'] }
  const child = spawn(process.execPath, [COMMAND, 'import', 'eigen', file, '--client', CLIENT], options)
  const ended = once(child, 'exit').then(([code]) => code !== null)
  child.stdout.resume()
  const moment = next() < 0.8 ? once(child.stdout, 'data').then(() => wait(next() * 600)) : wait(next() * 1500)
  const isDone = await Promise.race([ended, moment.then(() => false)])
  child.kill('SIGKILL')
  await ended
  return isDone
}

/** First what an earlier run took in, then what this one did: of each row one line, in the order of the file. */
function isWhole(stdout: string): boolean {
  const lines = stdout
    .trimEnd()
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as { regel: number; uitkomst: string })
  const order = lines.map(({ uitkomst }) =>
    uitkomst === 'hervat' || uitkomst === 'dubbel' ? 'h' : uitkomst === 'geaccepteerd' ? 'g' : 'x',
  )
  return lines.length === FILE_ROWS && lines.every(({ regel }, at) => regel === at + 1) && /^h*g*$/.test(order.join(''))
}

function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}
