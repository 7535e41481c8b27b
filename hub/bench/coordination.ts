import { join } from 'node:path'
import { loadConfig } from '../config.ts'
import type { Hub } from '../context.ts'
import { createLog } from '../edges/log.ts'
import { lookCases } from '../flows/coordination/look-cases.ts'
import { openHub } from '../hub.ts'
import { accept, processWaiting } from '../pipeline.ts'
import type { Principal } from '../principal.ts'
import { addDays, dayOf, startOfDay } from '../stages/calendar.ts'
import { sweep } from '../sweep.ts'
import { deliveryOf } from './deliveries.ts'

const POINT = 'coordinatiepunt'
const BATCH = 500
const LOOKS = 200
const YES = { over: 'jeugdige', gever: 'jeugdige', antwoord: 'ja', vorm: 'schriftelijk', bereik: {} } as const

export interface CoordinationTimes {
  cases: number
  /** First page of the worklist, 100 cases, with its lines in the access log. */
  firstPage: { p50_ms: number; p99_ms: number; cold_ms: number; cpu_ms: number }
  sweep_s: number
  sweepCpu_s: number
}

/** So many open cases, each of a young person whose involvement the point may see, with a term each; then a worklist and a day. */
export async function coordinationTimes(root: string, cases: number): Promise<CoordinationTimes> {
  const dirs = { DATA_DIR: join(root, 'd'), KEYS_DIR: join(root, 'k'), STATE_DIR: join(root, 's') }
  const { hub, close } = await openHub(loadConfig({ demo: true }, dirs), 'bench', createLog('error'))
  await fill(hub, cases)
  const cold_ms = await firstPage(hub)
  const times: number[] = []
  const before = cpu_s()
  for (let i = 0; i < LOOKS; i++) times.push(await firstPage(hub))
  const cpu_ms = ((cpu_s() - before) * 1000) / LOOKS
  times.sort((a, b) => a - b)
  await sweep(hub, hub.clock.domain())
  const [from, used] = [performance.now(), cpu_s()]
  await sweep(tomorrow(hub), new Date(hub.clock.domain().getTime() + 86_400_000))
  const sweep_s = (performance.now() - from) / 1000
  const sweepCpu_s = cpu_s() - used
  await close()
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0
  return { cases, firstPage: { p50_ms: at(0.5), p99_ms: at(0.99), cold_ms, cpu_ms }, sweep_s, sweepCpu_s }
}

/** CPU seconds of this process so far: on a crowded machine the clock on the wall lies. */
const cpu_s = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

const tomorrow = (hub: Hub): Hub => {
  return { ...hub, clock: { real: hub.clock.real, domain: () => new Date(Date.now() + 86_400_000) } }
}

async function firstPage(hub: Hub): Promise<number> {
  const municipalities = ['1894']
  const who = {
    client: POINT,
    subject: POINT,
    organisation: POINT,
    role: POINT,
    municipalities,
    scopes: new Set<string>(),
  } as const
  const asker: Principal = { ...who, traceId: '1'.repeat(32), origin: 'api' }
  const from = performance.now()
  const { body, lines } = await lookCases(hub, asker, { status: 'open', worklist: true, limiet: 100 })
  await hub.store.write((tx) => tx.log.append(lines, hub.clock.real()))
  JSON.stringify(body)
  return performance.now() - from
}

async function fill(hub: Hub, cases: number): Promise<void> {
  for (let at = 0; at < cases; at += BATCH) {
    const count = Math.min(BATCH, cases - at)
    const receipts = await accept(
      hub,
      Array.from({ length: count }, (_, i) => ({ ...deliveryOf('mee', youngster(at + i)), consents: [YES] })),
    )
    while ((await processWaiting(hub, 200)) > 0);
    await openAll(
      hub,
      receipts.map(({ id }) => id),
      at,
    )
  }
}

function youngster(number: number) {
  return {
    bronbericht: `B${number}-1`,
    kenmerk: `B${number}`,
    versie: 1,
    persoon: { bsn: bsnOf(number), geboortedatum: '2009-05-06', gemeente: '1894' },
    betrokkenheid: { status: 'actief' as const, begindatum: '2026-10-01' },
    contact: { functie: 'jeugdhulpverlener' },
  }
}

function bsnOf(number: number): string {
  for (let candidate = 900_000_000 + number * 20; ; candidate++) {
    const digits = String(candidate)
    const sum = [...digits].reduce((total, digit, place) => total + Number(digit) * (place === 8 ? -1 : 9 - place), 0)
    if (sum % 11 === 0) return digits
  }
}

/** Opens a case for each registration, as the flow does, a batch in a transaction; terms lie in the next months. */
async function openAll(hub: Hub, registrations: string[], at: number): Promise<void> {
  await hub.store.write(async (tx) => {
    const rows = await tx.registrations.byIds(registrations)
    for (const [i, row] of rows.entries()) {
      const id = hub.ids.next('c')
      const passesAt = startOfDay(addDays(dayOf(hub.clock.domain()), 2 + ((at + i) % 120))).toISOString()
      await tx.coordination.cases.insert({
        ...{
          id,
          point: POINT,
          municipality: '1894',
          state: 'open',
          match: null,
          request: null,
          variant: null,
          coordinator: null,
        },
        ...{ openedAt: hub.clock.domain().toISOString(), closedAt: null, askedAt: null, keepUntil: null, nextAt: passesAt },
      })
      await tx.coordination.cases.addRegistrations([{ caseId: id, registration: row.seq, begin: 1 }])
      await tx.coordination.cases.addKeys([{ key: row.person ?? '', caseId: id }])
      const deadline = { id: hub.ids.next('x'), term: 'den-haag-plan', subject: id, passesAt, state: 'loopt' }
      await tx.coordination.deadlines.insert([deadline])
    }
  })
}
