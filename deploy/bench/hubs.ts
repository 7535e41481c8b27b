// npm run bench:hubs -- [--rows 3000] [--hubs 1,2,3] [--seed 1]
// The same registrations through one, two and three hubs on one PostgreSQL and one Redis; whose CPU it took, and what each registration asked of the engines.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { inventedRegistrations } from '../../hub/bench/registrations.ts'
import { type HubsFigures, measureHubs } from './measure-hubs.ts'

const text = { type: 'string' } as const
const { values } = parseArgs({ options: { rows: text, hubs: text, seed: text } })
const sent = inventedRegistrations(Number(values.rows ?? 3000), { withBsn: true, seed: Number(values.seed ?? 1) })

for (const hubs of (values.hubs ?? '1,2,3').split(',').map(Number)) {
  const root = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
  const figures = await measureHubs(root, hubs, sent).finally(() => rmSync(root, { recursive: true, force: true }))
  process.stdout.write(`${[`${hubs} hubs, ${sent.length} registrations`, ...linesOf(figures, sent.length)].join('\n    ')}\n`)
}

function linesOf({ seconds, cpu_s, asked }: HubsFigures, rows: number): string[] {
  const total = Object.values(cpu_s).reduce((sum, each) => sum + each, 0)
  const shares = Object.entries(cpu_s).map(
    ([who, spent]) => `${who} ${Math.round((spent / rows) * 1e6)} us (${Math.round((100 * spent) / total)}%)`,
  )
  return [
    `${Math.round(rows / seconds)} a second by the clock; CPU of one registration ${Math.round((total / rows) * 1e6)} us: ${shares.join(', ')}`,
    ...Object.entries(asked).map(([what, count]) => `${what.padEnd(42)} ${(count / rows).toFixed(2).padStart(10)} each`),
  ]
}
