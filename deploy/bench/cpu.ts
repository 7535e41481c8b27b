import { readdirSync, readFileSync } from 'node:fs'

const TICKS_PER_S = 100

/** Seconds of CPU, user and system, of these processes and of all that they started, those that ended included (proc(5)). */
export function cpuSeconds(pids: readonly number[]): number {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (statOf(Number(name)) ?? []) : []))
  const wanted = new Set(pids)
  for (let size = 0; size !== wanted.size; ) {
    size = wanted.size
    for (const { pid, parent } of all) if (wanted.has(parent)) wanted.add(pid)
  }
  return all.reduce((sum, { pid, ticks }) => sum + (wanted.has(pid) ? ticks : 0), 0) / TICKS_PER_S
}

function statOf(pid: number): { pid: number; parent: number; ticks: number } | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    const [, parent = 0, , , , , , , , , , user = 0, system = 0, deadUser = 0, deadSystem = 0] = fields.map(Number)
    return { pid, parent, ticks: user + system + deadUser + deadSystem }
  } catch {
    return undefined
  }
}
