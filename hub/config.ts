import { resolve } from 'node:path'
import { isDate } from '../schemas/formats.ts'
import { demoCertificatePath } from './edges/auth/demo-certificates.ts'
import { type ProxyRange, readTrustedProxies } from './edges/client-address.ts'
import { type FhirSource, readFhirSources } from './edges/fhir/settings.ts'
import { type KafkaSettings, readKafkaSettings } from './edges/kafka/settings.ts'
import { type RedisSettings, readRedisSettings } from './edges/redis/settings.ts'
import { type DatabaseSettings, readDatabaseSettings } from './edges/store/postgres/settings.ts'
import { HubError } from './errors.ts'
import { fallbackOf, SETTINGS, type SettingName } from './settings.ts'

export type TokenBinding = 'none' | 'dpop' | 'mtls'

/** The settings as the hub uses them; settings.ts says what each is for. Only this file reads the environment. */
export interface Config {
  host: string
  port: number
  /** Without a slash at the end; null: `http://HOST:PORT`. */
  publicUrl: string | null
  dataDir: string
  keysDir: string
  stateDir: string
  /** PostgreSQL; null: SQLite. */
  database: DatabaseSettings | null
  /** Address of another identity provider; null means the demo's own. */
  issuer: string | null
  audience: string
  tokenBinding: TokenBinding
  /** Paths of PEM files; null: plain HTTP. */
  tls: { certificate: string; key: string; clientCas: string[] } | null
  /** Id of a policy in `schemas/policies/`, or the path of one; null means the region's own choice. */
  policy: string | null
  /** Id of a region in `schemas/regions/`, or the path of one. */
  region: string
  demo: boolean
  logLevel: string
  /** Where the domain's calendar starts (demo only); null means real time. */
  clock: Date | null
  /** Null: `/metrics` stands on the main port. */
  metricsPort: number | null
  /** The watched folder; null: none. */
  inboxDir: string | null
  /** Partners' FHIR servers that are read. */
  fhirSources: FhirSource[]
  /** Kafka beside HTTP; null: HTTP only. */
  kafka: KafkaSettings | null
  /** Redis beside the store; null: none. */
  redis: RedisSettings | null
  /** Per client and kind of request, on average. */
  requestsPerSecond: number
  /** How many different persons one client may ask for in an hour. */
  personsPerHour: number
  /** Steps of logging in, per address. */
  loginsPerMinute: number
  /** Of the screens, per session. */
  pagesPerMinute: number
  /** Whose `X-Forwarded-For` is believed. */
  trustedProxies: ProxyRange[]
}

type Environment = Record<string, string | undefined>

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

/**
 * Reads the settings; `demo` is the mode of a command that has no say of its own (`DEMO` decides when it is set).
 * Throws `configuratie` with every fault at once.
 */
export function loadConfig(mode: { demo: boolean }, env: Environment = process.env): Config {
  const faults: string[] = []
  const demo = readSwitch('DEMO', env.DEMO || fallbackOf(SETTINGS.DEMO, mode.demo), faults)
  const value = (name: SettingName) => env[name] || fallbackOf(SETTINGS[name], demo)
  const config: Config = {
    host: value('HOST'),
    port: readPort('PORT', value('PORT'), faults),
    publicUrl: readAddress('PUBLIC_URL', value('PUBLIC_URL'), faults),
    dataDir: value('DATA_DIR'),
    keysDir: value('KEYS_DIR'),
    stateDir: value('STATE_DIR'),
    database: readDatabaseSettings(value, faults),
    issuer: readIssuer(value('OIDC_ISSUER'), faults),
    audience: value('OIDC_AUDIENCE'),
    tokenBinding: readChoice('TOKEN_BINDING', ['none', 'dpop', 'mtls'] as const, value('TOKEN_BINDING'), faults),
    tls: readTls(value('TLS_CERT'), value('TLS_KEY'), value('TLS_CLIENT_CA'), faults),
    policy: value('POLICY') || null,
    region: value('REGION'),
    demo,
    logLevel: readChoice('LOG_LEVEL', LOG_LEVELS, value('LOG_LEVEL'), faults),
    clock: readClock(value('CLOCK'), demo, faults),
    requestsPerSecond: readCount('REQUESTS_PER_SECOND', value('REQUESTS_PER_SECOND'), faults),
    personsPerHour: readCount('PERSONS_PER_HOUR', value('PERSONS_PER_HOUR'), faults),
    loginsPerMinute: readCount('LOGINS_PER_MINUTE', value('LOGINS_PER_MINUTE'), faults),
    pagesPerMinute: readCount('PAGES_PER_MINUTE', value('PAGES_PER_MINUTE'), faults),
    trustedProxies: readTrustedProxies(value('TRUSTED_PROXIES'), faults),
    metricsPort: value('METRICS_PORT') ? readPort('METRICS_PORT', value('METRICS_PORT'), faults) : null,
    inboxDir: value('INBOX_DIR') || null,
    kafka: readKafkaSettings(value, faults),
    redis: readRedisSettings(value, faults),
    fhirSources: readFhirSources(value('FHIR_SOURCES'), faults),
  }
  if (!demo && !config.issuer) faults.push('OIDC_ISSUER: verplicht buiten de demo; geef het adres van de identiteitsdienst.')
  if (config.tokenBinding === 'mtls' && demo) config.tls = withDemoTls(config.tls, config.keysDir)
  if (config.tokenBinding === 'mtls' && !config.tls)
    faults.push('TOKEN_BINDING: mtls vraagt dat de verwijsindex zelf TLS spreekt; geef TLS_CERT en TLS_KEY.')
  if (new Set([config.dataDir, config.keysDir, config.stateDir].map((path) => resolve(path))).size < 3)
    faults.push('DATA_DIR, KEYS_DIR en STATE_DIR moeten drie verschillende mappen zijn.')
  if (faults.length > 0) throw new HubError('configuratie', { detail: `De instellingen kloppen niet:\n- ${faults.join('\n- ')}` })
  return config
}

