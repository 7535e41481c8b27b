import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'fhir-kit-client'
import type { Bundle } from './bundle.ts'
import { isPassing, type Remark, remarksOn } from './outcome.ts'
import { refuseElsewhere, wayTo } from './own-server.ts'
import type { FhirSource } from './settings.ts'
import { readSourceTls } from './tls-files.ts'

type Page = Parameters<Client['nextPage']>[0]['bundle']
type Query = Record<string, string | number | string[]>

export interface FhirReader {
  search(type: string, query: Query): Promise<Bundle>
  /** All versions of a type since a moment, deletions among them. */
  history(type: string, since: string): Promise<Bundle>
  /** All versions of one resource (`Type/id`), as far as the server keeps them; null: it does not. */
  versions(name: string): Promise<Bundle | null>
  next(bundle: Bundle): Promise<Bundle | null>
  /** Lets go of the connections. */
  close(): Promise<void>
}

interface ReaderOptions {
  signal: AbortSignal
  /** Hears what the server remarks on its own answers, short of an error. */
  remark(remark: Remark): void
  timeout_ms?: number
}

const TIMEOUT_MS = 30_000
const ATTEMPTS_MAX = 5
const PATIENCE_S = 120

/**
 * Reads from one server and no other: an address on another origin or outside the base is refused before anything is sent, redirects are errors, every
 * call has a time-out, 429 and 503 are waited out as long as the server asks, and an answer that the server itself calls faulty is none (`FaultyAnswer`).
 * Token and certificate are read now. Throws `configuratie` when a file cannot be used.
 */
export function fhirReader(source: FhirSource, { signal, remark, timeout_ms = TIMEOUT_MS }: ReaderOptions): FhirReader {
  const bearerToken = source.tokenFile ? readFileSync(source.tokenFile, 'utf8').trim() : undefined
  const way = wayTo(source.url, readSourceTls(source))
  const client = new Client({
    baseUrl: source.url,
    requestOptions: { redirect: 'error', dispatcher: way },
    ...(bearerToken ? { bearerToken } : {}),
  })
  let freeAt = 0
  async function call(ask: (options: { signal: AbortSignal }) => Promise<unknown> | undefined): Promise<Bundle> {
    for (let attempt = 1; ; attempt++) {
      // A timer counts from when its turn of the loop began, and can end some milliseconds early.
      while (performance.now() < freeAt) await wait(Math.ceil(freeAt - performance.now()), null, { signal })
      freeAt = performance.now() + 1000 / source.requestsPerSecond
      try {
        const answer = (await ask({ signal: AbortSignal.any([signal, AbortSignal.timeout(timeout_ms)]) })) as Bundle
        for (const each of remarksOn(answer)) remark(each)
        return withOwnReferences(answer, source.url)
      } catch (error) {
        const pause_s = pauseAfter(error)
        if (pause_s === null || attempt === ATTEMPTS_MAX) throw error
        freeAt = performance.now() + pause_s * 1000
      }
    }
  }
  return {
    search: (resourceType, searchParams) => call((options) => client.resourceSearch({ resourceType, searchParams, options })),
    history: (resourceType, since) =>
      call((options) => client.request(`${resourceType}/_history?_since=${encodeURIComponent(since)}`, { options })),
    versions: (name) => call((options) => client.request(`${name}/_history`, { options })).catch(noneKept),
    async next(bundle) {
      const link = bundle.link?.find(({ relation }) => relation === 'next')?.url
      if (!link) return null
      refuseElsewhere(link, source.url)
      return call((options) => client.nextPage({ bundle: bundle as Page, options }))
    },
    close: () => way.destroy(),
  }
}

/** References to the server itself as `Type/id`, also where it writes its whole address; its links stay as they are. */
function withOwnReferences(bundle: Bundle, base: string): Bundle {
  const entry = JSON.stringify(bundle.entry ?? []).replaceAll(`"${base}/`, '"')
  return { ...bundle, entry: JSON.parse(entry) }
}

/** Not there, not asked for, not made, gone. */
function noneKept(error: unknown): null {
  if ([404, 405, 410, 501].includes((error as { response?: { status?: number } }).response?.status ?? 0)) return null
  throw error
}

/** How long a server that is busy wants to be left alone; null: it is not that. */
function pauseAfter(error: unknown): number | null {
  if (isPassing(error)) return 1
  const { response, config } = error as {
    response?: { status?: number }
    config?: { headers?: Headers | Record<string, string> }
  }
  if (response?.status !== 429 && response?.status !== 503) return null
  const headers = config?.headers
  const asked = headers instanceof Headers ? headers.get('retry-after') : (headers?.['retry-after'] ?? null)
  const seconds = asked === null ? 1 : /^\d+$/.test(asked) ? Number(asked) : (Date.parse(asked) - Date.now()) / 1000
  return Math.min(Math.max(seconds || 1, 0), PATIENCE_S)
}
