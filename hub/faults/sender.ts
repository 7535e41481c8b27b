import { setTimeout as wait } from 'node:timers/promises'
import type { Registratie } from '../../schemas/types.ts'
import type { Chance } from '../bench/linking/random.ts'
import type { Site } from './child-hub.ts'
import type { Ledger } from './ledger.ts'

/** One organisation's system: sends what it has, one by one, in batches and as files, whatever happens to the hub; when all is sent, the same again. */
export interface Sender {
  /** Sends until `stop`; a call that failed is mostly made again, as real systems do. */
  run(): Promise<void>
  stop(): void
}

export interface Shared {
  site: Site
  ledger: Ledger
  token: (client: string) => Promise<string>
  /** Requests under way now, of all senders. */
  inFlight: number
  /** Requests that were taken so far. */
  taken: number
  /** Answers that were neither taken nor temporary: there should be none. */
  refused: string[]
}

type Form = 'single' | 'batch' | 'file'

const BATCH_MAX = 40
const NEWER_VERSION_SHARE = 0.1
const AFTER_FAILURE_MS = 100

export function sender(client: string, registrations: Registratie[], shared: Shared, chance: Chance): Sender {
  let running = true
  const sent: Registratie[] = []
  const next = (): Registratie[] => {
    const form: Form = chance.happens(0.6) ? 'single' : chance.happens(0.6) ? 'batch' : 'file'
    const count = form === 'single' ? 1 : 2 + chance.below(BATCH_MAX)
    const rows = registrations.splice(0, count)
    while (rows.length < count) rows.push(chance.pick(sent))
    if (sent.length > 0 && chance.happens(NEWER_VERSION_SHARE)) rows.push(newer(chance.pick(sent), sent))
    sent.push(...rows)
    return rows
  }
  return {
    async run() {
      while (running) {
        const rows = next()
        const form: Form = rows.length === 1 ? 'single' : chance.happens(0.5) ? 'batch' : 'file'
        while (running && !(await sendOnce(client, rows, form, shared))) {
          await wait(AFTER_FAILURE_MS)
          if (chance.happens(0.1)) break
        }
      }
    },
    stop() {
      running = false
    },
  }
}

function newer(registration: Registratie, sent: Registratie[]): Registratie {
  const versions = sent.filter((other) => other.kenmerk === registration.kenmerk).map((other) => other.versie)
  const versie = Math.max(...versions) + 1
  return { ...registration, versie, bronbericht: `${registration.kenmerk}-${versie}` }
}

/** Sends rows once, with a line in the ledger before and one after; answers whether the hub took them. */
export async function sendOnce(client: string, rows: Registratie[], form: Form, shared: Shared): Promise<boolean> {
  const headers = { authorization: `Bearer ${await shared.token(client)}` }
  shared.ledger.attempted(rows.map(({ bronbericht, kenmerk, versie }) => ({ client, bronbericht, kenmerk, versie })))
  shared.inFlight++
  try {
    const { path, type, body } = requestOf(rows, form)
    const response = await fetch(`${shared.site.baseUrl}/v1/registraties${path}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': type },
      body,
    })
    const answer = (await response.json()) as { resultaten?: { id?: string }[]; id?: string }
    if (response.status === 503 || response.status === 429) {
      if (!response.headers.has('retry-after')) shared.refused.push(`${form}: ${response.status} without Retry-After`)
      return false
    }
    const results = form === 'single' ? [{ ...answer, status: response.status }] : (answer.resultaten ?? [answer])
    for (const result of results)
      if (typeof result.id !== 'string') shared.refused.push(`${form}: ${JSON.stringify(result).slice(0, 300)}`)
    const taken = rows.flatMap(({ bronbericht, kenmerk, versie }, at) => {
      const id = results[at]?.id
      return typeof id === 'string' ? [{ client, bronbericht, kenmerk, versie, id }] : []
    })
    shared.ledger.acknowledged(taken)
    shared.taken += 1
    return true
  } catch {
    return false
  } finally {
    shared.inFlight--
  }
}

function requestOf(rows: Registratie[], form: Form): { path: string; type: string; body: string } {
  if (form === 'single') return { path: '', type: 'application/json', body: JSON.stringify(rows[0]) }
  if (form === 'batch') return { path: '/_batch', type: 'application/json', body: JSON.stringify({ registraties: rows }) }
  const lines = rows.map((row) => `${JSON.stringify(row)}\n`).join('')
  return { path: '/_bestand?adapter=eigen', type: 'application/x-ndjson', body: lines }
}
