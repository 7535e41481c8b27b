import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { Outcome } from './other-faults.ts'

const TEST = join(import.meta.dirname, '..', 'edges', 'store', 'access-log', 'verify.test.ts')
const MOCHA = join(import.meta.dirname, '..', '..', 'node_modules', 'mocha', 'bin', 'mocha.js')

/** So many edits by someone who writes the whole database, each to be named, and a tenth as many logs that nobody touched. */
export async function logEdits(edits: number, seed: number): Promise<Outcome> {
  const copies = Math.ceil(edits / 10)
  const amounts = { AUDIT_EDITS: String(edits), AUDIT_COPIES: String(copies), AUDIT_SEED: String(seed) }
  const args = ['--disable-warning=ExperimentalWarning', MOCHA, '--no-config', '-g', 'edits|false alarm|fork', TEST]
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, ...amounts } })
  const good = status === 0
  if (!good) process.stderr.write(stdout)
  return { result: `${edits} edits named, ${copies} untouched logs whole: ${good ? 'all' : 'NOT ALL'}`, good }
}
