import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Chance, chanceOf } from '../../hub/bench/linking/random.ts'
import { makeSite, type Site, tokensOf } from '../../hub/faults/child-hub.ts'
import { openLedger } from '../../hub/faults/ledger.ts'
import { type Shared, sendOnce } from '../../hub/faults/sender.ts'
import { aBsn } from '../../hub/testing/registration.ts'
import type { Registratie } from '../../schemas/types.ts'
import { type Databases, newDatabases } from '../engines/databases.ts'
import { type Course, courseOf } from './course.ts'
import { startFleet } from './fleet.ts'
import { type KillCounts, killMeanwhile, planOf } from './hub-kills.ts'
import { type Judgement, judgeHubs, PROCESSED } from './judge-hubs.ts'
import { type Pace, startPace } from './pace.ts'
import { startReceiver } from './receiver.ts'
import { disturbRedis, type RedisFaults } from './redis.ts'

/** Of each person every one of these sends a registration, at the same moment. */
const CLIENTS = ['bureau-jeugdzorg', 'rubicon', 'mee', 'vorkmeer']
/** Who has its events delivered. */
const SUBSCRIBER = 'mee'
const BATCH_MAX = 80
/** Of few persons smaller batches are made, so that there is work under way at every kill. */
const BATCHES_PER_KILL = 8
/** So often the same message goes to two hubs at once. */
const TWICE_SHARE = 0.2
const AFTER_FAILURE_MS = 150

export interface HubsOptions {
  hubs: number
  persons: number
  /** So many at named steps, and as many at any moment. */
  kills: number
  seed: number
  /** A Redis for the hubs, which is emptied, paused and killed meanwhile. */
  redisUrl?: string
}

export interface HubsReport {
  judgement: Judgement
  registrations: number
  kills: KillCounts
  redis: RedisFaults
  /** Webhooks that came again after a kill: allowed, their id tells. */
  deliveredAgain: number
  seconds: number
}

/**
 * Hubs on one database, started at once; the same persons sent to all of them at the same moment by several organisations, some
 * messages to two hubs at once, while hubs are killed (-9) and started anew. Then every pair, effect, delivery and line is counted.
 */
export async function playSeveralHubs(root: string, url: string, options: HubsOptions): Promise<HubsReport> {
  const databases = await newDatabases(url)
  const sites = await sitesOn(root, databases, options)
  const chance = chanceOf(options.seed)
  const plan = planOf(options.kills, options.redisUrl !== undefined, chance)
  const fleet = await startFleet(sites, plan, chance)
  const receiver = await startReceiver()
  try {
    const ledger = openLedger(join(root, 'ledger.ndjson'))
    const shared = sites.map((site): Shared => ({ site, ledger, token: tokensOf(site), inFlight: 0, taken: 0, refused: [] }))
    await subscribe(shared[0] as Shared, receiver.url)
    const from = performance.now()
    const course = courseOf(options.persons)
    const killing = killMeanwhile(fleet, plan, course, chance)
    const pace = startPace(databases, course, killing, { each: CLIENTS.length, behind_max: options.hubs })
    const [kills, redis] = await Promise.all([
      killing.ended,
      disturb(options, course),
      sendAll(shared, options, { course, pace, chance: chanceOf(options.seed + 1) }),
    ])
    await pace.untilQuiet()
    const seconds = (performance.now() - from) / 1000
    await fleet.stop()
    const judgement = await judgeHubs(sites, databases, { ledger, each: CLIENTS.length, delivered: receiver.ids })
    judgement.refused.push(...shared.flatMap(({ refused }) => refused), ...fleet.fallen)
    const registrations = await databases.count('select count(*) from registration')
    return { judgement, registrations, kills, redis, deliveredAgain: receiver.repeated(), seconds }
  } finally {
    await fleet.stop()
    receiver.close()
    await databases.drop()
  }
}

async function disturb({ redisUrl, kills, seed }: HubsOptions, course: Course): Promise<RedisFaults> {
  return redisUrl ? disturbRedis(redisUrl, kills, course, chanceOf(seed + 2)) : { emptied: 0, paused: 0, killed: 0 }
}

async function sitesOn(root: string, { settings }: Databases, { hubs, redisUrl }: HubsOptions): Promise<Site[]> {
  const env = {
    ...{ DATABASE_URL: settings.url, KEYS_DATABASE_URL: settings.keysUrl, KEYS_DIR: join(root, 'keys') },
    // Starting is most of what a kill costs.
    NODE_COMPILE_CACHE: join(root, 'compiled'),
    ...{ REQUESTS_PER_SECOND: '100000', ...(redisUrl ? { REDIS_URL: redisUrl } : {}) },
  }
  const sites: Site[] = []
  for (let at = 0; at < hubs; at++) sites.push(await makeSite(join(root, `hub-${at}`), env))
  return sites
}

async function subscribe({ site, token }: Shared, url: string): Promise<void> {
  const answer = await fetch(`${site.baseUrl}/v1/abonnementen`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await token(SUBSCRIBER)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ url, typen: [PROCESSED] }),
  })
  if (answer.status !== 201) throw new Error(`the subscription was answered ${answer.status}: ${await answer.text()}`)
}

async function sendAll(
  shared: Shared[],
  { persons, kills }: HubsOptions,
  { course, pace, chance }: { course: Course; pace: Pace; chance: Chance },
): Promise<void> {
  const batch = Math.max(1, Math.min(BATCH_MAX, Math.floor(persons / (2 * kills * BATCHES_PER_KILL))))
  for (let at = 0; at < persons; at += batch) {
    await pace.holdBack()
    const numbers = Array.from({ length: Math.min(batch, persons - at) }, (_, i) => at + i)
    const sending = CLIENTS.flatMap((client, i) => {
      const rows = numbers.map((number) => registrationOf(client, number))
      const first = (i + at / batch) % shared.length
      const places = chance.happens(TWICE_SHARE) ? [first, (first + 1) % shared.length] : [first]
      return places.map((place) => untilTaken(client, rows, shared, place))
    })
    await Promise.all(sending)
    course.advance(numbers.length)
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
