import { readFileSync } from 'node:fs'
import { HubError } from '../../errors.ts'
import { readSourceTls, type SourceTlsFiles } from './tls-files.ts'

/** One partner's FHIR server, from which the registrations of one client are read. Its files are read anew for every round. */
export interface FhirSource extends SourceTlsFiles {
  client: string
  /** Base address, without a slash at the end. */
  url: string
  /** A file with the bearer token; null: none. */
  tokenFile: string | null
  everySeconds: number
  requestsPerSecond: number
  pageSize: number
}

/**
 * The sources in the file that `FHIR_SOURCES` names:
 * `[{"client","url","tokenFile","certificateFile","keyFile","caFile","everySeconds","requestsPerSecond","pageSize"}]`.
 */
export function readFhirSources(path: string, faults: string[]): FhirSource[] {
  if (!path) return []
  try {
    const listed: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (!Array.isArray(listed)) throw new TypeError('no list')
    const sources = listed.flatMap((each) => sourceOf(each) ?? refuse(faults))
    faults.push(...sources.flatMap(tlsFaults))
    return sources
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
    certificateFile = null,
    keyFile = null,
    caFile = null,
    everySeconds = 60,
    requestsPerSecond = 5,
    pageSize = 50,
  } = (value ?? {}) as Record<string, unknown>
  const address = typeof url === 'string' ? URL.parse(url) : null
  const isLocal = address !== null && ['127.0.0.1', '[::1]', 'localhost'].includes(address.hostname)
  const isSafe = address?.protocol === 'https:' || (address?.protocol === 'http:' && isLocal)
  const isCount = (count: unknown): count is number => typeof count === 'number' && Number.isInteger(count) && count >= 1
  const isPath = (path: unknown): path is string | null => path === null || typeof path === 'string'
  if (typeof client !== 'string' || !address || !isSafe || address.search || address.username) return undefined
  if (!isPath(tokenFile) || !isPath(certificateFile) || !isPath(keyFile) || !isPath(caFile)) return undefined
  if (!isCount(everySeconds) || !isCount(requestsPerSecond) || !isCount(pageSize)) return undefined
  const files = { tokenFile, certificateFile, keyFile, caFile }
  return { client, url: address.href.replace(/\/$/, ''), ...files, everySeconds, requestsPerSecond, pageSize }
}

function tlsFaults(source: FhirSource): string[] {
  const { client, url, certificateFile, keyFile, caFile } = source
  const of = `FHIR_SOURCES: bij ${client}:`
  if ((certificateFile === null) !== (keyFile === null))
    return [`${of} geef certificateFile en keyFile allebei, of geen van beide.`]
  if ((certificateFile ?? caFile) !== null && !url.startsWith('https:')) return [`${of} een certificaat vraagt een https-adres.`]
  try {
    readSourceTls(source)
    return []
  } catch (error) {
    if (!(error instanceof HubError)) throw error
    return [`${of} ${error.detail}`]
  }
}
