import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type { RunningHub, Site } from '../faults/child-hub.ts'
import { SENDERS, type Sent } from './registrations.ts'

export type TokenOf = (client: string) => Promise<string>

export interface LoadFigures {
  rows: number
  seconds: number
  /** CPU of the hub's process, user and system, from the first batch until the last registration was linked. */
  cpu_s: number
  /** What it had used before, to start: in no other figure. */
  start_cpu_s: number
  /** Registrations per second of CPU after the first tenth, during which Node still compiles what runs often. */
  warmPerCpu_s: number
  /** The most memory that the process ever held, MiB. */
  peak_mib: number
  /** Rows per second of each tenth of the run, and microseconds of CPU per row: flat when the store's size does not matter. */
  tenths: number[]
  tenths_cpu_us: number[]
}

const BATCH_ROWS = 1000
const CLOCK_TICKS_PER_S = 100

/** Sends everything in batches, one request at a time, and waits until all of it is linked and logged. */
export async function loadInBatches(site: Site, hub: RunningHub, token: TokenOf, rows: Sent[]): Promise<LoadFigures> {
  const cpuBefore = cpuSeconds(hub.pid)
  const from = performance.now()
  const tenths: number[] = []
  const tenths_cpu_us: number[] = []
  const tenth = Math.ceil(rows.length / 10)
  for (let at = 0; at < rows.length; at += tenth) {
    const started = performance.now()
    const cpuStarted = cpuSeconds(hub.pid)
    const part = rows.slice(at, at + tenth)
    for (const batch of batchesOf(part)) await postBatch(site, token, batch.client, batch.rows)
    await untilProcessed(site, token)
    tenths.push(Math.round((part.length / (performance.now() - started)) * 1000))
    tenths_cpu_us.push(Math.round(((cpuSeconds(hub.pid) - cpuStarted) / part.length) * 1e6))
  }
  const seconds = (performance.now() - from) / 1000
  const cpu_s = cpuSeconds(hub.pid) - cpuBefore
  const cold_s = ((tenths_cpu_us[0] as number) * tenth) / 1e6
  const warmPerCpu_s = Math.round((rows.length - tenth) / (cpu_s - cold_s))
  const figures = { seconds, cpu_s, start_cpu_s: cpuBefore, warmPerCpu_s, peak_mib: peakMib(hub.pid) }
  return { rows: rows.length, ...figures, tenths, tenths_cpu_us }
}

function batchesOf(rows: Sent[]): { client: string; rows: Sent[] }[] {
  return [...Map.groupBy(rows, (row) => row.client)].flatMap(([client, own]) =>
    Array.from({ length: Math.ceil(own.length / BATCH_ROWS) }, (_, i) => ({
      client,
      rows: own.slice(i * BATCH_ROWS, (i + 1) * BATCH_ROWS),
    })),
  )
}

/** Sends one batch as a client; throws when any row of it is refused. */
export async function postBatch(site: Site, token: TokenOf, client: string, rows: Sent[]): Promise<void> {
  const response = await fetch(`${site.baseUrl}/v1/registraties/_batch`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await token(client)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ registraties: rows.map((row) => row.registration) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`a batch got ${response.status}: ${text.slice(0, 300)}`)
  const refused = (JSON.parse(text) as { resultaten: { status: number }[] }).resultaten.find((row) => row.status >= 400)
  if (refused) throw new Error(`a row was refused: ${JSON.stringify(refused).slice(0, 300)}`)
}

/** Resolves when no client has a registration that still waits for linking. */
export async function untilProcessed(site: Site, token: TokenOf): Promise<void> {
  for (const client of SENDERS)
    for (;;) {
      const headers = { authorization: `Bearer ${await token(client)}` }
      const response = await fetch(`${site.baseUrl}/v1/registraties?status=ontvangen&limiet=1`, { headers })
      if (((await response.json()) as { registraties: unknown[] }).registraties.length === 0) break
      await wait(20)
    }
}

function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_PER_S
}

function peakMib(pid: number): number {
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024)
}
