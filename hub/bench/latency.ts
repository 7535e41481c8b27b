import { setTimeout as wait } from 'node:timers/promises'
import { isBsn } from '../../schemas/bsn.ts'
import { makeSite, type Site, startHub, tokensOf } from '../faults/child-hub.ts'
import { postBatch, type TokenOf, untilProcessed } from './load.ts'
import { inventedRegistrations } from './registrations.ts'

export interface LatencyFigures {
  /** Single registrations per second that the hub takes at most, 32 at a time. */
  perSecond_max: number
  /** Milliseconds from the start of a push to its signal in the feed, at 70% of that. */
  alone: Percentiles
  /** The same while another organisation sends batches of 50 rows without pause. */
  besideBatches: Percentiles & { batchRows: number }
}

interface Percentiles {
  p50: number
  p99: number
  count: number
}

const HEADER =
  'Dossiernr;Volgnr;BSN;Voornamen;Tussenvoegsel;Achternaam;Geboortedatum;Geslacht;Postcode;Huisnr;Toev;Consulent_functie;Telefoon;Start;Einde;Status;Overeenkomst_getekend;Toestemming_jeugdige;Toestemming_ouder1;Gezag_ouder1;Toestemming_ouder2;Gezag_ouder2'
const PARALLEL = 32
const SHARE = 0.7
const GIVE_UP_MS = 60_000

/**
 * Push to alert. One organisation knows `count` young people of 17 who said yes; another registers each of them by a request of its
 * own, and hears of the match over the stream. The n-th push is held against the n-th signal: the hub takes them in order.
 */
export async function pushToAlert(root: string, count: number, seed: number): Promise<LatencyFigures> {
  const site = await makeSite(root, { CLOCK: '2026-11-22T09:00:00Z' })
  const hub = await startHub(site)
  const token = tokensOf(site)
  const numbers = bsns(3 * count)
  for (let at = 0; at < numbers.length; at += 1000) await sendKnown(site, token, numbers.slice(at, at + 1000))
  await untilProcessed(site, token)
  const perSecond_max = await fastest(site, token, numbers.slice(0, count))
  await untilProcessed(site, token)
  const rate = SHARE * perSecond_max
  const alone = await paced(site, token, numbers.slice(count, 2 * count), rate)
  const load = batchesUntil(site, token, seed)
  const beside = await paced(site, token, numbers.slice(2 * count), rate)
  const batchRows = await load.stop()
  await hub.stop()
  return { perSecond_max: Math.round(perSecond_max), alone, besideBatches: { ...beside, batchRows } }
}

function bsns(count: number): string[] {
  const found: string[] = []
  for (let number = 950_000_000; found.length < count; number++) if (isBsn(String(number))) found.push(String(number))
  return found
}

async function sendKnown(site: Site, token: TokenOf, numbers: string[]): Promise<void> {
  const rows = numbers.map((bsn) => `M-${bsn};1;${bsn};;;;01-06-2009;;;;;consulent;;01-10-2026;;Actief;nee;ja;;;;`)
  const headers = { authorization: `Bearer ${await token('mee')}`, 'content-type': 'text/csv' }
  const body = [HEADER, ...rows].join('\n')
  const response = await fetch(`${site.baseUrl}/v1/registraties/_bestand?adapter=mee`, { method: 'POST', headers, body })
  const text = await response.text()
  if (!response.ok || /"status":4/.test(text))
    throw new Error(`the known registrations were not all taken: ${text.slice(0, 300)}`)
}

async function push(site: Site, token: TokenOf, bsn: string): Promise<void> {
  const registration = {
    bronbericht: `R-${bsn}`,
    kenmerk: `R-${bsn}`,
    versie: 1,
    persoon: { bsn, geboortedatum: '2009-06-01' },
    betrokkenheid: { status: 'actief', begindatum: '2026-10-01' },
    contact: { functie: 'hulpverlener' },
  }
  const headers = { authorization: `Bearer ${await token('rubicon')}`, 'content-type': 'application/json' }
  const response = await fetch(`${site.baseUrl}/v1/registraties`, { method: 'POST', headers, body: JSON.stringify(registration) })
  await response.text()
  if (response.status !== 201) throw new Error(`a push got ${response.status}`)
}

