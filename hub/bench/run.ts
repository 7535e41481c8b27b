import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { makeSite, startHub, tokensOf } from '../faults/child-hub.ts'
import { rawSqlite } from './bound.ts'
import { coordinationTimes } from './coordination.ts'
import { decisionsPerSecond } from './decisions.ts'
import { enumerationTimings } from './enumeration.ts'
import { pushToAlert } from './latency.ts'
import { loadInBatches } from './load.ts'
import { loggedReads } from './logged-reads.ts'
import { inventedRegistrations } from './registrations.ts'
import { steps } from './steps.ts'
import { verification } from './verification.ts'

const text = { type: 'string' } as const
const { values } = parseArgs({
  options: { rows: text, seed: text, profile: text, only: text, lines: text, seconds: text, timings: text },
})
const rows = Number(values.rows ?? 100_000)
const seed = Number(values.seed ?? 1)

async function inRoot<T>(work: (root: string) => Promise<T>): Promise<T> {
  const root = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
  try {
    return await work(root)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

/** Registrations through the API in batches of 1,000, until all are linked; beside it what SQLite alone can do with the same rows. */
async function batches(withBsn: boolean, root: string): Promise<void> {
  const sent = inventedRegistrations(rows, { withBsn, seed })
  const bound = rawSqlite(root, sent)
  const site = await makeSite(root)
  const profiling = values.profile ? ['--cpu-prof', `--cpu-prof-dir=${values.profile}`] : []
  const hub = await startHub(site, profiling)
  const load = await loadInBatches(site, hub, tokensOf(site), sent)
  const { seconds, cpu_s, start_cpu_s, warmPerCpu_s, peak_mib, tenths, tenths_cpu_us } = load
  await hub.stop()
  print(`batches of 1,000, ${withBsn ? 'with' : 'without'} BSN`, [
    `${sent.length} registrations in ${seconds.toFixed(1)} s: ${Math.round(sent.length / seconds)}/s`,
    `CPU ${cpu_s.toFixed(1)} s: ${Math.round(sent.length / cpu_s)} per CPU second, ${warmPerCpu_s} after the first tenth; peak memory ${peak_mib} MiB`,
    `not counted: ${start_cpu_s.toFixed(1)} s of CPU to start`,
    `bound: ${bound.perSecond}/s, ${bound.perCpuSecond} per CPU second`,
    `per second in each tenth of the run: ${tenths.join(' ')}`,
    `microseconds of CPU each in each tenth: ${tenths_cpu_us.join(' ')}`,
  ])
}

/** What one registration costs, step by step, and how many rows it becomes. */
async function costs(root: string): Promise<void> {
  const { times, tables } = await steps(root, inventedRegistrations(Math.min(rows, 10_000), { withBsn: true, seed }))
  print(
    'microseconds per registration, in one process',
    times.map(([name, us]) => `${name.padEnd(40)} ${us.toFixed(0).padStart(6)}`),
  )
  print(
    'rows per registration',
    tables.map(([name, share]) => `${name.padEnd(40)} ${share.toFixed(2).padStart(6)}`),
  )
}

async function latency(root: string): Promise<void> {
  const { perSecond_max, alone, besideBatches } = await pushToAlert(root, Math.min(1000, Math.max(100, rows / 20)), seed)
  const text = ({ p50, p99, count }: typeof alone) => `p50 ${p50} ms, p99 ${p99} ms (${count} pushes)`
  print('push to alert, single requests', [
    `most: ${perSecond_max}/s, 32 at a time`,
    `at 70% of that: ${text(alone)}`,
    `the same beside batches of 50 rows (${besideBatches.batchRows} rows meanwhile): ${text(besideBatches)}`,
  ])
}

/** The policy engine alone, on one core. */
function decisions(): void {
  const { sameMoment, varied } = decisionsPerSecond(Math.max(20_000, rows * 5))
  print('consent decisions per second, one core', [
    `the cases as they are: ${sameMoment}`,
    `each at another second: ${varied}`,
    `bar: 100,000; ${Math.min(sameMoment, varied) >= 100_000 ? 'met' : 'NOT MET'}`,
  ])
}

function print(title: string, lines: string[]): void {
  process.stdout.write(`${title}\n${lines.map((line) => `  ${line}\n`).join('')}`)
}

/** Reads that are logged before they are answered, beside the same without a log. */
async function reads(root: string): Promise<void> {
  const { logged, unlogged, ratio } = await loggedReads(root, Number(values.seconds ?? 15))
  print('reads of one registration, 64 at a time', [
    `logged with full durability: ${logged}/s; not logged: ${unlogged}/s; ratio ${ratio.toFixed(2)}`,
    `bars: at least 1,000/s (${logged >= 1000 ? 'met' : 'not met'}) and .5 (${ratio >= 0.5 ? 'met' : 'not met'})`,
  ])
}

async function verifying(root: string): Promise<void> {
  const lines = Number(values.lines ?? Math.min(1_000_000, rows * 10))
  const { wrote, size_mib, seconds, cpu_s, peak_mib } = await verification(root, lines)
  print(`verification of ${lines} lines`, [
    `${seconds.toFixed(1)} s, ${cpu_s.toFixed(1)} s of CPU: ${Math.round(lines / cpu_s)} lines per CPU second; peak memory ${peak_mib} MiB`,
    `written at ${wrote} lines/s; ${size_mib} MiB on disk`,
  ])
}

/** Answers that must not be told apart by their time: medians within a twentieth of each other. */
async function enumeration(root: string): Promise<void> {
  const timings = await enumerationTimings(root, Number(values.timings ?? 1000), seed)
  print(
    'time of answers that must be alike, medians',
    timings.map(({ what, one_ms, other_ms, count }) => {
      const share = Math.abs(one_ms / other_ms - 1) * 100
      const times = `${one_ms.toFixed(2)} ms and ${other_ms.toFixed(2)} ms over ${count} each`
      return `${what.padEnd(56)} ${times}: ${share.toFixed(1)}% (${share <= 5 ? 'within' : 'NOT within'} 5%)`
    }),
  )
}

/** A worklist and a day's sweep over many open cases; as many as `--rows`. */
async function coordination(root: string): Promise<void> {
  const { cases, firstPage, sweep_s, sweepCpu_s } = await coordinationTimes(root, rows)
  const { p50_ms, p99_ms, cold_ms, cpu_ms } = firstPage
  print(`${cases} open cases`, [
    `first page of the worklist (100): p50 ${p50_ms.toFixed(1)} ms, p99 ${p99_ms.toFixed(1)} ms, the first time ${cold_ms.toFixed(1)} ms, CPU ${cpu_ms.toFixed(1)} ms`,
    `bar: 50 ms (p50 ${p50_ms < 50 ? 'met' : 'NOT met'})`,
    `daily sweep: ${sweep_s.toFixed(1)} s, CPU ${sweepCpu_s.toFixed(1)} s; bar: 60 s (${sweep_s < 60 ? 'met' : 'NOT met'})`,
  ])
}

const parts: Record<string, () => void | Promise<void>> = {
  decisions,
  batches: async () => {
    for (const withBsn of [false, true]) await inRoot((root) => batches(withBsn, root))
  },
  costs: () => inRoot(costs),
  latency: () => inRoot(latency),
  reads: () => inRoot(reads),
  verifying: () => inRoot(verifying),
  enumeration: () => inRoot(enumeration),
  coordination: () => inRoot(coordination),
}

const wanted = values.only?.split(',') ?? Object.keys(parts)
const unknown = wanted.filter((name) => !(name in parts))
if (unknown.length > 0) throw new Error(`--only: ${unknown.join()} is none of ${Object.keys(parts).join()}`)
process.stdout.write(`seed ${seed}\n`)
for (const name of wanted) await parts[name]?.()
