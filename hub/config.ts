import { HubError } from './errors.ts'

export type TokenBinding = 'none' | 'dpop' | 'mtls'

/** All settings of the hub; `docs/operating.md` has the table. Only this file reads the environment. */
export interface Config {
  host: string
  port: number
  dataDir: string
  keysDir: string
  stateDir: string
  /** Address of another identity provider; null means the demo's own. */
  issuer: string | null
  audience: string
  tokenBinding: TokenBinding
  /** Id of a policy in `schemas/policies/`, or the path of one; null means the region's own choice. */
  policy: string | null
  /** Id of a region in `schemas/regions/`, or the path of one. */
  region: string
  demo: boolean
  logLevel: string
  /** Where the domain's calendar starts (demo only); null means real time. */
  clock: Date | null
  metricsPort: number | null
}

type Environment = Record<string, string | undefined>

/** Settings that belong to engines which this version cannot use yet: refused rather than silently ignored. */
const NOT_YET = ['DATABASE_URL', 'KEYS_DATABASE_URL', 'REDIS_URL', 'KAFKA_BROKERS', 'INBOX_DIR']
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

/**
 * Reads the settings; `demo` is the mode of a command that has no say of its own (`DEMO` decides when it is set).
 * Throws `configuratie` with every fault at once.
 */
export function loadConfig(mode: { demo: boolean }, env: Environment = process.env): Config {
  const faults: string[] = []
  const one = (name: string, fallback: string) => env[name] || fallback
  const demo = readSwitch(env, 'DEMO', mode.demo, faults)
  const config: Config = {
    host: one('HOST', '127.0.0.1'),
    port: readPort(env, 'PORT', faults) ?? 8080,
    dataDir: one('DATA_DIR', 'var/data'),
    keysDir: one('KEYS_DIR', 'var/keys'),
    stateDir: one('STATE_DIR', 'var/state'),
    issuer: env.OIDC_ISSUER || null,
    audience: one('OIDC_AUDIENCE', 'urn:verwijsindex:api'),
    tokenBinding: readChoice(env, 'TOKEN_BINDING', ['none', 'dpop', 'mtls'] as const, demo ? 'none' : 'dpop', faults),
    policy: env.POLICY || null,
    region: one('REGION', 'voorbeeld'),
    demo,
    logLevel: readChoice(env, 'LOG_LEVEL', LOG_LEVELS, 'info', faults),
    clock: readClock(env, demo, faults),
    metricsPort: readPort(env, 'METRICS_PORT', faults),
  }
  for (const name of NOT_YET) if (env[name]) faults.push(`${name}: deze versie kan dit nog niet; laat de instelling weg.`)
  if (config.tokenBinding === 'mtls') faults.push('TOKEN_BINDING: deze versie kan nog geen mtls; kies dpop.')
  if (!demo && !config.issuer) faults.push('OIDC_ISSUER: verplicht buiten de demo; geef het adres van de identiteitsdienst.')
  if (new Set([config.dataDir, config.keysDir, config.stateDir]).size < 3)
    faults.push('DATA_DIR, KEYS_DIR en STATE_DIR moeten drie verschillende mappen zijn.')
  if (faults.length > 0) throw new HubError('configuratie', { detail: `De instellingen kloppen niet:\n- ${faults.join('\n- ')}` })
  return config
}

function readSwitch(env: Environment, name: string, fallback: boolean, faults: string[]): boolean {
  const value = env[name]
  if (!value) return fallback
  if (!['0', '1', 'true', 'false'].includes(value)) faults.push(`${name}: kies 1 of 0.`)
  return value === '1' || value === 'true'
}

function readPort(env: Environment, name: string, faults: string[]): number | null {
  const value = env[name]
  if (!value) return null
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65535) faults.push(`${name}: geef een poortnummer van 0 tot en met 65535.`)
  return Number(value)
}

function readChoice<T extends string>(env: Environment, name: string, choices: readonly T[], fallback: T, faults: string[]): T {
  const value = env[name] || fallback
  const chosen = choices.find((choice) => choice === value)
  if (chosen === undefined) faults.push(`${name}: kies uit ${choices.join(', ')}.`)
  return chosen ?? fallback
}

function readClock(env: Environment, demo: boolean, faults: string[]): Date | null {
  const value = env.CLOCK
  if (!value) return null
  if (!demo) faults.push('CLOCK: alleen in de demo (DEMO=1).')
  const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i
  if (!rfc3339.test(value) || Number.isNaN(Date.parse(value))) {
    faults.push('CLOCK: geef een tijdstip volgens RFC 3339, zoals 2026-11-22T09:00:00+01:00.')
    return null
  }
  return new Date(value)
}
