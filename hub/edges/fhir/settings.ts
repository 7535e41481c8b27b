import { readFileSync } from 'node:fs'

/** One partner's FHIR server, from which the registrations of one client are read. */
export interface FhirSource {
  client: string
  /** Base address, without a slash at the end. */
  url: string
  /** A file with the bearer token, read anew for every round; null: none. */
  tokenFile: string | null
  everySeconds: number
  requestsPerSecond: number
  pageSize: number
}

/** The sources in the file that `FHIR_SOURCES` names: `[{"client","url","tokenFile","everySeconds","requestsPerSecond","pageSize"}]`. */
export function readFhirSources(path: string, faults: string[]): FhirSource[] {
  if (!path) return []
  try {
    const listed: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (!Array.isArray(listed)) throw new TypeError('no list')
    return listed.flatMap((each) => sourceOf(each) ?? refuse(faults))
  } catch {
    faults.push('FHIR_SOURCES: het bestand is niet te lezen als een JSON-lijst.')
    return []
  }
}

function refuse(faults: string[]): [] {
  faults.push(
    'FHIR_SOURCES: elke bron heeft een client en een https-adres (http alleen op deze machine), en getallen van 1 of meer.',
  )
  return []
}

function sourceOf(value: unknown): FhirSource | undefined {
  const {
    client,
    url,
    tokenFile = null,
    everySeconds = 60,
    requestsPerSecond = 5,
    pageSize = 50,
  } = (value ?? {}) as Record<string, unknown>
  const address = typeof url === 'string' ? URL.parse(url) : null
  const isLocal = address !== null && ['127.0.0.1', '[::1]', 'localhost'].includes(address.hostname)
  const isSafe = address?.protocol === 'https:' || (address?.protocol === 'http:' && isLocal)
  const isCount = (count: unknown): count is number => typeof count === 'number' && Number.isInteger(count) && count >= 1
  if (typeof client !== 'string' || !address || !isSafe || address.search || address.username) return undefined
  if (tokenFile !== null && typeof tokenFile !== 'string') return undefined
  if (!isCount(everySeconds) || !isCount(requestsPerSecond) || !isCount(pageSize)) return undefined
  return { client, url: address.href.replace(/\/$/, ''), tokenFile, everySeconds, requestsPerSecond, pageSize }
}
