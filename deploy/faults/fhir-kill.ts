import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { makeSite, runCommand, type Site, startHub } from '../../hub/faults/child-hub.ts'
import { exported } from '../../hub/faults/compare.ts'
import type { Address } from '../engines/engine.ts'
import { busyServer, fillServer } from './fhir-server.ts'

export interface FhirReport {
  /** The page of patients at which the hub was killed. */
  killedAt: number
  /** Episodes that are not registered, that are more than once, and that have another version than their first. */
  lost: number
  twice: number
  changed: number
  requests: number
  busy: number
  early: number
  logIsWhole: boolean
}

const ANOTHER_ROUND_MS = 5000
const STUCK_MS = 60_000
const QUICK = { everySeconds: 1, requestsPerSecond: 1000 }

/** A hub that reads a busy server of a partner is killed (-9) when it asks for page `killAt`, and started anew. */
export async function playFhirKill(
  root: string,
  server: Address,
  { patients, page, killAt, busyEvery }: { patients: number; page: number; killAt: number; busyEvery: number },
): Promise<FhirReport> {
  const wanted = await fillServer(server, patients, `f${Date.now().toString(36)}`)
  const partner = await busyServer(server.url as string, busyEvery)
  const [sources, tokenFile] = [join(root, 'bronnen.json'), join(root, 'token')]
  writeFileSync(tokenFile, server.token as string)
  writeFileSync(sources, JSON.stringify([{ client: 'mee', url: partner.url, tokenFile, pageSize: page, ...QUICK }]))
  const site = await makeSite(root, { FHIR_SOURCES: sources })
  const killed = Promise.withResolvers<void>()
  partner.onPage = (number) => number === killAt && killed.resolve()
  const first = await startHub(site)
  await killed.promise
  await first.kill()
  partner.onPage = () => {}
  partner.anotherAsks()
  const hub = await startHub(site)
  const names = new Set(wanted)
  await untilRead(site, names)
  await wait(ANOTHER_ROUND_MS)
  await hub.stop()
  partner.close()
  const lines = (await exported(site)).filter(({ kenmerk }) => names.has(kenmerk))
  const found = new Set(lines.map(({ kenmerk }) => kenmerk))
  return {
    killedAt: killAt,
    lost: wanted.length - found.size,
    twice: lines.length - found.size,
    changed: new Set(lines.map(({ versie, kenmerk }) => `${kenmerk} ${versie}`)).size - found.size,
    requests: partner.requests,
    busy: partner.busy,
    early: partner.early,
    logIsWhole: (await runCommand(site, ['verify-log'])).code === 0,
  }
}

/** Until everything is registered, or nothing more comes. */
async function untilRead(site: Site, wanted: Set<string>): Promise<void> {
  let [seen, since] = [-1, performance.now()]
  while (seen < wanted.size && performance.now() - since < STUCK_MS) {
    await wait(1000)
    const count = (await exported(site)).filter(({ kenmerk }) => wanted.has(kenmerk)).length
    if (count > seen) [seen, since] = [count, performance.now()]
  }
}