/** As many pushes a second as it takes, `PARALLEL` at a time. */
async function fastest(site: Site, token: TokenOf, numbers: string[]): Promise<number> {
  const waiting = [...numbers]
  const from = performance.now()
  await Promise.all(
    Array.from({ length: PARALLEL }, async () => {
      for (let bsn = waiting.pop(); bsn !== undefined; bsn = waiting.pop()) await push(site, token, bsn)
    }),
  )
  return (numbers.length / (performance.now() - from)) * 1000
}

/** Pushes at a steady pace, whatever the answers take, and listens on the stream. */
async function paced(site: Site, token: TokenOf, numbers: string[], perSecond: number): Promise<Percentiles> {
  const heard = listen(site, token, numbers.length)
  await heard.ready
  const sent: number[] = []
  const answers: Promise<void>[] = []
  const from = performance.now()
  for (const [at, bsn] of numbers.entries()) {
    const due = from + (at / perSecond) * 1000
    if (due > performance.now()) await wait(due - performance.now())
    sent.push(performance.now())
    answers.push(push(site, token, bsn))
  }
  await Promise.all(answers)
  const at = await heard.all
  const taken = at.map((arrived, i) => arrived - (sent[i] as number)).sort((a, b) => a - b)
  const share = (part: number) => Math.round(taken[Math.floor((taken.length - 1) * part)] as number)
  return { p50: share(0.5), p99: share(0.99), count: taken.length }
}

/** Arrival times of the next `count` openings in the stream, after what is in the feed already. */
function listen(site: Site, token: TokenOf, count: number): { ready: Promise<void>; all: Promise<number[]> } {
  let opened = () => {}
  const ready = new Promise<void>((resolve) => {
    opened = resolve
  })
  const all = (async () => {
    const abort = AbortSignal.timeout(GIVE_UP_MS + count * 100)
    const headers = { authorization: `Bearer ${await token('rubicon')}`, 'last-event-id': await endOfFeed(site, token) }
    const response = await fetch(`${site.baseUrl}/v1/gebeurtenissen/_stroom`, { headers, signal: abort })
    opened()
    const arrivals: number[] = []
    let rest = ''
    for await (const part of response.body as AsyncIterable<Uint8Array>) {
      const lines = (rest + Buffer.from(part).toString()).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (line === 'event: nl.verwijsindex.match.geopend.v1') arrivals.push(performance.now())
      if (arrivals.length >= count) break
    }
    return arrivals
  })()
  return { ready, all }
}

async function endOfFeed(site: Site, token: TokenOf): Promise<string> {
  for (let na = ''; ; ) {
    const headers = { authorization: `Bearer ${await token('rubicon')}` }
    const response = await fetch(`${site.baseUrl}/v1/gebeurtenissen?limiet=1000&na=${na}`, { headers })
    const page = (await response.json()) as { gebeurtenissen: unknown[]; volgende: string }
    na = page.volgende
    if (page.gebeurtenissen.length === 0) return na
  }
}

/** Batches of 50 rows, one after another, until stopped; answers how many rows went. */
function batchesUntil(site: Site, token: TokenOf, seed: number): { stop(): Promise<number> } {
  const rows = inventedRegistrations(20_000, { withBsn: true, seed, prefix: 'L' }).map((row) => ({ ...row, client: 'vorkmeer' }))
  let going = true
  let sent = 0
  const done = (async () => {
    while (going && sent < rows.length) {
      await postBatch(site, token, 'vorkmeer', rows.slice(sent, sent + 50))
      sent += 50
    }
    return sent
  })()
  return {
    stop() {
      going = false
      return done
    },
  }
}