function readSwitch(name: SettingName, value: string, faults: string[]): boolean {
  if (!['0', '1', 'true', 'false'].includes(value)) faults.push(`${name}: kies 1 of 0.`)
  return value === '1' || value === 'true'
}

function readTls(certificate: string, key: string, clientCa: string, faults: string[]): Config['tls'] {
  if (!certificate && !key && !clientCa) return null
  if (!certificate || !key) faults.push('TLS_CERT en TLS_KEY: geef beide, of geen van beide.')
  return { certificate, key, clientCas: clientCa ? [clientCa] : [] }
}

/** The demo makes a certificate where tokens are bound to one and none is given; its own senders' certificates count beside those of `TLS_CLIENT_CA`. */
function withDemoTls(tls: Config['tls'], keysDir: string): Config['tls'] {
  const own = demoCertificatePath(keysDir, 'hub')
  if (!tls) return { certificate: own, key: own, clientCas: [] }
  return { ...tls, clientCas: tls.clientCas.flatMap((path) => [path, demoCertificatePath(keysDir, 'ca')]) }
}

function readAddress(name: SettingName, value: string, faults: string[]): string | null {
  if (!value) return null
  const url = URL.parse(value)
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.hash)
    faults.push(`${name}: geef een http- of https-adres zonder pad.`)
  return url?.origin ?? null
}

/** As it stands: tokens name their issuer to the letter. */
function readIssuer(value: string, faults: string[]): string | null {
  if (value && !/^https?:$/.test(URL.parse(value)?.protocol ?? '')) faults.push('OIDC_ISSUER: geef een http- of https-adres.')
  return value || null
}

function readPort(name: SettingName, value: string, faults: string[]): number {
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65535) faults.push(`${name}: geef een poortnummer van 0 tot en met 65535.`)
  return Number(value)
}

function readCount(name: SettingName, value: string, faults: string[]): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) faults.push(`${name}: geef een geheel getal van 1 of meer.`)
  return Number(value)
}

function readChoice<T extends string>(name: SettingName, choices: readonly T[], value: string, faults: string[]): T {
  const chosen = choices.find((choice) => choice === value)
  if (chosen === undefined) faults.push(`${name}: kies uit ${choices.join(', ')}.`)
  return chosen ?? (choices[0] as T)
}

function readClock(value: string, demo: boolean, faults: string[]): Date | null {
  if (!value) return null
  if (!demo) faults.push('CLOCK: alleen in de demo (DEMO=1).')
  const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i
  if (!rfc3339.test(value) || !isDate(value.slice(0, 10)) || Number.isNaN(Date.parse(value))) {
    faults.push('CLOCK: geef een tijdstip volgens RFC 3339, zoals 2026-11-22T09:00:00+01:00.')
    return null
  }
  return new Date(value)
}
