import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Chance, chanceOf } from '../../hub/bench/linking/random.ts'
import { makeSite, type RunningHub, type Site, startHub, tokensOf } from '../../hub/faults/child-hub.ts'
import { openLedger } from '../../hub/faults/ledger.ts'
import { type Shared, sendOnce } from '../../hub/faults/sender.ts'
import { aBsn } from '../../hub/testing/registration.ts'
import type { Registratie } from '../../schemas/types.ts'
import { type Databases, newDatabases } from '../engines/databases.ts'
import { type Judgement, judgeHubs } from './judge-hubs.ts'

/** Of each person every one of these sends a registration, at the same moment. */
const CLIENTS = ['bureau-jeugdzorg', 'rubicon', 'mee', 'vorkmeer']
const BATCH = 20
/** So often the same message goes to two hubs at once. */
const TWICE_SHARE = 0.2
const AFTER_FAILURE_MS = 150
const BETWEEN_KILLS_MS = { least: 300, most: 2500 }

export interface HubsReport extends Judgement {
  hubs: number
  persons: number
  kills: number
  refused: string[]
  seconds: number
}

/**
 * Hubs on one database, started at once; the same persons sent to all of them at the same moment by several organisations, some
 * messages to two hubs at once, while hubs are killed (-9) and started anew. Then every pair, effect and line is counted.
 */
export async function playSeveralHubs(
  root: string,
  url: string,
  options: { hubs: number; persons: number; kills: number; seed: number },
  settings: Record<string, string> = {},
): Promise<HubsReport> {
  const databases = await newDatabases(url)
  const sites = await sitesOn(root, databases, options.hubs, settings)
  const hubs = await Promise.all(sites.map((site) => startHub(site)))
  const ledger = openLedger(join(root, 'ledger.ndjson'))
  const shared = sites.map((site): Shared => ({ site, ledger, token: tokensOf(site), inFlight: 0, taken: 0, refused: [] }))
  const from = performance.now()
  const chance = chanceOf(options.seed)
  const killing = killSome(hubs, sites, options.kills, chance)
  await sendAll(shared, options, chanceOf(options.seed + 1))
  const kills = await killing
  await untilLinked(databases)
  const seconds = (performance.now() - from) / 1000
  await Promise.all(hubs.map((hub) => hub.stop()))
  const judgement = await judgeHubs(sites, databases, ledger, CLIENTS.length)
  await databases.drop()
  return { ...options, kills, refused: shared.flatMap(({ refused }) => refused), seconds, ...judgement }
}

async function sitesOn(root: string, { settings }: Databases, count: number, more: Record<string, string>): Promise<Site[]> {
  const env = { DATABASE_URL: settings.url, KEYS_DATABASE_URL: settings.keysUrl, KEYS_DIR: join(root, 'keys'), ...more }
  const sites: Site[] = []
  for (let at = 0; at < count; at++)
    sites.push(await makeSite(join(root, `hub-${at}`), { ...env, REQUESTS_PER_SECOND: '100000' }))
  return sites
}

/** Kills hubs, one or two at a time, and starts them anew. */
async function killSome(hubs: RunningHub[], sites: Site[], kills: number, chance: Chance): Promise<number> {
  let done = 0
  while (done < kills) {
    await wait(BETWEEN_KILLS_MS.least + chance.below(BETWEEN_KILLS_MS.most - BETWEEN_KILLS_MS.least))
    const victims = new Set([chance.below(hubs.length), chance.below(hubs.length)])
    await Promise.all(
      [...victims].map(async (at) => {
        await hubs[at]?.kill()
        hubs[at] = await startHub(sites[at] as Site)
      }),
    )
    done += victims.size
    process.stderr.write(`${done} of ${kills} kills\n`)
  }
  return done
}

async function sendAll(shared: Shared[], { persons }: { persons: number }, chance: Chance): Promise<void> {
  for (let at = 0; at < persons; at += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, persons - at) }, (_, i) => at + i)
    const sending = CLIENTS.flatMap((client, i) => {
      const rows = numbers.map((number) => registrationOf(client, number))
      const first = (i + at / BATCH) % shared.length
      const places = chance.happens(TWICE_SHARE) ? [first, (first + 1) % shared.length] : [first]
      return places.map((place) => untilTaken(client, rows, shared, place))
    })
    await Promise.all(sending)
  }
}

/** A sender whose hub is away tries the next one. */
async function untilTaken(client: string, rows: Registratie[], shared: Shared[], place: number): Promise<void> {
  for (let at = place; ; at++) {
    if (await sendOnce(client, rows, 'batch', shared[at % shared.length] as Shared)) return
    await wait(AFTER_FAILURE_MS)
  }
}

function registrationOf(client: string, number: number): Registratie {
  const persoon = {
    bsn: aBsn(number),
    voornamen: `Proef${number}`,
    geslachtsnaam: `Voorbeeld${number % 7919}`,
    geboortedatum: `2013-0${1 + (number % 9)}-11`,
  }
  return {
    ...{ bronbericht: `${client}-${number}`, kenmerk: `kind-${number}`, versie: 1, persoon },
    betrokkenheid: { status: 'actief', begindatum: '2026-01-05' },
    contact: { functie: 'jeugdhulpverlener' },
  } as unknown as Registratie
}

async function untilLinked({ count }: Databases): Promise<void> {
  while ((await count("select count(*) from registration where state = 'ontvangen'")) > 0) await wait(200)
}
