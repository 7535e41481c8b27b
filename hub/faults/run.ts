import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { killedImport } from './import-kills.ts'
import { killWhileSending } from './kills.ts'
import { logEdits } from './log-edits.ts'
import { fullDisk, movedClock, type Outcome, oldCopy, secondProcess } from './other-faults.ts'

/** The bar for taking requests again after a kill; shown, not judged: it says as much of the machine as of the hub. */
const RECOVERY_MS = 5000

const text = { type: 'string' } as const
const { values } = parseArgs({ options: { kills: text, seed: text, edits: text, only: text } })
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
    result: `${report.kills} kills; ${report.acknowledged} of ${report.attempts} acknowledged; ${counts}, refused ${refused.length}; log ${isLogWhole ? 'whole' : 'BROKEN'}; ${recovery}`,
    good: bad.length === 0 && changedIds === 0 && isLogWhole,
  }
}

const FAULTS: Record<string, (root: string) => Promise<Outcome>> = {
  'kill -9, a request in flight': kills,
  'kill -9 in the middle of an import': (root) => killedImport(root, Number(values.kills ?? 50), seed),
  'a second process': secondProcess,
  'yesterday’s copy put back by hand': oldCopy,
  'clock moved between starts': movedClock,
  'disk full': fullDisk,
  'edits of the access log': () => logEdits(Number(values.edits ?? Number(values.kills ?? 50) * 20), seed),
}

process.stdout.write(`seed ${seed}\n`)
for (const [fault, play] of Object.entries(FAULTS).filter(([name]) => name.includes(values.only ?? ''))) {
  const root = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
  try {
    const from = performance.now()
    const { result, good } = await play(root)
    const seconds = Math.round((performance.now() - from) / 1000)
    process.stdout.write(`${good ? 'good' : 'BAD '}  ${fault.padEnd(36)} ${String(seconds).padStart(4)} s  ${result}\n`)
    if (!good) process.exitCode = 1
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}
