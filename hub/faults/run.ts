import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { killWhileSending } from './kills.ts'

/** A row of the table: what was done to the hub, what came of it, and whether that is good. */
interface Outcome {
  fault: string
  result: string
  good: boolean
}

/** The bar for taking requests again after a kill; shown, not judged: it says as much of the machine as of the hub. */
const RECOVERY_MS = 5000

const { values } = parseArgs({ options: { kills: { type: 'string' }, seed: { type: 'string' } } })
const seed = Number(values.seed ?? 1)

async function kills(root: string): Promise<Outcome> {
  const report = await killWhileSending(root, { kills: Number(values.kills ?? 50), seed })
  const { lost, unexpected, twice, otherId, refused, changedIds, isLogWhole } = report
  const bad = [...lost, ...unexpected, ...twice, ...otherId, ...refused]
  for (const each of bad.slice(0, 20)) process.stderr.write(`${each}\n`)
  const times = report.recoveries_ms.toSorted((a, b) => a - b)
  const counts = `lost ${lost.length}, unexpected ${unexpected.length}, twice ${twice.length}, other id ${otherId.length + changedIds}`
  const most_ms = Math.round(times.at(-1) ?? 0)
  const recovery = `recovery p50 ${Math.round(times[times.length >> 1] ?? 0)} ms, most ${most_ms} ms${most_ms > RECOVERY_MS ? ` (over the bar of ${RECOVERY_MS})` : ''}`
  return {
    fault: `kill -9, ${report.kills} times, request in flight`,
    result: `${report.acknowledged} of ${report.attempts} acknowledged; ${counts}, refused ${refused.length}; log ${isLogWhole ? 'whole' : 'BROKEN'}; ${recovery}`,
    good: bad.length === 0 && changedIds === 0 && isLogWhole,
  }
}

process.stdout.write(`seed ${seed}\n`)
for (const play of [kills]) {
  const root = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
  try {
    const { fault, result, good } = await play(root)
    process.stdout.write(`${good ? 'good' : 'BAD '}  ${fault.padEnd(44)} ${result}\n`)
    if (!good) process.exitCode = 1
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}
